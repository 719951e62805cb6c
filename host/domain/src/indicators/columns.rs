//! Values of a row as a table has them; the columns of disputes.

use jiff::civil::Date;

use super::facts::CaseFacts;
use super::{
    Facts, Indicator, acceptance, completion, cycle, mediation, negotiation, outcome, satisfaction,
};
use crate::file::FileKind;
use crate::identifiers::unit_id::UnitId;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(u64),
}

impl Facts for CaseFacts {
    const KIND: FileKind = FileKind::Dispute;
    const TABLE: &'static str = "cases";

    const INDICATORS: &'static [Indicator<CaseFacts>] = &[
        acceptance::ON_TIME,
        completion::ON_TIME,
        mediation::SUCCESS_OF_CONCLUDED,
        mediation::SUCCESS_OF_ACCEPTED,
        mediation::SUCCESS_OF_ENDED,
        negotiation::FIRST_SETTLEMENT,
        cycle::MEDIAN,
        cycle::MEAN,
        outcome::CONFIRMED,
        outcome::SOLVED,
        outcome::PARTLY,
        outcome::UNCONFIRMED,
        outcome::CONTESTED,
        satisfaction::SATISFIED,
    ];

    const COLUMNS: &'static [&'static str] = &[
        "number",
        "received_on",
        "counted_on",
        "category",
        "problem",
        "respondent",
        "respondent_name",
        "respondent_credit_code",
        "settled_in_negotiation_on",
        "unit",
        "registered_on",
        "decision",
        "refusal_ground",
        "decided_on",
        "acceptance_in_time",
        "acceptance_periods_missed",
        "mediation_end",
        "termination_ground",
        "mediation_ended_on",
        "mediation_in_time",
        "settled_in_mediation_on",
        "complaint_ended_on",
        "cycle_days",
        "outcome",
        "phase",
        "closing",
        "closed_on",
        "satisfaction",
        "channel",
    ];

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.number),
            text(self.received_on),
            text(self.counted_on),
            text(&self.category),
            text(&self.problem),
            maybe(self.respondent.as_ref()),
            text(&self.respondent_name),
            maybe(self.respondent_credit_code.as_ref()),
            day(self.settled_in_negotiation_on),
            maybe(self.unit.as_ref()),
            day(self.registered_on),
            maybe(self.decision.map(|it| it.name())),
            maybe(self.refusal_ground.as_ref()),
            day(self.decided_on),
            maybe(self.acceptance_in_time),
            Cell::Number(self.acceptance_periods_missed.into()),
            maybe(self.mediation_end.map(|it| it.name())),
            maybe(self.termination_ground.as_ref()),
            day(self.mediation_ended_on),
            maybe(self.mediation_in_time),
            day(self.settled_in_mediation_on),
            day(self.complaint_ended_on),
            self.cycle_days
                .map_or(Cell::Empty, |days| Cell::Number(days.into())),
            maybe(self.outcome.map(|it| it.name())),
            text(self.phase.name()),
            maybe(self.closing.map(|it| it.name())),
            day(self.closed_on),
            maybe(self.satisfaction.map(|it| it.name())),
            text(&self.channel),
        ]
    }

    fn unit(&self) -> Option<&UnitId> {
        self.unit.as_ref()
    }

    fn counted_on(&self) -> Date {
        self.counted_on
    }

    fn category(&self) -> &str {
        &self.category
    }

    fn is_about(&self, respondent: &str) -> bool {
        let code = self.respondent_credit_code.as_ref();
        self.respondent.as_deref() == Some(respondent)
            || self.respondent_name == respondent
            || code.is_some_and(|it| it.to_string() == respondent)
    }
}

pub(super) fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

pub(super) fn maybe(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Empty, text)
}

pub(super) fn day(value: Option<Date>) -> Cell {
    maybe(value)
}
