//! What ledger entries mean: the events of files, and what they name.

use hejie_domain::case::{Actor, Case, Event, Recorded};
use hejie_domain::file::FileKind;
use hejie_domain::incident::Incident;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::report::{Report, Reporter};
use hejie_store::{CaseRow, Entry, Meaning, Names};

use crate::commit;
use crate::kept::Kept;

/// The media type of most that entries name.
const JSON: &str = "application/json";

/// Entries are events of files.
#[derive(Debug, Clone, Copy)]
pub struct Cases;

impl Meaning for Cases {
    fn fold(&self, case_id: &str, entries: &[Entry]) -> Result<CaseRow, String> {
        let recorded = entries.iter().map(read).collect::<Result<Vec<_>, _>>()?;
        let first = recorded.first().ok_or("it has no entry")?;
        match FileKind::opened_by(&first.event) {
            FileKind::Dispute => fold::<Case>(case_id, recorded),
            FileKind::Report => fold::<Report>(case_id, recorded),
            FileKind::Inquiry => fold::<Inquiry>(case_id, recorded),
            FileKind::Incident => fold::<Incident>(case_id, recorded),
        }
    }

    fn names(&self, entry: &Entry) -> Names {
        // An entry that cannot be read names nothing, and folding it tells why.
        let Ok(recorded) = read(entry) else {
            return Names::default();
        };
        let mut names = Names::default();
        match &recorded.event {
            Event::PluginDecided { run } => {
                let digests = [Some(&run.record), Some(&run.input), run.output.as_ref()];
                let digests = digests.into_iter().flatten().cloned();
                names.documents.extend(digests.map(|digest| (digest, JSON)));
                names.components.push(run.plugin.digest.clone());
            }
            Event::DocumentIssued { content, .. } => {
                names.documents.push((content.values.clone(), JSON));
                names
                    .documents
                    .push((content.pdf.clone(), "application/pdf"));
            }
            Event::OriginRecorded { origin } => names.documents.push((origin.digest.clone(), JSON)),
            Event::ReportReceived {
                reporter: Reporter::Named { token },
                ..
            } => names.persons.push(token.clone()),
            Event::InquiryReceived { asker, .. } => names.persons.push(asker.clone()),
            Event::DossierSealed { digest, .. } => names.documents.push((digest.clone(), JSON)),
            _ => {}
        }
        if let Actor::Plugin(identity) = &recorded.by {
            names.components.push(identity.digest.clone());
        }
        names
    }
}

fn fold<F: Kept>(id: &str, recorded: Vec<Recorded>) -> Result<CaseRow, String> {
    let last = commit::last_change(&recorded);
    let file = F::fold(recorded).map_err(|fault| fault.to_string())?;
    file.row(id, last).map_err(|fault| fault.to_string())
}

/// The event that an entry records.
pub fn read(entry: &Entry) -> Result<Recorded, String> {
    let event = Event::read(&entry.kind, entry.version, entry.payload.clone())
        .map_err(|fault| fault.to_string())?;
    let by = serde_json::from_value(entry.actor.clone()).map_err(|fault| fault.to_string())?;
    Ok(Recorded {
        at: entry.at,
        by,
        event,
    })
}
