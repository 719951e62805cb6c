//! Official documents, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::document::{IssuedDocument, Service};
use crate::case::event::Event;

/// What an event does to the documents of a file.
pub(crate) fn fold_document(
    documents: &mut Vec<IssuedDocument>,
    at: Timestamp,
    by: &Actor,
    event: &Event,
) {
    match event {
        Event::DocumentIssued {
            seq,
            form,
            number,
            unit,
            issued_on,
            content,
        } => documents.push(IssuedDocument {
            seq: *seq,
            form: form.clone(),
            number: number.clone(),
            unit: unit.clone(),
            by: by.clone(),
            issued_on: *issued_on,
            issued_at: Some(at),
            content: content.clone(),
            services: Vec::new(),
        }),
        Event::DocumentServed {
            document,
            to,
            means,
            note,
            outcome,
            took_place,
        } => {
            let found = documents.iter_mut().find(|it| it.seq == *document);
            if let Some(found) = found {
                found.services.push(Service {
                    to: *to,
                    means: *means,
                    at: took_place.unwrap_or(at),
                    outcome: *outcome,
                    note: note.clone(),
                });
            }
        }
        _ => {}
    }
}
