//! The phases of a case and how it ends.

use serde::{Deserialize, Serialize};

/// Where a case stands. What may happen next depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Phase {
    /// Between the parties, the ODR clock running.
    Negotiating,
    /// No clock runs between the parties; the consumer decides what comes next.
    Open,
    /// Both accepted the same terms; the respondent is to perform.
    Settled,
    /// The respondent says it performed; the consumer is to confirm.
    Performed,
    /// A complaint at the unit with handling power, not yet decided on.
    Registered,
    /// The unit accepted the complaint.
    Accepted,
    /// The unit refused it, with a ground.
    Refused,
    /// The mediation was terminated; both sides are to be told.
    Terminated,
    /// Another authority, with a system of its own, has it.
    Transferred,
    Closed,
}

impl Phase {
    pub fn name(self) -> &'static str {
        match self {
            Phase::Negotiating => "negotiating",
            Phase::Open => "open",
            Phase::Settled => "settled",
            Phase::Performed => "performed",
            Phase::Registered => "registered",
            Phase::Accepted => "accepted",
            Phase::Refused => "refused",
            Phase::Terminated => "terminated",
            Phase::Transferred => "transferred",
            Phase::Closed => "closed",
        }
    }

    /// The parties still talk with each other.
    pub fn is_between_parties(self) -> bool {
        matches!(self, Phase::Negotiating | Phase::Open)
    }

    /// Offers may be made and accepted.
    pub fn takes_offers(self) -> bool {
        self.is_between_parties() || self == Phase::Accepted
    }

    /// The regulator has the file.
    pub fn is_with_regulator(self) -> bool {
        matches!(
            self,
            Phase::Registered
                | Phase::Accepted
                | Phase::Refused
                | Phase::Terminated
                | Phase::Transferred
        )
    }
}

/// What the consumer says of the outcome. Kept apart, never merged.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confirmation {
    Solved,
    Partly,
    NotSolved,
    /// She was asked and did not answer: not confirmed.
    NoReply,
}

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Closing {
    Solved,
    Partly,
    /// What was agreed before the authority did not solve it: what is left to her are the other
    /// routes (art. 24, 25; Consumer Protection Law art. 39).
    NotSolved,
    NoReply,
    Withdrawn,
    /// The mediation was terminated, and both sides were told.
    Terminated,
    /// Another authority, to which the file was transferred, is done with it.
    ConcludedElsewhere,
    /// The same dispute is handled under another number.
    Merged,
}
