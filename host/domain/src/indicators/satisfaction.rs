//! 群众满意度: what consumers said when they were visited (Order 121 art. 26), as a share
//! and as the mean of the five levels that the regulator scores by. Of those who were
//! reached and answered; the last answer of a file counts.

use super::{Condition, Indicator, Measure};

pub(super) const SATISFIED: Indicator = Indicator {
    id: "satisfied",
    version: 1,
    measure: Measure::Share {
        of: Condition::Filled("satisfaction"),
        counted: Condition::Any(&[
            Condition::Is("satisfaction", "very_satisfied"),
            Condition::Is("satisfaction", "satisfied"),
        ]),
    },
};

pub(super) const MEAN: Indicator = Indicator {
    id: "satisfaction-mean",
    version: 1,
    measure: Measure::Score {
        column: "satisfaction",
        points: &[
            ("very_satisfied", 5),
            ("satisfied", 4),
            ("fair", 3),
            ("unsatisfied", 2),
            ("very_unsatisfied", 1),
        ],
    },
};
