//! 投诉按时办结率: the mediation ended within its period (Order 121 art. 23(5)).

use super::{Condition, Indicator, Measure};

/// Since the third version one that ended while its days stood still counts as in time; since
/// the second one that goes on after a visit counts by its new period.
/// A mediation that only its period ended did not end in time.
pub(super) const ON_TIME: Indicator = Indicator {
    id: "completion-on-time",
    version: 3,
    measure: Measure::Share {
        of: Condition::Filled("mediation_in_time"),
        counted: Condition::Is("mediation_in_time", "true"),
    },
};
