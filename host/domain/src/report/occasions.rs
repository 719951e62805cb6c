//! The documents of a report, and what each of them tells of. None of them is kept with
//! the name of who reports.

use super::state::{Report, ReportPhase};
use jiff::Timestamp;

use crate::case::Refusal;
use crate::case::document::{Documented, IssuedDocument, after, forms};
use crate::case::moves::last_dispatch;
use crate::case::refusal::Invalid;

impl Documented for Report {
    const FORMS: &'static [&'static str] = &[
        forms::REPORT_REGISTRATION,
        forms::DISPATCH_NOTICE,
        forms::RESULT_NOTICE,
        forms::SERVICE_RECORD,
        "report-registration-2019",
        "dispatch-notice-2019",
        "report-result-notice-2019",
        "report-case-notice-2019",
        "report-no-case-notice-2019",
    ];

    fn documents(&self) -> &[IssuedDocument] {
        &self.documents
    }

    fn procedure_version(&self) -> &str {
        &self.procedure
    }

    fn occasion(&self, purpose: &str, _: Timestamp) -> Result<(), Refusal> {
        match purpose {
            forms::REPORT_REGISTRATION => Ok(()),
            forms::DISPATCH_NOTICE => after("dispatch", last_dispatch(&self.moves).is_some()),
            forms::SERVICE_RECORD => after("served-document", self.was_served()),
            forms::RESULT_NOTICE => self.may_tell("verification", self.has_result()),
            forms::CASE_NOTICE => self.may_tell("case-filing", self.was_decided(true)),
            forms::NO_CASE_NOTICE => self.may_tell("no-case-decision", self.was_decided(false)),
            _ => Err(Refusal::invalid("/form", Invalid::UnknownValue)),
        }
    }
}

impl Report {
    /// Who gave no name is told nothing by name.
    fn may_tell(&self, what: &'static str, happened: bool) -> Result<(), Refusal> {
        after("named-reporter", self.reporter.is_named())?;
        after(what, happened)
    }

    /// Whether the verification ended so: with a case, or without.
    fn was_decided(&self, opens: bool) -> bool {
        let decision = self.verification.as_ref();
        decision.is_some_and(|it| it.opens == opens)
    }

    /// Whether there is something to tell the reporter (Order 121 art. 36).
    pub(super) fn has_result(&self) -> bool {
        self.verification.is_some() || self.phase == ReportPhase::Closed
    }
}

/// The forms that tell the reporter what became of her report.
pub(super) fn tells_reporter(form: &str) -> bool {
    matches!(
        forms::purpose(form),
        forms::RESULT_NOTICE | forms::CASE_NOTICE | forms::NO_CASE_NOTICE
    )
}

/// The forms that are drawn with the reporter's name for who looks it up.
pub(super) fn names_reporter(form: &str) -> bool {
    tells_reporter(form) || forms::purpose(form) == forms::REPORT_REGISTRATION
}
