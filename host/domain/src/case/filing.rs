//! What a consumer files: who, against whom, what went wrong, what she asks for
//! (Order 121 art. 10: real identity, respondent, request, factual basis).

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::representation::Representation;
use super::terms::Remedy;
use crate::day::strict_date;
use crate::facts::Facts;
use crate::identifiers::{credit_code::CreditCode, digest::Digest, phone::Phone};
use crate::jurisdiction::Operator;

/// The person who complains.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consumer {
    pub name: String,
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub phone: Phone,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
}

/// The enterprise complained of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Respondent {
    /// Its organisation here, where it resolves disputes online (an ODR enterprise).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub organisation: Option<String>,
    pub name: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub credit_code: Option<CreditCode>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// How and where it trades: what decides which authority handles the complaint.
    pub operator: Operator,
}

/// What is asked for, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Claim {
    pub remedies: Vec<Remedy>,
    pub reason: String,
}

/// The purchase the dispute is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct OrderReference {
    pub reference: String,
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "strict_date::option"
    )]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>))]
    pub ordered_on: Option<Date>,
}

/// A piece of evidence by reference: the bytes lie elsewhere under their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EvidenceReference {
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub sha256: Digest,
    pub media_type: String,
    /// In bytes.
    pub size: u64,
    pub name: String,
}

/// Whether the consumer wants the regulator when negotiation fails, and the
/// consents the 2026 registration form asks for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Consents {
    /// Order 121 art. 19: mediation may be entrusted to an association.
    #[serde(default)]
    pub delegated_mediation: bool,
    /// The complaint may be published.
    #[serde(default)]
    pub publication: bool,
}

/// The whole filing as the consumer sends it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Filing {
    pub consumer: Consumer,
    pub respondent: Respondent,
    /// An object category of the 12315 classification.
    pub category: String,
    /// A problem category of the 12315 classification.
    pub problem: String,
    pub claim: Claim,
    /// Time, place, content and course of the dispute, in her words.
    pub statement: String,
    /// The same facts, as far as she stated them in fields.
    #[serde(default)]
    pub facts: Facts,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub order: Option<OrderReference>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceReference>,
    /// Hand the case to the regulator by itself when the negotiation clock runs out;
    /// needs both addresses (Order 121 art. 10) and a respondent that negotiates here.
    #[serde(default)]
    pub escalate_on_expiry: bool,
    #[serde(default)]
    pub consents: Consents,
    /// Who acts for whom; absent where she complains alone and for herself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub representation: Option<Box<Representation>>,
}
