//! JSON documents in a column.

use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::error::StoreError;

pub(super) fn write<T: Serialize>(document: &T) -> Result<String, StoreError> {
    Ok(serde_json::to_string(document)?)
}

pub(super) fn read<T: DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    Ok(serde_json::from_str(text)?)
}

/// Whether a document was put in the place of the revision that was read.
pub(super) fn was_put(rows: u64) -> Result<(), StoreError> {
    match rows {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}
