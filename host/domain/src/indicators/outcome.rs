//! What became of settlements, in the consumer's own word. Confirmed, unconfirmed
//! and contested are three numbers and are never added up.

use super::facts::CaseFacts;
use super::{Indicator, Measure};
use crate::case::phase::Confirmation;

fn is_settled(facts: &CaseFacts) -> bool {
    facts.settled_in_negotiation_on.is_some() || facts.settled_in_mediation_on.is_some()
}

const fn outcome(
    id: &'static str,
    formula: &'static str,
    counted: fn(&CaseFacts) -> bool,
) -> Indicator<CaseFacts> {
    Indicator {
        id,
        version: 1,
        formula,
        measure: Measure::Share {
            of: is_settled,
            counted,
        },
        beyond_units: false,
    }
}

/// Writes a formula over all that were settled.
macro_rules! of_settled {
    ($counted:literal) => {
        concat!(
            "count(",
            $counted,
            ") / count(settled_in_negotiation_on <> \"\" or settled_in_mediation_on <> \"\")"
        )
    };
}

pub(super) const CONFIRMED: Indicator<CaseFacts> = outcome(
    "outcome-confirmed",
    of_settled!("outcome = solved or outcome = partly"),
    |facts| {
        matches!(
            facts.outcome,
            Some(Confirmation::Solved | Confirmation::Partly)
        )
    },
);

pub(super) const SOLVED: Indicator<CaseFacts> =
    outcome("outcome-solved", of_settled!("outcome = solved"), |facts| {
        facts.outcome == Some(Confirmation::Solved)
    });

pub(super) const PARTLY: Indicator<CaseFacts> =
    outcome("outcome-partly", of_settled!("outcome = partly"), |facts| {
        facts.outcome == Some(Confirmation::Partly)
    });

pub(super) const UNCONFIRMED: Indicator<CaseFacts> = outcome(
    "outcome-unconfirmed",
    of_settled!("outcome = no_reply"),
    |facts| facts.outcome == Some(Confirmation::NoReply),
);

pub(super) const CONTESTED: Indicator<CaseFacts> = outcome(
    "outcome-contested",
    of_settled!("outcome = not_solved"),
    |facts| facts.outcome == Some(Confirmation::NotSolved),
);
