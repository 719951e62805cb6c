//! A file that another authority hands over once more: it did not hear that the file arrived,
//! took it back and sends it anew (Order 121 art. 33, 41).

use super::receive::{ACTION, check, comes_from};
use super::talk::MAX_EVIDENCE;
use super::{Context, Decided, next, room};
use crate::case::correction::Correction;
use crate::case::event::Event;
use crate::case::filing::{EvidenceReference, Filing};
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::transfer::Origin;

/// It stays the file that it is here; the dossier is the newer one, and what changed there
/// since the last changes here.
pub(super) fn receive(
    case: &Case,
    filing: Filing,
    before: Option<Filing>,
    origin: Origin,
    context: &Context,
) -> Decided {
    let known = case.origin.as_ref();
    let known =
        known.filter(|known| comes_from(known, context.actor) && origin.key() == known.key());
    let known = known.ok_or(Refusal::NotAllowed { action: ACTION })?;
    if known.digest == origin.digest {
        return Ok(Vec::new());
    }
    check(&filing, &origin, context)?;
    let recorded = Event::OriginRecorded {
        origin: origin.clone(),
    };
    // What went on to the next authority is changed there.
    if case.phase == Phase::Transferred {
        return Ok(vec![recorded]);
    }
    let mut events = vec![recorded];
    if let Some(before) = before {
        events.extend(claimed(case, &before, &filing));
        let represented = represented(case, &before, &filing);
        let mut others = filing.clone();
        if represented.is_some() {
            // With their names as they are by now.
            others.representation.clone_from(&before.representation);
        }
        events.extend(represented);
        events.extend(corrected(case, &before, &others, &origin));
    }
    events.extend(handed_in(case, filing)?);
    Ok(events)
}

/// While it may be changed here, and was not.
fn claimed(case: &Case, before: &Filing, filing: &Filing) -> Option<Event> {
    let is_new = filing.claim != before.claim && case.filing.claim == before.claim;
    let is_open = matches!(case.phase, Phase::Registered | Phase::Accepted);
    (is_new && is_open).then(|| Event::ClaimRevised {
        claim: filing.claim.clone(),
    })
}

/// Who acts for whom by now; where that was changed here it stays.
fn represented(case: &Case, before: &Filing, filing: &Filing) -> Option<Event> {
    let is_new = filing.representation != before.representation
        && case.filing.representation == before.representation;
    is_new.then(|| Event::RepresentationRecorded {
        representation: filing.representation.clone().unwrap_or_default(),
    })
}

/// What was put right there; what was put right here stays.
fn corrected(case: &Case, before: &Filing, filing: &Filing, origin: &Origin) -> Option<Event> {
    let mut correction = Correction::between(before, filing);
    correction.leave(&Correction::between(before, &case.filing));
    let mut here = case.filing.clone();
    here.correct(&correction);
    (here != case.filing).then(|| Event::FilingCorrected {
        correction: Box::new(correction),
        reason: format!("{} {}", origin.name, origin.number),
    })
}

/// What was handed in there meanwhile.
fn handed_in(case: &Case, filing: Filing) -> Decided {
    let known = |reference: &EvidenceReference| {
        let mut here = case.evidence.iter();
        here.any(|it| it.reference.sha256 == reference.sha256)
    };
    let new = filing.evidence.into_iter().filter(|it| !known(it));
    let mut events = Vec::new();
    for reference in new {
        let held = case.evidence.len() + events.len();
        room("evidence", held, MAX_EVIDENCE)?;
        events.push(Event::EvidenceAdded {
            seq: next(held),
            question: None,
            for_authority: false,
            reference,
        });
    }
    Ok(events)
}
