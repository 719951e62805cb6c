//! 办理周期: days from a complaint's registration to its end at the authority.

use super::{CaseFacts, Indicator, Measure};

pub(super) const MEDIAN: Indicator<CaseFacts> = Indicator {
    id: "cycle-median",
    version: 1,
    formula: "median(cycle_days)",
    measure: Measure::MedianDays(|facts| facts.cycle_days),
    beyond_units: false,
};

pub(super) const MEAN: Indicator<CaseFacts> = Indicator {
    id: "cycle-mean",
    version: 1,
    formula: "sum(cycle_days) / count(cycle_days <> \"\")",
    measure: Measure::MeanDays(|facts| facts.cycle_days),
    beyond_units: false,
};
