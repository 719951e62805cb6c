//! 调解成功率, by each of the denominators that places publish it with. The same
//! mediations count as successes in all three: those that ended by an agreement on
//! what the authority or its mediator proposed.

use super::facts::{CaseFacts, Decision, MediationEnd};
use super::{Indicator, Measure};

fn is_success(facts: &CaseFacts) -> bool {
    facts.mediation_end == Some(MediationEnd::Agreed)
}

/// Of all complaints that are closed: refused, withdrawn or with an ended mediation.
pub(super) const SUCCESS_OF_CONCLUDED: Indicator<CaseFacts> = Indicator {
    id: "mediation-success-of-closed",
    version: 1,
    formula: "count(mediation_end = agreed) / count(complaint_ended_on <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.complaint_ended_on.is_some(),
        counted: is_success,
    },
    beyond_units: false,
};

/// Of all accepted, those whose mediation is under way among them.
pub(super) const SUCCESS_OF_ACCEPTED: Indicator<CaseFacts> = Indicator {
    id: "mediation-success-of-accepted",
    version: 1,
    formula: "count(mediation_end = agreed) / count(decision = accepted)",
    measure: Measure::Share {
        of: |facts| facts.decision == Some(Decision::Accepted),
        counted: is_success,
    },
    beyond_units: false,
};

/// Of all mediations that ended.
pub(super) const SUCCESS_OF_ENDED: Indicator<CaseFacts> = Indicator {
    id: "mediation-success-of-ended",
    version: 1,
    formula: "count(mediation_end = agreed) / count(mediation_end <> \"\")",
    measure: Measure::Share {
        of: |facts| facts.mediation_end.is_some(),
        counted: is_success,
    },
    beyond_units: false,
};
