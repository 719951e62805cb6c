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
