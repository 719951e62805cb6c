//! 投诉按时初查率: the decision on acceptance within its period (Order 121 art. 15).

use super::{Condition, Indicator, Measure};

/// Since the third version what was decided at intake counts too; since the second a refusal
/// that is looked at once more counts by its new period.
/// A complaint counts once it was decided, or once its period ran out undecided:
/// what waits beyond its time is late, not left out.
pub(super) const ON_TIME: Indicator = Indicator {
    id: "acceptance-on-time",
    version: 3,
    measure: Measure::Share {
        of: Condition::Filled("acceptance_in_time"),
        counted: Condition::Is("acceptance_in_time", "true"),
    },
};
