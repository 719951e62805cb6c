//! ODR 先行和解: disputes with enterprises that resolve online, before any authority has
//! them. Such an enterprise is guided and watched by the authority of its place, which has
//! none of these files: what it is told is a row without a number, and figures.

use jiff::civil::Date;
use serde::Deserialize;

use super::columns::{day, days_between, maybe, number, text};
use super::outcome::{IS_CONFIRMED, IS_CONTESTED, IS_UNCONFIRMED};
use super::{Cell, Condition, Facts, Indicator, Located, Measure, PickedBy, Quantity};
use crate::case::phase::Confirmation;
use crate::file::FileKind;
use crate::identifiers::credit_code::CreditCode;
use crate::identifiers::division_code::DivisionCode;

/// One row: the part of a dispute's facts that negotiation made. It is read from them and
/// never kept by itself.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct NegotiationFacts {
    received_on: Date,
    counted_on: Date,
    category: String,
    problem: String,
    respondent: Option<String>,
    respondent_name: String,
    respondent_credit_code: Option<CreditCode>,
    #[serde(default)]
    operator_place: Option<DivisionCode>,
    settled_in_negotiation_on: Option<Date>,
    settled_in_mediation_on: Option<Date>,
    outcome: Option<Confirmation>,
}

impl NegotiationFacts {
    /// What she says of the settlement that the parties made: where there is one before the
    /// authority too, that did not solve it, and her word is of the other.
    fn outcome(&self) -> Option<Confirmation> {
        self.settled_in_negotiation_on?;
        match self.settled_in_mediation_on {
            Some(_) => Some(Confirmation::NotSolved),
            None => self.outcome,
        }
    }
}

const SETTLED: Condition = Condition::Filled("settled_in_negotiation_on");

const fn share(id: &'static str, version: u32, of: Condition, counted: Condition) -> Indicator {
    Indicator {
        id,
        version,
        measure: Measure::Share { of, counted },
    }
}

/// By the place of the operator since the second version; since the third without what was
/// entered for an authority and never negotiated.
const FIRST_SETTLEMENT: Indicator = share(
    "odr-first-settlement",
    3,
    Condition::Filled("respondent"),
    SETTLED,
);

const DAYS_MEDIAN: Indicator = Indicator {
    id: "odr-days-median",
    version: 1,
    measure: Measure::Median {
        column: "negotiation_days",
        of: Quantity::Days,
    },
};

const DAYS_MEAN: Indicator = Indicator {
    id: "odr-days-mean",
    version: 1,
    measure: Measure::Mean {
        column: "negotiation_days",
        of: Quantity::Days,
    },
};

impl Facts for NegotiationFacts {
    const KIND: FileKind = FileKind::Dispute;
    const TABLE: &'static str = "negotiations";

    const INDICATORS: &'static [Indicator] = &[
        FIRST_SETTLEMENT,
        DAYS_MEDIAN,
        DAYS_MEAN,
        share("odr-confirmed", 1, SETTLED, IS_CONFIRMED),
        share("odr-unconfirmed", 1, SETTLED, IS_UNCONFIRMED),
        share("odr-contested", 1, SETTLED, IS_CONTESTED),
    ];

    const COLUMNS: &'static [&'static str] = &[
        "received_on",
        "counted_on",
        "category",
        "problem",
        "respondent",
        "respondent_name",
        "respondent_credit_code",
        "operator_place",
        "settled_in_negotiation_on",
        "negotiation_days",
        "outcome",
    ];

    const PICKED_BY: PickedBy = PickedBy {
        located: Located::AtOperator,
        day: "counted_on",
        category: "category",
        respondent: &["respondent", "respondent_name", "respondent_credit_code"],
    };

    fn cells(&self) -> Vec<Cell> {
        let settled_on = self.settled_in_negotiation_on;
        vec![
            text(self.received_on),
            text(self.counted_on),
            text(&self.category),
            text(&self.problem),
            maybe(self.respondent.as_ref()),
            text(&self.respondent_name),
            maybe(self.respondent_credit_code.as_ref()),
            maybe(self.operator_place.as_ref()),
            day(settled_on),
            number(days_between(Some(self.received_on), settled_on)),
            maybe(self.outcome().map(|it| it.name())),
        ]
    }
}
