//! 投诉按时办结率: the mediation ended within its period (Order 121 art. 23(5)).

use super::{Condition, Indicator, Measure};

/// A mediation that only its period ended did not end in time.
pub(super) const ON_TIME: Indicator = Indicator {
    id: "completion-on-time",
    version: 1,
    measure: Measure::Share {
        of: Condition::Filled("mediation_in_time"),
        counted: Condition::Is("mediation_in_time", "true"),
    },
};
