//! When the turns of a case came: what figures are made of, and a case's state
//! alone would not tell.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestones {
    /// Both sides first agreed before any authority had the case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_in_negotiation: Option<Timestamp>,
    /// Both sides agreed in the mediation of the complaint, on whosever terms.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled_in_mediation: Option<Timestamp>,
    /// The complaint was accepted or refused.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decided: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediation_ended: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed: Option<Timestamp>,
    /// A follow-up visit had it mediated once more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediated_anew: Option<Timestamp>,
    /// She had the case opened again, and nothing was agreed since.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reopened: Option<Timestamp>,
}

impl Milestones {
    /// Since when it is mediated: what was before that belongs to another mediation.
    pub fn mediation_begun(&self) -> Option<Timestamp> {
        self.decided.max(self.mediated_anew)
    }

    pub(super) fn is_empty(&self) -> bool {
        *self == Milestones::default()
    }
}
