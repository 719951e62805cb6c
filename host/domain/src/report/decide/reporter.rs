//! What is between the authority and the reporter.

use super::has_reporter;
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::decide::filing::check_evidence;
use crate::case::decide::{Decided, authority, clocks, only, room};
use crate::case::filing::EvidenceReference;
use crate::case::mediation::Means;
use crate::case::{Context, Event, Refusal, validate};
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
    only(ACTION, context, &[Side::Consumer])?;
    report.in_phase(ACTION, |phase| phase != ReportPhase::Closed)?;
    room("supplements", report.supplements.len(), MAX_SUPPLEMENTS)?;
    validate::prose("/text", &text, 5_000)?;
    validate::count("/evidence", evidence.len(), MAX_EVIDENCE)?;
    for (index, reference) in evidence.iter().enumerate() {
        check_evidence(&format!("/evidence/{index}"), reference)?;
    }
    Ok(vec![Event::ReportSupplemented { text, evidence }])
}

/// Order 121 art. 36: where a law, a regulation or a rule wants the reporter to be told.
pub(super) fn notify(report: &Report, means: Means, result: String, context: &Context) -> Decided {
    const ACTION: &str = "notify-reporter";
    authority::handles(report, ACTION, context)?;
    has_reporter(report)?;
    if report.verification.is_none() && report.phase != ReportPhase::Closed {
        return Err(Refusal::Needs {
            what: "verification",
        });
    }
    room("notices", report.notices.len(), MAX_NOTICES)?;
    validate::prose("/result", &result, 3_000)?;
    let mut events = vec![Event::ReporterNotified { means, result }];
    events.extend(clocks::met(report, periods::REPORTER_NOTICE));
    Ok(events)
}

/// Only the handling unit, with a reason that stays in the file (art. 37).
pub(super) fn read_identity(report: &Report, reason: String, context: &Context) -> Decided {
    authority::handles(report, "read-identity", context)?;
    if !report.reporter.is_named() {
        return Err(Refusal::Needs {
            what: "named-reporter",
        });
    }
    validate::prose("/reason", &reason, 500)?;
    Ok(vec![Event::IdentityRead { reason }])
}
