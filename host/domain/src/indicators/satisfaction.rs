//! 群众满意度: what consumers said when they were visited (Order 121 art. 26).

use super::{CaseFacts, Indicator, Measure};
use crate::case::visit::Satisfaction;

/// Of those who were reached and answered; the last answer of a file counts.
pub(super) const SATISFIED: Indicator<CaseFacts> = Indicator {
    id: "satisfied",
    version: 1,
    formula: "(count(satisfaction = very_satisfied) + count(satisfaction = satisfied)) \
        / count(satisfaction <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.satisfaction.is_some(),
        counted: |facts| {
            let said = facts.satisfaction;
            matches!(
                said,
                Some(Satisfaction::VerySatisfied | Satisfaction::Satisfied)
            )
        },
    },
    beyond_units: false,
};
