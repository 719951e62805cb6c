//! One plugin run as the case keeps it: enough to show and to find the whole
//! record, whose input and output bytes lie beside the ledger under their digests.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::actor::PluginIdentity;
use crate::identifiers::digest::Digest;
use crate::text::Bilingual;

/// The summary of a decision record.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RunSummary {
    /// Names the run; also the seed of everything random in it.
    pub id: String,
    pub plugin: PluginIdentity,
    /// The ledger entry that was answered.
    pub answers: u64,
    /// The version of the case the plugin saw.
    pub saw_version: u64,
    /// The named outcome: `answered`, or which limit or fault ended the run.
    pub outcome: String,
    /// Why an answer was refused, for the author.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<String>,
    /// Of the whole decision record.
    pub record: Digest,
    pub input: Digest,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<Digest>,
    pub fuel: u64,
    /// In bytes.
    pub peak_memory: u64,
    pub reasons: Vec<RunReason>,
    /// The plugin's memory for this case, Base64; `None` leaves it as it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory: Option<String>,
}

/// Why the plugin did one thing (SAMR Order 116: facts, reasons, grounds).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RunReason {
    /// The action it explains, by its name.
    pub action: String,
    pub facts: Vec<Bilingual>,
    pub rule: Bilingual,
}

/// A run as the case lists it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseRun {
    pub at: Timestamp,
    #[serde(flatten)]
    pub summary: RunSummary,
}
