//! A complaint that goes to an authority with a system of its own, comes from one,
//! what the other says of it, and what is added once it has gone (Order 121 art. 33, 41).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::Side;
use super::entries::MessageBody;
use super::filing::EvidenceReference;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;

/// Characters of a text that one authority tells another, at the most: more than the longest
/// terms have.
pub const MAX_TOLD: usize = 8_000;

/// Where a file that was received came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The authority's code, by which this server knows it.
    pub authority: String,
    pub name: String,
    /// The number that the file has there.
    pub number: String,
    /// The dossier as it was received.
    pub digest: Digest,
    /// In bytes.
    pub size: u64,
}

impl Origin {
    /// Names the file among all that were received.
    pub fn key(&self) -> String {
        Origin::key_of(&self.authority, &self.number)
    }

    /// The same, by the authority's code and the number that the file has there.
    pub fn key_of(authority: &str, number: &str) -> String {
        format!("{authority}/{number}")
    }
}

/// A hand-over to another authority.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transfer {
    pub seq: u32,
    /// The authority's code, by which this server knows it.
    pub to: String,
    pub name: String,
    pub reason: String,
    pub article: String,
    pub at: Timestamp,
    /// The unit that sent it on; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UnitId>,
    /// The dossier that is handed over, once it is sealed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dossier: Option<Digest>,
    pub state: TransferState,
    /// Since when it is in that state; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub moved_at: Option<Timestamp>,
    /// What the other says of the file, in the order of its own numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub statuses: Vec<ExternalStatus>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TransferState {
    /// On its way.
    Pending,
    /// The other has it, under this number.
    Acknowledged {
        number: String,
    },
    /// It could not be handed over; a person is to say what now.
    Failed {
        why: String,
    },
    Withdrawn {
        reason: String,
    },
}

impl Transfer {
    /// It may still arrive.
    pub fn is_under_way(&self) -> bool {
        matches!(
            self.state,
            TransferState::Pending | TransferState::Failed { .. }
        )
    }

    pub fn has_failed(&self) -> bool {
        matches!(self.state, TransferState::Failed { .. })
    }

    pub fn is_withdrawn(&self) -> bool {
        matches!(self.state, TransferState::Withdrawn { .. })
    }

    /// Whether the other has accepted or ended it, as far as it says.
    pub fn was_handled(&self) -> bool {
        let handled = [
            Stage::Accepted,
            Stage::MediationEnded,
            Stage::Terminated,
            Stage::Closed,
        ];
        self.statuses.iter().any(|it| handled.contains(&it.stage))
    }

    /// Whether the other is done with the file, with this word besides: by the latest that
    /// it was, or is handled once more.
    pub(super) fn is_over_with(&self, status: &ExternalStatus) -> bool {
        let all = self.statuses.iter().chain([status]);
        let turns = all.filter(|it| it.stage.is_final() || it.stage == Stage::Reopened);
        let latest = turns.max_by_key(|it| it.sequence);
        latest.is_some_and(|it| it.stage.is_final())
    }
}

/// What another authority says of a file: `schemas/json/external-status.schema.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExternalStatus {
    /// Grows with each status of a file; what came late is put where it belongs.
    pub sequence: u64,
    /// When it came about, by the other's clock.
    pub at: Timestamp,
    /// The number that the file has there.
    pub file_number: String,
    pub stage: Stage,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ground: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// How far the other has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    Received,
    Accepted,
    Refused,
    /// By an agreement; what was agreed is the result.
    MediationEnded,
    /// The mediation, without one.
    Terminated,
    Closed,
    /// It was over, and is handled once more.
    Reopened,
    /// None of these: the text says what.
    Note,
}

impl Stage {
    /// Nothing more is to be expected of the other, unless it says that it is reopened.
    pub fn is_final(self) -> bool {
        matches!(self, Stage::Refused | Stage::Closed)
    }
}

/// What somebody said or handed in after a file was handed over:
/// `schemas/json/supplement.schema.json`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    /// Grows with each supplement of a file.
    pub sequence: u64,
    /// When it was said or handed in, by the other's clock.
    pub at: Timestamp,
    pub from: Side,
    #[serde(flatten)]
    pub what: Supplied,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Supplied {
    Message(MessageBody),
    Evidence(EvidenceReference),
}
