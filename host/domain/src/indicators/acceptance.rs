//! 投诉按时初查率: the decision on acceptance within its period (Order 121 art. 15).

use super::{CaseFacts, Indicator, Measure};

/// A complaint counts once it was decided, or once its period ran out undecided:
/// what waits beyond its time is late, not left out.
pub(super) const ON_TIME: Indicator<CaseFacts> = Indicator {
    id: "acceptance-on-time",
    version: 1,
    formula: "count(acceptance_in_time = true) / count(acceptance_in_time <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.acceptance_in_time.is_some(),
        counted: |facts| facts.acceptance_in_time == Some(true),
    },
    beyond_units: false,
};
