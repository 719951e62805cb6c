//! A report as its reader may see it. The token of the reporter is nobody's to see.

use hejie_domain::case::Actor;
use hejie_domain::report::{Report, ReportClosing, Reporter};
use serde_json::{Value, json};

use crate::api::cases::view::clocks_of;
use crate::api::documents::documents;

/// Everything that officers have, of whom only the handling unit can look up the person.
pub fn for_officer(report: &Report) -> Value {
    json!({
        "number": report.number,
        "version": report.version,
        "phase": report.phase,
        "received_on": report.received_on,
        "procedure": report.procedure,
        "reporter": told_of(&report.reporter),
        "filing": report.filing,
        "jurisdiction": report.jurisdiction,
        "unit": report.unit,
        "moves": report.moves,
        "dispute": report.dispute,
        "clocks": clocks_of(&report.clocks, true),
        "supplements": report.supplements,
        "extensions": report.extensions,
        "parts": report.parts,
        "verification": report.verification,
        "enforcement": report.enforcement,
        "merged": report.merged,
        "notices": report.notices,
        "supervisions": report.supervisions,
        "documents": report.documents,
        "closing": report.closing,
    })
}

/// What the reporter is told: where it is, what she sent, what was told to her. Results
/// only as far as a notice tells them (Order 121 art. 36).
pub fn for_reporter(report: &Report, reporter: &Actor) -> Value {
    json!({
        "number": report.number,
        "phase": report.phase,
        "received_on": report.received_on,
        "reporter": told_of(&report.reporter),
        "filing": report.filing,
        "unit": report.unit,
        "supplements": report.supplements,
        "notices": report.notices,
        "documents": documents(report, reporter).collect::<Vec<_>>(),
        "closing": report.closing.as_ref().and_then(told),
    })
}

/// She is told where else to go (art. 34), and that what she reported was reported
/// before.
fn told(closing: &ReportClosing) -> Option<Value> {
    match closing {
        ReportClosing::Declined { reason, route } => {
            Some(json!({"kind": "declined", "reason": reason, "route": route}))
        }
        ReportClosing::Repeated { .. } => Some(json!({"kind": "repeated"})),
        _ => None,
    }
}

/// Who reported, as far as anybody is told.
pub fn told_of(reporter: &Reporter) -> Value {
    match reporter {
        Reporter::Authority { complaint } => {
            json!({"kind": reporter.kind(), "complaint": complaint})
        }
        Reporter::Named { .. } | Reporter::Anonymous => json!({"kind": reporter.kind()}),
    }
}
