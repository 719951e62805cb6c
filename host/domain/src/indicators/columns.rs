//! The facts as a table: what an export writes and formulas name. The names are
//! stable; a new column comes at the end.

use jiff::civil::Date;

use super::facts::CaseFacts;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    Empty,
    Text(String),
    Number(u32),
}

pub const COLUMNS: [&str; 27] = [
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
];

/// A row's values in the order of [`COLUMNS`].
pub fn cells(facts: &CaseFacts) -> [Cell; COLUMNS.len()] {
    [
        text(&facts.number),
        text(facts.received_on),
        text(facts.counted_on),
        text(&facts.category),
        text(&facts.problem),
        maybe(facts.respondent.as_ref()),
        text(&facts.respondent_name),
        maybe(facts.respondent_credit_code.as_ref()),
        day(facts.settled_in_negotiation_on),
        maybe(facts.unit.as_ref()),
        day(facts.registered_on),
        maybe(facts.decision.map(|it| it.name())),
        maybe(facts.refusal_ground.as_ref()),
        day(facts.decided_on),
        maybe(facts.acceptance_in_time),
        Cell::Number(facts.acceptance_periods_missed),
        maybe(facts.mediation_end.map(|it| it.name())),
        maybe(facts.termination_ground.as_ref()),
        day(facts.mediation_ended_on),
        maybe(facts.mediation_in_time),
        day(facts.settled_in_mediation_on),
        day(facts.complaint_ended_on),
        facts.cycle_days.map_or(Cell::Empty, Cell::Number),
        maybe(facts.outcome.map(|it| it.name())),
        text(facts.phase.name()),
        maybe(facts.closing.map(|it| it.name())),
        day(facts.closed_on),
    ]
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn maybe(value: Option<impl ToString>) -> Cell {
    value.map_or(Cell::Empty, text)
}

fn day(value: Option<Date>) -> Cell {
    maybe(value)
}
