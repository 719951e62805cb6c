//! One entry of a ledger and its canonical bytes.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::error::StoreError;

/// A fact in a case's chain. Its hash is the SHA-256 of its canonical JSON
/// (RFC 8785), which holds the hash of the entry before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    pub case: String,
    /// Counted from 1.
    pub seq: u64,
    pub at: Timestamp,
    pub actor: Value,
    pub kind: String,
    /// Of the event's form, so that old entries stay readable.
    pub version: u32,
    pub payload: Value,
    /// The hash of the entry before; zeros for the first.
    pub prev: Digest,
}

impl Entry {
    /// The bytes that are hashed and kept.
    pub fn canonical(&self) -> Result<String, StoreError> {
        Ok(serde_jcs::to_string(self)?)
    }
}

/// Microseconds since 1970: what the tables keep.
pub(crate) fn micros(at: Timestamp) -> i64 {
    at.as_microsecond()
}

/// The moment of a table's microseconds.
pub(crate) fn moment(micros: i64) -> Result<Timestamp, StoreError> {
    Timestamp::from_microsecond(micros).map_err(|fault| StoreError::Corrupt(fault.to_string()))
}

pub(crate) fn integer(number: u64) -> Result<i64, StoreError> {
    i64::try_from(number).map_err(|fault| StoreError::Corrupt(fault.to_string()))
}

pub(crate) fn natural(number: i64) -> Result<u64, StoreError> {
    u64::try_from(number).map_err(|fault| StoreError::Corrupt(fault.to_string()))
}
