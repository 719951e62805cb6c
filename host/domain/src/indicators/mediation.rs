//! 调解成功率, by each of the denominators that places publish it with. The same
//! mediations count as successes in all three: those that ended by an agreement on
//! what the authority or its mediator proposed.

use super::{Condition, Indicator, Measure};

const fn success(id: &'static str, of: Condition) -> Indicator {
    Indicator {
        id,
        version: 1,
        measure: Measure::Share {
            of,
            counted: Condition::Is("mediation_end", "agreed"),
        },
    }
}

/// Of all complaints that are closed: refused, withdrawn or with an ended mediation.
pub(super) const SUCCESS_OF_CONCLUDED: Indicator = success(
    "mediation-success-of-closed",
    Condition::Filled("complaint_ended_on"),
);

/// Of all accepted, those whose mediation is under way among them.
pub(super) const SUCCESS_OF_ACCEPTED: Indicator = success(
    "mediation-success-of-accepted",
    Condition::Is("decision", "accepted"),
);

/// Of all mediations that ended.
pub(super) const SUCCESS_OF_ENDED: Indicator = success(
    "mediation-success-of-ended",
    Condition::Filled("mediation_end"),
);
