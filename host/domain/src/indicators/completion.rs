//! 投诉按时办结率: the mediation ended within its period (Order 121 art. 23(5)).

use super::{CaseFacts, Indicator, Measure};

/// A mediation that only its period ended did not end in time.
pub(super) const ON_TIME: Indicator<CaseFacts> = Indicator {
    id: "completion-on-time",
    version: 1,
    formula: "count(mediation_in_time = true) / count(mediation_in_time <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.mediation_in_time.is_some(),
        counted: |facts| facts.mediation_in_time == Some(true),
    },
    beyond_units: false,
};
