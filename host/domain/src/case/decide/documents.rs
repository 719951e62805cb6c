//! Issuing the documents of a file, each after what it tells of, and serving them.

use super::{Context, Decided, authority, next, room};
use crate::case::actor::Side;
use crate::case::complaint::{Complaint, ComplaintDecision};
use crate::case::document::{Content, forms, readers};
use crate::case::event::Event;
use crate::case::mediation::{Ending, Means};
use crate::case::moves::MoveKind;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;

const MAX_DOCUMENTS: usize = 100;
const MAX_SERVICES: usize = 20;
/// A number is short; the form checks what it is made of.
const MAX_NUMBER: usize = 64;

pub(super) fn issue(
    case: &Case,
    form: String,
    number: String,
    content: Content,
    context: &Context,
) -> Decided {
    const ACTION: &str = "issue-document";
    let unit = match authority::handles(case, ACTION, context) {
        Ok(()) => case.complaint.as_ref().map(|it| it.unit.clone()),
        // Who sent the file down issues the notice of that.
        Err(_) => Some(authority::superior(case, ACTION, context)?),
    };
    let unit = unit.ok_or(Refusal::NotAllowed { action: ACTION })?;
    may_issue(case, &form)?;
    room("documents", case.documents.len(), MAX_DOCUMENTS)?;
    validate::line("/number", &number, MAX_NUMBER)?;
    Ok(vec![Event::DocumentIssued {
        seq: next(case.documents.len()),
        form,
        number,
        unit,
        issued_on: context.today(),
        content,
    }])
}

/// Whether what the form tells of has happened.
pub fn may_issue(case: &Case, form: &str) -> Result<(), Refusal> {
    let complaint = case
        .complaint
        .as_ref()
        .ok_or(Refusal::Needs { what: "complaint" })?;
    let what = match form {
        forms::REGISTRATION | forms::DOSSIER_COVER => return Ok(()),
        forms::SERVICE_RECORD => ("served-document", was_served(case)),
        forms::DISPATCH_NOTICE => ("dispatch", was_dispatched(complaint)),
        forms::IDENTITY_NOTICE => ("material-request", complaint.material.is_some()),
        forms::ACCEPTANCE => ("acceptance", is_accepted(complaint)),
        forms::REFUSAL => ("refusal", is_refused(complaint)),
        forms::MEDIATION_NOTICE => ("session", has_session(complaint)),
        forms::TERMINATION => ("termination", is_terminated(complaint)),
        forms::MEDIATION_AGREEMENT => ("mediation-agreement", is_agreed(complaint)),
        forms::SETTLEMENT_AGREEMENT => ("settlement", case.settlement.is_some()),
        _ => return Err(Refusal::invalid("/form", Invalid::UnknownValue)),
    };
    match what {
        (_, true) => Ok(()),
        (what, false) => Err(Refusal::Needs { what }),
    }
}

fn was_served(case: &Case) -> bool {
    case.documents.iter().any(|it| !it.services.is_empty())
}

fn was_dispatched(complaint: &Complaint) -> bool {
    let mut moves = complaint.moves.iter();
    moves.any(|it| it.why == MoveKind::Dispatched)
}

fn is_accepted(complaint: &Complaint) -> bool {
    matches!(complaint.decision, Some(ComplaintDecision::Accepted { .. }))
}

fn is_refused(complaint: &Complaint) -> bool {
    matches!(complaint.decision, Some(ComplaintDecision::Refused { .. }))
}

fn has_session(complaint: &Complaint) -> bool {
    let mediation = complaint.mediation.as_ref();
    mediation.is_some_and(|it| !it.sessions.is_empty())
}

fn is_terminated(complaint: &Complaint) -> bool {
    let ending = complaint
        .mediation
        .as_ref()
        .and_then(|it| it.ending.as_ref());
    matches!(ending, Some(Ending::Terminated { .. }))
}

fn is_agreed(complaint: &Complaint) -> bool {
    let ending = complaint
        .mediation
        .as_ref()
        .and_then(|it| it.ending.as_ref());
    matches!(ending, Some(Ending::Agreed))
}

/// The record that a document reached a side it is for.
pub(super) fn serve(
    case: &Case,
    document: u32,
    to: Side,
    means: Means,
    note: Option<String>,
    context: &Context,
) -> Decided {
    authority::handles(case, "serve-document", context)?;
    let found = case.documents.iter().find(|it| it.seq == document);
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
