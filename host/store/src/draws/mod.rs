//! Draws of follow-up visits: who drew what from which files, in a chain of its own.

mod places;
mod read;
mod write;

pub use places::DrawPlace;
pub(crate) use places::{all as all_places, digest as digest_of_places};
pub use read::StoredDraw;
pub use write::NewDraw;

use hejie_domain::identifiers::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::StoreError;

/// What is hashed of a draw. Its hash is the SHA-256 of its canonical JSON (RFC 8785),
/// which holds the hash of the draw before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct DrawEntry {
    pub id: String,
    pub unit: String,
    pub from: String,
    pub to: String,
    pub sampled: bool,
    /// Of all its places, in their order.
    pub places: Digest,
    pub document: Value,
    /// Zeros for the first.
    pub prev: Digest,
}

impl DrawEntry {
    pub fn canonical(&self) -> Result<String, StoreError> {
        Ok(serde_jcs::to_string(self)?)
    }
}
