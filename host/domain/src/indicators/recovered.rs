//! 挽回经济损失: money that a settlement gave consumers, by their own word that it is
//! solved. The numerator is the sum that is published; an offer nobody confirmed, and a
//! part of unknown size, are not in it.

use super::{Indicator, Measure, Quantity};

pub(super) const MEAN: Indicator = Indicator {
    id: "recovered",
    version: 1,
    measure: Measure::Mean {
        column: "recovered_fen",
        of: Quantity::Fen,
    },
};
