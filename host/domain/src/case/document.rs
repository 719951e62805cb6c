//! Official documents of a file: issued under a number, hashed, served.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Side};
use super::mediation::Means;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;

/// A document as it was issued; what it says lies beside the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssuedDocument {
    /// Counted from 1.
    pub seq: u32,
    /// The form's id (`schemas/forms/cn`).
    pub form: String,
    /// `鄂武昌市监投受〔2026〕12号`, or the file's own number.
    pub number: String,
    pub unit: UnitId,
    pub by: Actor,
    pub issued_on: Date,
    pub content: Content,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
}

/// What a document is, by its hashes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Content {
    /// SHA-256 of its values as canonical JSON.
    pub values: Digest,
    /// SHA-256 of the PDF.
    pub pdf: Digest,
    /// Bytes of the PDF.
    pub size: u64,
}

/// How a document reached a side.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Service {
    pub to: Side,
    pub means: Means,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Whom a form is for.
pub fn readers(form: &str) -> &'static [Side] {
    const BOTH: &[Side] = &[Side::Consumer, Side::Respondent];
    match form {
        forms::ACCEPTANCE | forms::REFUSAL | forms::REGISTRATION | forms::IDENTITY_NOTICE => {
            &[Side::Consumer]
        }
        forms::MEDIATION_NOTICE
        | forms::TERMINATION
        | forms::MEDIATION_AGREEMENT
        | forms::SETTLEMENT_AGREEMENT => BOTH,
        _ => &[],
    }
}

/// The forms of a complaint's file (Order 121, document set of 2026).
pub mod forms {
    pub const REGISTRATION: &str = "complaint-registration";
    pub const DISPATCH_NOTICE: &str = "dispatch-notice";
    pub const IDENTITY_NOTICE: &str = "identity-notice";
    pub const ACCEPTANCE: &str = "complaint-acceptance";
    pub const REFUSAL: &str = "complaint-refusal";
    pub const MEDIATION_NOTICE: &str = "mediation-notice";
    pub const TERMINATION: &str = "mediation-termination";
    pub const MEDIATION_AGREEMENT: &str = "mediation-agreement";
    pub const SETTLEMENT_AGREEMENT: &str = "settlement-agreement";
    pub const DOSSIER_COVER: &str = "dossier-cover";
    pub const SERVICE_RECORD: &str = "service-record";

    pub const ALL: [&str; 11] = [
        REGISTRATION,
        DISPATCH_NOTICE,
        IDENTITY_NOTICE,
        ACCEPTANCE,
        REFUSAL,
        MEDIATION_NOTICE,
        TERMINATION,
        MEDIATION_AGREEMENT,
        SETTLEMENT_AGREEMENT,
        DOSSIER_COVER,
        SERVICE_RECORD,
    ];
}
