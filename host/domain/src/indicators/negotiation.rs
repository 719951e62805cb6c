//! ODR 先行和解率: disputes that the parties settle before any authority has them.

use super::{CaseFacts, Indicator, Measure};

pub(super) const FIRST_SETTLEMENT: Indicator<CaseFacts> = Indicator {
    id: "odr-first-settlement",
    version: 1,
    formula: "count(respondent <> \"\" and settled_in_negotiation_on <> \"\") / count(respondent <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.respondent.is_some(),
        counted: |facts| facts.settled_in_negotiation_on.is_some(),
    },
    beyond_units: true,
};
