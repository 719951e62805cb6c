//! Issuing the documents of a file, each after what it tells of, and serving them.

use super::{Context, Decided, authority, next, only, room};
use crate::case::actor::Side;
use crate::case::document::{Content, Documented, forms, readers};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::mediation::Means;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_DOCUMENTS: usize = 100;
const MAX_SERVICES: usize = 20;
/// A number is short; the form checks what it is made of.
const MAX_NUMBER: usize = 64;

pub(crate) fn issue(
    file: &(impl Handled + Documented),
    form: String,
    number: String,
    content: Content,
    context: &Context,
) -> Decided {
    let unit = issuer(file, forms::purpose(&form), context)?;
    file.may_issue(&form, context.rules)?;
    room("documents", file.documents().len(), MAX_DOCUMENTS)?;
    validate::line("/number", &number, MAX_NUMBER)?;
    Ok(vec![Event::DocumentIssued {
        seq: next(file.documents().len()),
        form,
        number,
        unit,
        issued_on: context.today(),
        content,
    }])
}

/// The unit that issues it. Of a file that no unit has there is the settlement, which the
/// consumer has drawn up: it tells the other side how she is reached.
fn issuer(
    file: &impl Handled,
    purpose: &str,
    context: &Context,
) -> Result<Option<UnitId>, Refusal> {
    const ACTION: &str = "issue-document";
    match (purpose, file.unit()) {
        (forms::SETTLEMENT_AGREEMENT, None) => {
            only(ACTION, context, &[Side::Consumer]).map(|()| None)
        }
        // Who sent the file down issues the notice of that, and nothing else.
        (forms::DISPATCH_NOTICE, _) => {
            authority::approves(file, ACTION, context)?;
            Ok(authority::unit_of(context.actor))
        }
        _ => {
            authority::handles(file, ACTION, context)?;
            Ok(file.unit().cloned())
        }
    }
}

/// The record that a document reached a side it is for.
pub(crate) fn serve(
    file: &(impl Handled + Documented),
    document: u32,
    to: Side,
    means: Means,
    note: Option<String>,
    context: &Context,
) -> Decided {
    authority::handles(file, "serve-document", context)?;
    let found = file.documents().iter().find(|it| it.seq == document);
    let found = found.ok_or(Refusal::Unknown {
        what: "document",
        id: document.to_string(),
    })?;
    if !readers(&found.form).contains(&to) {
        return Err(Refusal::invalid("/to", Invalid::UnknownValue));
    }
    room("services", found.services.len(), MAX_SERVICES)?;
    if let Some(note) = &note {
        validate::prose("/note", note, 1_000)?;
    }
    Ok(vec![Event::DocumentServed {
        document,
        to,
        means,
        note,
    }])
}
