//! Official documents of a file: issued under a number, hashed, served.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Side};
use super::mediation::Means;
use super::refusal::{Invalid, Refusal};
use super::time::civil_date;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;
use crate::rules::{Procedure, RuleBook};

/// A document as it was issued; what it says lies beside the ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IssuedDocument {
    /// Counted from 1.
    pub seq: u32,
    /// The form's id (`schemas/forms/cn`).
    pub form: String,
    /// `鄂武昌市监投受〔2026〕12号`, or the file's own number.
    pub number: String,
    /// The unit that issued it; absent of what parties drew up between themselves.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    pub by: Actor,
    pub issued_on: Date,
    /// Older entries of a snapshot do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub issued_at: Option<Timestamp>,
    pub content: Content,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub services: Vec<Service>,
}

impl IssuedDocument {
    /// It can tell of what was decided then: it was issued no earlier.
    pub fn is_since(&self, decided: Option<Timestamp>) -> bool {
        let earlier = self
            .issued_at
            .zip(decided)
            .is_some_and(|(at, since)| at < since);
        !earlier
    }

    /// It was issued before that moment.
    pub fn is_before(&self, moment: Timestamp) -> bool {
        let by_day = self.issued_on < civil_date(moment);
        self.issued_at.map_or(by_day, |at| at < moment)
    }
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
    /// When it took place.
    pub at: Timestamp,
    #[serde(default)]
    pub outcome: ServiceOutcome,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// What came of bringing a document to somebody.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum ServiceOutcome {
    #[default]
    Delivered,
    /// It was offered and not taken.
    Refused,
    /// It did not reach her.
    Unreachable,
}

impl ServiceOutcome {
    pub fn name(self) -> &'static str {
        match self {
            ServiceOutcome::Delivered => "delivered",
            ServiceOutcome::Refused => "refused",
            ServiceOutcome::Unreachable => "unreachable",
        }
    }

    pub fn is_delivered(&self) -> bool {
        *self == ServiceOutcome::Delivered
    }

    /// Who refused it was told all the same.
    pub fn is_told(self) -> bool {
        self != ServiceOutcome::Unreachable
    }
}

/// How a document was brought to a side.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    /// `consumer` or `respondent`; who reports counts as the consumer.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub to: Side,
    pub means: Means,
    #[serde(default)]
    pub outcome: ServiceOutcome,
    /// When it took place, where that was before it is entered.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = Option<String>, format = DateTime))]
    pub took_place: Option<Timestamp>,
    #[serde(default)]
    pub note: Option<String>,
}

impl Delivery {
    /// Brought now, and taken.
    pub fn now(to: Side, means: Means) -> Delivery {
        Delivery {
            to,
            means,
            outcome: ServiceOutcome::Delivered,
            took_place: None,
            note: None,
        }
    }
}

/// A kind of file whose acts official documents state.
pub trait Documented {
    /// The forms of such files, of every version.
    const FORMS: &'static [&'static str];

    fn documents(&self) -> &[IssuedDocument];

    /// The version of the procedure that was in force at receipt.
    fn procedure_version(&self) -> &str;

    /// The sides that a form may be addressed to.
    fn addressees(form: &str) -> &'static [Side] {
        readers(form)
    }

    /// Whether what a form tells of has happened, or is to come, by the form's purpose.
    fn occasion(&self, purpose: &str, now: Timestamp) -> Result<(), Refusal>;

    /// Whether there can be a form in this file: one that some version has in a wording
    /// of its own, in that of the version in force at receipt.
    fn knows(&self, form: &str, rules: &RuleBook) -> bool {
        let has = |procedure: &Procedure| procedure.forms.iter().any(|id| id == form);
        let own = rules.procedure(self.procedure_version());
        let fits = own.is_some_and(has) || !rules.procedures().iter().any(has);
        fits && Self::FORMS.contains(&form)
    }

    /// Whether a form may be issued now.
    fn may_issue(&self, form: &str, rules: &RuleBook, now: Timestamp) -> Result<(), Refusal> {
        match self.knows(form, rules) {
            true => self.occasion(forms::purpose(form), now),
            false => Err(Refusal::invalid("/form", Invalid::UnknownValue)),
        }
    }

    /// Since when the decision that a document states stands no more; it is brought to nobody
    /// any more then.
    fn taken_back(&self, _document: &IssuedDocument) -> Option<Timestamp> {
        None
    }

    /// The occasion of a form that tells how others reached the sides.
    fn was_served(&self) -> bool {
        self.documents().iter().any(|it| !it.services.is_empty())
    }
}

/// What an occasion that is not there wants first.
pub(crate) fn after(what: &'static str, happened: bool) -> Result<(), Refusal> {
    happened.then_some(()).ok_or(Refusal::Needs { what })
}

const BOTH: &[Side] = &[Side::Consumer, Side::Respondent];

/// The sides of a dispute that a form may be addressed to: a record of service is of one,
/// who does not read it.
pub(crate) fn addressees_of_dispute(form: &str) -> &'static [Side] {
    match forms::purpose(form) {
        forms::SERVICE_RECORD => BOTH,
        _ => readers(form),
    }
}

/// Whom a form is for; the person whose file it is counts as the consumer.
pub fn readers(form: &str) -> &'static [Side] {
    match forms::purpose(form) {
        forms::ACCEPTANCE
        | forms::REFUSAL
        | forms::REGISTRATION
        | forms::IDENTITY_NOTICE
        | forms::REPORT_REGISTRATION
        | forms::RESULT_NOTICE
        | forms::CASE_NOTICE
        | forms::NO_CASE_NOTICE => &[Side::Consumer],
        forms::MEDIATION_NOTICE
        | forms::TERMINATION
        | forms::MEDIATION_AGREEMENT
        | forms::SETTLEMENT_AGREEMENT => BOTH,
        _ => &[],
    }
}

/// The forms of files, by what they are for: the document set of 2026, of Order 121. Those
/// of Order 20, which name its articles, have its year behind.
pub mod forms {
    const ORDER_20: &str = "-2019";

    /// What a form is for, whichever set it is of.
    pub fn purpose(form: &str) -> &str {
        form.strip_suffix(ORDER_20).unwrap_or(form)
    }

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
    /// All that a file holds, to be read.
    pub const DOSSIER: &str = "dossier";
    pub const SERVICE_RECORD: &str = "service-record";
    pub const REPORT_REGISTRATION: &str = "report-registration";
    pub const RESULT_NOTICE: &str = "report-result-notice";
    /// Order 20 art. 31: that a case was filed, or that none was.
    pub const CASE_NOTICE: &str = "report-case-notice";
    pub const NO_CASE_NOTICE: &str = "report-no-case-notice";
}
