//! What is between the authority and the reporter.

use super::has_reporter;
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::decide::filing::check_evidence;
use crate::case::decide::{Decided, authority, clocks, documents, only, room};
use crate::case::document::{Delivery, after};
use crate::case::filing::EvidenceReference;
use crate::case::mediation::Means;
use crate::case::{Context, Event, Refusal, validate};
use crate::report::filing::Reporter;
use crate::report::occasions::{names_reporter, tells_reporter};
use crate::report::state::{Report, ReportPhase};

const MAX_SUPPLEMENTS: usize = 20;
const MAX_NOTICES: usize = 20;
const MAX_EVIDENCE: usize = 30;

pub(super) fn supplement(
    report: &Report,
    text: String,
    evidence: Vec<EvidenceReference>,
    context: &Context,
) -> Decided {
    const ACTION: &str = "supplement-report";
    by_her_or_taken_down(report, ACTION, context)?;
    report.in_phase(ACTION, |phase| phase != ReportPhase::Closed)?;
    room("supplements", report.supplements.len(), MAX_SUPPLEMENTS)?;
    validate::prose("/text", &text, 5_000)?;
    validate::count("/evidence", evidence.len(), MAX_EVIDENCE)?;
    for (index, reference) in evidence.iter().enumerate() {
        check_evidence(&format!("/evidence/{index}"), reference)?;
    }
    Ok(vec![Event::ReportSupplemented { text, evidence }])
}

/// She herself, or the unit that took down what she said.
fn by_her_or_taken_down(
    report: &Report,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    if only(action, context, &[Side::Consumer]).is_ok() {
        return Ok(());
    }
    authority::handles(report, action, context)?;
    has_reporter(report)
}

/// Order 121 art. 36: where a law, a regulation or a rule wants the reporter to be told.
pub(super) fn notify(report: &Report, means: Means, result: String, context: &Context) -> Decided {
    const ACTION: &str = "notify-reporter";
    authority::handles(report, ACTION, context)?;
    has_reporter(report)?;
    after("verification", report.has_result())?;
    // Nobody knows where else to reach who gave no name.
    if report.reporter == Reporter::Anonymous && means != Means::Platform {
        return Err(Refusal::explained("/means", "invalid-no-address"));
    }
    room("notices", report.notices.len(), MAX_NOTICES)?;
    validate::prose("/result", &result, 3_000)?;
    let mut events = vec![Event::ReporterNotified { means, result }];
    events.extend(clocks::met(report, periods::REPORTER_NOTICE));
    Ok(events)
}

/// The record that a document reached the reporter; a form that tells her what became
/// of her report does what a notice in other words would.
pub(super) fn serve(
    report: &Report,
    document: u32,
    delivery: Delivery,
    context: &Context,
) -> Decided {
    let is_told = delivery.outcome.is_told();
    let mut events = documents::serve(report, document, delivery, context)?;
    has_reporter(report)?;
    let mut served = report.documents.iter().filter(|it| it.seq == document);
    if is_told && served.any(|it| tells_reporter(&it.form)) {
        events.extend(clocks::met(report, periods::REPORTER_NOTICE));
    }
    Ok(events)
}

/// Only the handling unit, with a reason that stays in the file (art. 37).
pub(super) fn read_identity(
    report: &Report,
    reason: String,
    document: Option<u32>,
    context: &Context,
) -> Decided {
    authority::handles(report, "read-identity", context)?;
    after("named-reporter", report.reporter.is_named())?;
    validate::prose("/reason", &reason, 500)?;
    if let Some(seq) = document {
        let mut issued = report.documents.iter().filter(|it| it.seq == seq);
        let found = issued.any(|it| names_reporter(&it.form));
        found.then_some(()).ok_or(Refusal::Unknown {
            what: "document",
            id: seq.to_string(),
        })?;
    }
    Ok(vec![Event::IdentityRead { reason, document }])
}
