//! Issuing the documents of a file, each after what it tells of, and serving them.

use jiff::Timestamp;

use super::{Context, Decided, authority, next, only, room};
use crate::case::actor::{Actor, Side};
use crate::case::document::{Content, Delivery, Documented, IssuedDocument, forms, readers};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::moves::last_dispatch;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::time::civil_date;
use crate::case::time::to_the_minute;
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;
use crate::officers::OfficerRole;

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
    file.may_issue(&form, context.rules, context.now)?;
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
            sent_it_down(file, context).map(Some)
        }
        _ => {
            authority::handles(file, ACTION, context)?;
            only_of_intake(purpose, ACTION, context)?;
            Ok(file.unit().cloned())
        }
    }
}

/// The unit that sent the file down last, where it is hers who acts.
fn sent_it_down(file: &impl Handled, context: &Context) -> Result<UnitId, Refusal> {
    let own = authority::unit_of(context.actor);
    let sent = last_dispatch(file.moves()).map(|it| &it.from);
    own.filter(|own| sent == Some(own)).ok_or(Refusal::Needs {
        what: "unit-that-sent",
    })
}

/// Who is at intake issues and serves what tells of the work there: that a file was
/// registered, that it was sent down, what material is missing. What decides a file is for
/// those who handle it.
fn only_of_intake(purpose: &str, action: &'static str, context: &Context) -> Result<(), Refusal> {
    let of_intake = [
        forms::REGISTRATION,
        forms::REPORT_REGISTRATION,
        forms::DISPATCH_NOTICE,
        forms::IDENTITY_NOTICE,
        forms::SERVICE_RECORD,
    ];
    match context.actor {
        Actor::Officer {
            role: role @ OfficerRole::Intake,
            ..
        } if !of_intake.contains(&purpose) => Err(Refusal::OtherRole {
            action,
            role: role.name(),
        }),
        _ => Ok(()),
    }
}

/// The record that a document was brought to a side it is for, and what came of that.
pub(crate) fn serve(
    file: &(impl Handled + Documented),
    document: u32,
    delivery: Delivery,
    context: &Context,
) -> Decided {
    const ACTION: &str = "serve-document";
    authority::handles(file, ACTION, context)?;
    let found = file.documents().iter().find(|it| it.seq == document);
    let found = found.ok_or(Refusal::Unknown {
        what: "document",
        id: document.to_string(),
    })?;
    only_of_intake(forms::purpose(&found.form), ACTION, context)?;
    if !readers(&found.form).contains(&delivery.to) {
        return Err(Refusal::explained("/to", "invalid-not-for-side"));
    }
    room("services", found.services.len(), MAX_SERVICES)?;
    if let Some(note) = &delivery.note {
        validate::prose("/note", note, 1_000)?;
    }
    if let Some(moment) = delivery.took_place {
        took_place(moment, found, context)?;
    }
    let brought = delivery.took_place.unwrap_or(context.now);
    if file.taken_back(found).is_some_and(|at| at <= brought) {
        return Err(Refusal::Needs {
            what: "standing-decision",
        });
    }
    Ok(vec![Event::DocumentServed {
        document,
        to: delivery.to,
        means: delivery.means,
        note: delivery.note,
        outcome: delivery.outcome,
        took_place: delivery.took_place,
    }])
}

/// Not before it was issued, and not in the future.
fn took_place(
    moment: Timestamp,
    issued: &IssuedDocument,
    context: &Context,
) -> Result<(), Refusal> {
    const FIELD: &str = "/took_place";
    if moment > context.now {
        let latest = to_the_minute(context.now);
        return Err(Refusal::invalid(FIELD, Invalid::TooLate { latest }));
    }
    if civil_date(moment) < issued.issued_on {
        let earliest = issued.issued_on.to_string();
        return Err(Refusal::invalid(FIELD, Invalid::TooEarly { earliest }));
    }
    Ok(())
}
