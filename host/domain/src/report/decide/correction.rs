//! What was taken down wrongly of the operator is put right; who reports is behind a token.

use crate::case::correction::Correction;
use crate::case::decide::correction::{ACTION, check, recorded};
use crate::case::decide::{Decided, authority};
use crate::case::refusal::Invalid;
use crate::case::{Context, Refusal};
use crate::report::state::{Report, ReportPhase};

pub(super) fn correct(
    report: &Report,
    correction: Correction,
    reason: String,
    context: &Context,
) -> Decided {
    authority::handles(report, ACTION, context)?;
    report.in_phase(ACTION, |phase| phase != ReportPhase::Closed)?;
    let of_her = [
        ("/consumer", correction.consumer.is_some()),
        ("/others", !correction.others.is_empty()),
    ];
    if let Some((field, _)) = of_her.into_iter().find(|(_, given)| *given) {
        return Err(Refusal::invalid(field, Invalid::UnknownValue));
    }
    check(&correction)?;
    let mut corrected = report.filing.reported.clone();
    if let Some(respondent) = &correction.respondent {
        respondent.correct_reported(&mut corrected);
    }
    recorded(corrected != report.filing.reported, correction, reason)
}
