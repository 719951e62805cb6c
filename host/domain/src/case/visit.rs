//! Follow-up visits 回访: whether the complainant is satisfied with how her complaint
//! was handled (Order 121 art. 26).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::mediation::Means;

/// Five levels, as the platform's callers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    VeryUnsatisfied,
    Unsatisfied,
    Fair,
    Satisfied,
    VerySatisfied,
}

impl Satisfaction {
    pub fn name(self) -> &'static str {
        match self {
            Satisfaction::VeryUnsatisfied => "very_unsatisfied",
            Satisfaction::Unsatisfied => "unsatisfied",
            Satisfaction::Fair => "fair",
            Satisfaction::Satisfied => "satisfied",
            Satisfaction::VerySatisfied => "very_satisfied",
        }
    }
}

/// One call or message, answered or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Counted from 1.
    pub seq: u32,
    pub at: Timestamp,
    pub means: Means,
    /// `None`: she was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    pub note: String,
}
