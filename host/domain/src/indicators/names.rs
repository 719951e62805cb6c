//! Values as a table writes them: the words that the ledger has for them.

use super::facts::{Decision, MediationEnd};
use crate::case::phase::{Closing, Confirmation};

impl Decision {
    pub fn name(self) -> &'static str {
        match self {
            Decision::Accepted => "accepted",
            Decision::Refused => "refused",
        }
    }
}

impl MediationEnd {
    pub fn name(self) -> &'static str {
        match self {
            MediationEnd::Agreed => "agreed",
            MediationEnd::Terminated => "terminated",
        }
    }
}

impl Confirmation {
    pub fn name(self) -> &'static str {
        match self {
            Confirmation::Solved => "solved",
            Confirmation::Partly => "partly",
            Confirmation::NotSolved => "not_solved",
            Confirmation::NoReply => "no_reply",
        }
    }
}

impl Closing {
    pub fn name(self) -> &'static str {
        match self {
            Closing::Solved => "solved",
            Closing::Partly => "partly",
            Closing::NotSolved => "not_solved",
            Closing::NoReply => "no_reply",
            Closing::Withdrawn => "withdrawn",
            Closing::Terminated => "terminated",
            Closing::ConcludedElsewhere => "concluded_elsewhere",
            Closing::Merged => "merged",
        }
    }
}
