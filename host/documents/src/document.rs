//! A form filled in.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;

/// What a unit issues: which form, under which number and day, with which values.
///
/// Values are JSON as their field's type wants them: see [`Kind`](crate::Kind).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Document {
    /// The form's id, such as `complaint-refusal`.
    pub form: String,
    /// `鄂武昌市监投受〔2026〕12号`, or a file's own number where the form has no
    /// official one.
    pub number: String,
    /// The civil date under the seal, in Shanghai.
    pub issued_on: Date,
    /// The issuing unit's full name.
    pub unit: String,
    /// By the key of their field.
    #[serde(default)]
    pub values: BTreeMap<String, Value>,
}
