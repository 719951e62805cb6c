//! A number as somebody typed it.

use std::fmt;

use hejie_domain::identifiers::resident_id::ResidentId;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::problem::Problem;

/// A resident identity number (GB 11643), read or not. It is not kept.
#[derive(Clone, Deserialize, ToSchema)]
#[serde(transparent)]
#[schema(value_type = String, max_length = 18)]
pub struct TypedNumber(String);

impl TypedNumber {
    pub fn read(&self, field: &str) -> Result<ResidentId, Problem> {
        let number: Result<ResidentId, _> = self.0.parse();
        number.map_err(|fault| Problem::invalid(field, fault.text()))
    }
}

/// A number never reaches a log.
impl fmt::Debug for TypedNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TypedNumber(hidden)")
    }
}
