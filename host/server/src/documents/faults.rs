//! What is wrong with a document, in the reader's words.

use hejie_documents::{FaultKind, Faults};
use hejie_domain::text::Text;

use crate::problem::Problem;

/// Every field at fault by its pointer.
pub(super) fn problem(faults: Faults) -> Problem {
    let mut faults = faults.0.into_iter();
    let Some(first) = faults.next() else {
        return Problem::internal(&"a document was refused without a fault");
    };
    let problem = Problem::invalid(first.pointer, text(&first.kind));
    faults.fold(problem, |problem, fault| {
        problem.field(fault.pointer, text(&fault.kind))
    })
}

fn text(kind: &FaultKind) -> Text {
    match kind {
        FaultKind::Missing => Text::new("invalid-missing"),
        FaultKind::Unknown => Text::new("invalid-no-such-field"),
        FaultKind::TooLong { max } => Text::new("invalid-too-long").arg("limit", *max as u64),
        FaultKind::TooMany { max } => Text::new("invalid-too-many").arg("limit", *max as u64),
        FaultKind::DoesNotShow { at } => {
            Text::new("invalid-control-character").arg("position", *at as u64)
        }
        FaultKind::NoChoice => Text::new("invalid-unknown-value"),
        FaultKind::Repeated => Text::new("invalid-repeated"),
        other => Text::new("invalid-malformed").arg("detail", other.to_string()),
    }
}
