//! Linking files: a finding of an officer, with her reason, and never more than that; and
//! the reports that an authority opens itself on what came to light in a complaint.

use super::{Context, Decided, authority, room};
use crate::case::event::Event;
use crate::case::link::Relation;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::case_number::CaseNumber;

const MAX_LINKS: usize = 100;

pub(super) fn link(
    case: &Case,
    to: CaseNumber,
    relation: Relation,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "link-file";
    if authority::handles(case, ACTION, context).is_err() {
        authority::superior(case, ACTION, context)?;
    }
    // A lead comes with the report that is opened for it.
    if relation == Relation::Lead {
        return Err(Refusal::invalid("/relation", Invalid::UnknownValue));
    }
    if to == case.number {
        return Err(Refusal::invalid("/to", Invalid::UnknownValue));
    }
    let known = |it: &crate::case::link::Link| it.to == to && it.relation == relation;
    if case.links.iter().any(known) {
        return Err(Refusal::Repeated {
            what: "link",
            id: to.to_string(),
        });
    }
    room("links", case.links.len(), MAX_LINKS)?;
    validate::prose("/reason", &reason, 1_000)?;
    Ok(vec![Event::FileLinked {
        to,
        relation,
        reason,
    }])
}

/// A lead of a breach came to light: its report is a file of its own, which no end of the
/// complaint ends (Order 121 art. 27).
pub(super) fn note_lead(
    case: &Case,
    report: CaseNumber,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "note-lead";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| phase != Phase::Transferred)?;
    room("links", case.links.len(), MAX_LINKS)?;
    validate::prose("/lead", &reason, 5_000)?;
    Ok(vec![Event::FileLinked {
        to: report,
        relation: Relation::Lead,
        reason,
    }])
}
