//! The same dispute under two numbers: one is closed, what it holds goes to the other.
//! Only before anything was decided of the one, and by the unit that has both.

use super::{Context, Decided, authority, clocks, next, room};
use crate::case::event::Event;
use crate::case::filing::EvidenceReference;
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::case_number::CaseNumber;

const MAX_LINKS: usize = 100;

/// Closes the complaint: whatever was awaited in it is awaited there, but for the answer to
/// what a superior asked of it.
pub(super) fn merge(case: &Case, into: CaseNumber, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "merge-complaint";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| phase == Phase::Registered)?;
    other_than(case, &into, "/into")?;
    validate::prose("/reason", &reason, 1_000)?;
    let mut events = vec![Event::ComplaintMerged { into, reason }];
    events.extend(clocks::stop_all_but(case, None));
    events.push(Event::CaseClosed {
        closing: Closing::Merged,
    });
    Ok(events)
}

/// Has what was said and shown under the other number.
pub(super) fn take_in(
    case: &Case,
    from: CaseNumber,
    statement: String,
    evidence: Vec<EvidenceReference>,
    context: &Context,
) -> Decided {
    const ACTION: &str = "take-in-complaint";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| {
        matches!(phase, Phase::Registered | Phase::Accepted)
    })?;
    other_than(case, &from, "/into")?;
    room("links", case.links.len(), MAX_LINKS)?;
    let known = |it: &EvidenceReference| case.evidence.iter().any(|had| had.reference == *it);
    let new = evidence.into_iter().filter(|it| !known(it));
    let seqs = next(case.evidence.len())..;
    let mut events = vec![Event::ComplaintTakenIn { from, statement }];
    events.extend(seqs.zip(new).map(|(seq, reference)| Event::EvidenceAdded {
        seq,
        question: None,
        reference,
        for_authority: false,
    }));
    Ok(events)
}

fn other_than(case: &Case, other: &CaseNumber, field: &str) -> Result<(), Refusal> {
    match *other == case.number {
        true => Err(Refusal::invalid(field, Invalid::UnknownValue)),
        false => Ok(()),
    }
}
