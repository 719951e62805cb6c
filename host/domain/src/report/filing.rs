//! What is reported (Order 121 art. 28): a concrete lead with its factual basis.

use serde::{Deserialize, Serialize};

use super::place::Advertising;
use crate::case::filing::EvidenceReference;
use crate::case::intake::Channel;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::credit_code::CreditCode;
use crate::identifiers::division_code::DivisionCode;
use crate::jurisdiction::Operator;

/// Who reports.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Reporter {
    /// By name; the token stands for it.
    Named {
        token: String,
    },
    Anonymous,
    /// Nobody: the authority found it itself while it handled a complaint (art. 27).
    Authority {
        complaint: CaseNumber,
    },
}

impl Reporter {
    /// How it came in, in a word.
    pub fn kind(&self) -> &'static str {
        match self {
            Reporter::Named { .. } => "named",
            Reporter::Anonymous => "anonymous",
            Reporter::Authority { .. } => "authority",
        }
    }

    pub fn is_named(&self) -> bool {
        matches!(self, Reporter::Named { .. })
    }
}

/// The operator that is said to have broken the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Reported {
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub credit_code: Option<CreditCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How and where it trades.
    pub operator: Operator,
}

/// A report as it is sent, without who sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ReportFiling {
    pub reported: Reported,
    /// Where the act happened, where that is known (art. 29).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub act_place: Option<DivisionCode>,
    /// Where it is about an advertisement (art. 32).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub advertising: Option<Advertising>,
    /// An object category of the 12315 classification.
    pub category: String,
    /// A class of breaches of the 12315 classification.
    pub breach: String,
    /// The lead with its factual basis; the reporter leaves herself out of it.
    pub lead: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceReference>,
    /// How it came, where an officer takes it down: `hotline`, `window` or `letter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}
