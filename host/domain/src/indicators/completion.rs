//! 投诉按时办结率: the mediation ended within its period (Order 121 art. 23(5)).

use super::{Condition, Indicator, Measure};

/// Since the second version one that goes on after a visit counts by its new period.
/// A mediation that only its period ended did not end in time.
pub(super) const ON_TIME: Indicator = Indicator {
    id: "completion-on-time",
    version: 2,
    measure: Measure::Share {
        of: Condition::Filled("mediation_in_time"),
        counted: Condition::Is("mediation_in_time", "true"),
    },
};
