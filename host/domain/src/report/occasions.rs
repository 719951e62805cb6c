//! The documents of a report, and what each of them tells of. None of them is kept with
//! the name of who reports.

use super::state::{Report, ReportPhase};
use crate::case::Refusal;
use crate::case::document::{Documented, IssuedDocument, after, forms};
use crate::case::moves::last_dispatch;
use crate::case::refusal::Invalid;
use crate::rules::RuleBook;

impl Documented for Report {
    const FORMS: &'static [&'static str] = &[
        forms::REPORT_REGISTRATION,
        forms::DISPATCH_NOTICE,
        forms::RESULT_NOTICE,
        forms::SERVICE_RECORD,
    ];

    fn documents(&self) -> &[IssuedDocument] {
        &self.documents
    }

    fn may_issue(&self, form: &str, _: &RuleBook) -> Result<(), Refusal> {
        match form {
            forms::REPORT_REGISTRATION => Ok(()),
            forms::DISPATCH_NOTICE => after("dispatch", last_dispatch(&self.moves).is_some()),
            forms::SERVICE_RECORD => after("served-document", self.was_served()),
            // Who gave no name is told nothing by name.
            forms::RESULT_NOTICE => after("named-reporter", self.reporter.is_named())
                .and_then(|()| after("verification", self.has_result())),
            _ => Err(Refusal::invalid("/form", Invalid::UnknownValue)),
        }
    }
}

impl Report {
    /// Whether there is something to tell the reporter (Order 121 art. 36).
    pub(super) fn has_result(&self) -> bool {
        self.verification.is_some() || self.phase == ReportPhase::Closed
    }
}

/// The forms that are drawn with the reporter's name for who looks it up.
pub(super) fn names_reporter(form: &str) -> bool {
    matches!(form, forms::REPORT_REGISTRATION | forms::RESULT_NOTICE)
}
