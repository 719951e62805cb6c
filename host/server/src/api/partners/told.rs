//! What a report or an inquiry has to tell whoever sent it in for somebody, in the words of
//! a status (`schemas/json/external-status.schema.json`). Nothing of who is behind it.

use hejie_domain::case::transfer::{ExternalStatus, Stage};
use hejie_domain::case::{Event, Recorded};
use hejie_domain::identifiers::case_number::CaseNumber;

/// Everything that a file's ledger has to tell, oldest first.
pub fn all(ledger: &[Recorded], number: &CaseNumber) -> Vec<ExternalStatus> {
    let told = ledger.iter().zip(1..).filter_map(|(recorded, sequence)| {
        let (stage, result, text) = told(&recorded.event)?;
        Some(ExternalStatus {
            sequence,
            at: recorded.at,
            file_number: number.to_string(),
            stage,
            ground: None,
            result: result.map(str::to_owned),
            text: text.cloned(),
        })
    });
    told.collect()
}

fn told(event: &Event) -> Option<(Stage, Option<&'static str>, Option<&String>)> {
    Some(match event {
        Event::ReportReceived { .. } | Event::InquiryReceived { .. } => {
            (Stage::Received, None, None)
        }
        // What came of it the reporter is told by a notice alone (Order 121 art. 36), and who
        // sent it in for her not before her.
        Event::ReportVerified { opens: false, .. } | Event::EnforcementDecided { .. } => {
            (Stage::Closed, None, None)
        }
        Event::ReportDeclined { route, .. } => (Stage::Closed, Some("declined"), Some(route)),
        Event::ReportRepeated { .. } => (Stage::Closed, Some("repeated"), None),
        Event::ReportMerged { .. } => (Stage::Closed, Some("merged"), None),
        // What the reporter was told, which who sent it in may tell her too.
        Event::ReporterNotified { result, .. } => (Stage::Note, None, Some(result)),
        Event::InquiryAnswered { text, .. } => (Stage::Closed, Some("answered"), Some(text)),
        Event::InquiryRedirected { route, .. } => (Stage::Closed, Some("redirected"), Some(route)),
        _ => return None,
    })
}
