//! Values of a row as a table has them; the columns of disputes.

use jiff::civil::Date;

use super::facts::CaseFacts;
use super::{
    Cell, Facts, Indicator, Located, PickedBy, acceptance, completion, cycle, mediation, outcome,
    recovered, satisfaction,
};
use crate::file::FileKind;

impl Facts for CaseFacts {
    const KIND: FileKind = FileKind::Dispute;
    const TABLE: &'static str = "cases";

    const INDICATORS: &'static [Indicator] = &[
        acceptance::ON_TIME,
        completion::ON_TIME,
        mediation::SUCCESS_OF_CONCLUDED,
        mediation::SUCCESS_OF_ACCEPTED,
        mediation::SUCCESS_OF_ENDED,
        cycle::MEDIAN,
        cycle::MEAN,
        outcome::CONFIRMED,
        outcome::SOLVED,
        outcome::PARTLY,
        outcome::UNCONFIRMED,
        outcome::CONTESTED,
        satisfaction::SATISFIED,
        satisfaction::MEAN,
        recovered::MEAN,
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
        "operator_place",
        "recovered_fen",
    ];

    const PICKED_BY: PickedBy = PickedBy {
        located: Located::AtUnit,
        day: "counted_on",
        category: "category",
        respondent: &["respondent", "respondent_name", "respondent_credit_code"],
    };

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
            number(Some(self.acceptance_periods_missed)),
            maybe(self.mediation_end.map(|it| it.name())),
            maybe(self.termination_ground.as_ref()),
            day(self.mediation_ended_on),
            maybe(self.mediation_in_time),
            day(self.settled_in_mediation_on),
            day(self.complaint_ended_on),
            number(self.cycle_days),
            maybe(self.outcome.map(|it| it.name())),
            text(self.phase.name()),
            maybe(self.closing.map(|it| it.name())),
            day(self.closed_on),
            maybe(self.satisfaction.map(|it| it.name())),
            text(&self.channel),
            maybe(self.operator_place.as_ref()),
            number(self.recovered_fen),
        ]
    }
}

/// A text; without one the cell is empty, as a table shows it.
pub(super) fn text(value: impl ToString) -> Cell {
    match value.to_string() {
        text if text.is_empty() => Cell::Empty,
        text => Cell::Text(text),
    }
}

pub(super) fn maybe(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Empty, text)
}

pub(super) fn day(value: Option<Date>) -> Cell {
    maybe(value)
}

pub(super) fn number(value: Option<impl Into<u64>>) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Number(value.into()))
}

/// From a day to a later one.
pub(super) fn days_between(from: Option<Date>, to: Option<Date>) -> Option<u32> {
    let days = from?.until(to?).ok()?.get_days();
    u32::try_from(days).ok()
}
