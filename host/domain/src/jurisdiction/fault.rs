//! Why no authority is found, or an operator is not as it must be.

use jiff::civil::Date;

use crate::identifiers::division_code::DivisionCode;
use crate::text::Text;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum JurisdictionError {
    #[error("no rule pack is in force on {0}")]
    NoRules(Date),
    #[error("division {0} is not known here")]
    UnknownDivision(DivisionCode),
    #[error("division {0} is in another province")]
    Elsewhere(DivisionCode),
    #[error("division {code} ({name}) is no county: only a county-level bureau handles complaints")]
    NotCounty { code: DivisionCode, name: String },
    #[error("the operator names no place")]
    NoPlace,
    #[error("the platform has no name")]
    NoPlatform,
    #[error("the platform's name has more than {limit} characters")]
    LongPlatform { limit: usize },
    #[error("the platform's name holds a control character at position {position}")]
    ControlCharacter { position: usize },
}

impl JurisdictionError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            JurisdictionError::NoRules(day) => {
                Text::new("refusal-no-rules").arg("day", day.to_string())
            }
            JurisdictionError::UnknownDivision(code) => {
                Text::new("jurisdiction-unknown-division").arg("code", code.as_str())
            }
            JurisdictionError::Elsewhere(code) => {
                Text::new("jurisdiction-elsewhere").arg("code", code.as_str())
            }
            JurisdictionError::NotCounty { code, name } => Text::new("jurisdiction-not-county")
                .arg("code", code.as_str())
                .arg("division", name.as_str()),
            JurisdictionError::NoPlace | JurisdictionError::NoPlatform => {
                Text::new("invalid-missing")
            }
            JurisdictionError::LongPlatform { limit } => {
                Text::new("invalid-too-long").arg("limit", *limit as u64)
            }
            JurisdictionError::ControlCharacter { position } => {
                Text::new("invalid-control-character").arg("position", *position as u64)
            }
        }
    }
}
