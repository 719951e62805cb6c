//! Follow-up visits, and the rule by which one reopens a file.

use super::{Context, Decided, authority, clocks, next, only, room};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::mediation::Means;
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;
use crate::case::visit::Satisfaction;
use crate::visits::Ending;

const ACTION: &str = "record-visit";
const MAX_VISITS: usize = 20;

pub(super) fn record(
    case: &Case,
    means: Means,
    satisfaction: Option<Satisfaction>,
    note: String,
    context: &Context,
) -> Decided {
    only(ACTION, context, &[Side::Officer])?;
    if authority::handles(case, ACTION, context).is_err() {
        authority::superior(case, ACTION, context)?;
    }
    case.in_phase(ACTION, |phase| {
        matches!(phase, Phase::Closed | Phase::Refused)
    })?;
    // Who was not told of the decision has nothing to say on it yet (art. 15).
    let is_told = case.complaint.as_ref().is_some_and(|it| it.told.is_some());
    if case.phase == Phase::Refused && !is_told {
        return Err(Refusal::Needs {
            what: "told-refusal",
        });
    }
    room("visits", case.visits.len(), MAX_VISITS)?;
    validate::prose("/note", &note, 2_000)?;
    let mut events = vec![Event::VisitRecorded {
        seq: next(case.visits.len()),
        means,
        satisfaction,
        note,
    }];
    if satisfaction.is_some_and(|answer| reopens(case, answer, context)) {
        events.extend(clocks::stop_all_but(case, None));
        events.push(Event::ComplaintReopened);
        let pack = case.complaint_pack();
        clocks::start_next(&mut events, case, periods::REDO, pack, context);
    }
    Ok(events)
}

/// By the rule of the version in force when the complaint was received.
fn reopens(case: &Case, answer: Satisfaction, context: &Context) -> bool {
    let Some(procedure) = context.rules.procedure(case.complaint_pack()) else {
        return false;
    };
    let ending = Ending::of(case.phase, case.closing);
    let before = case.complaint.as_ref().map_or(0, |it| it.visited_again());
    procedure.visits.reopening.applies(answer, ending, before)
}
