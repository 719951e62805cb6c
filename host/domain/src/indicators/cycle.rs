//! 办理周期: days from a complaint's registration to its end at the authority.

use super::{Indicator, Measure, Quantity};

pub(super) const MEDIAN: Indicator = Indicator {
    id: "cycle-median",
    version: 1,
    measure: Measure::Median {
        column: "cycle_days",
        of: Quantity::Days,
    },
};

pub(super) const MEAN: Indicator = Indicator {
    id: "cycle-mean",
    version: 1,
    measure: Measure::Mean {
        column: "cycle_days",
        of: Quantity::Days,
    },
};
