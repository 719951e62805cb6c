//! What became of settlements, in the consumer's own word. Confirmed, unconfirmed
//! and contested are three numbers and are never added up.

use super::{Condition, Indicator, Measure};

const SETTLED: Condition = Condition::Any(&[
    Condition::Filled("settled_in_negotiation_on"),
    Condition::Filled("settled_in_mediation_on"),
]);

const fn outcome(id: &'static str, counted: Condition) -> Indicator {
    Indicator {
        id,
        version: 1,
        measure: Measure::Share {
            of: SETTLED,
            counted,
        },
    }
}

const IS_SOLVED: Condition = Condition::Is("outcome", "solved");
const IS_PARTLY: Condition = Condition::Is("outcome", "partly");

/// What the consumer herself says is solved, or in part.
pub(super) const IS_CONFIRMED: Condition = Condition::Any(&[IS_SOLVED, IS_PARTLY]);
pub(super) const IS_UNCONFIRMED: Condition = Condition::Is("outcome", "no_reply");
pub(super) const IS_CONTESTED: Condition = Condition::Is("outcome", "not_solved");

pub(super) const CONFIRMED: Indicator = outcome("outcome-confirmed", IS_CONFIRMED);
pub(super) const SOLVED: Indicator = outcome("outcome-solved", IS_SOLVED);
pub(super) const PARTLY: Indicator = outcome("outcome-partly", IS_PARTLY);
pub(super) const UNCONFIRMED: Indicator = outcome("outcome-unconfirmed", IS_UNCONFIRMED);
pub(super) const CONTESTED: Indicator = outcome("outcome-contested", IS_CONTESTED);
