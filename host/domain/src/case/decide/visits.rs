//! Follow-up visits, and the rule by which one reopens a file.

use super::{Context, Decided, authority, clocks, next, only, room};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::mediation::Means;
use crate::case::phase::{Closing, Phase};
use crate::case::state::Case;
use crate::case::validate;
use crate::case::visit::Satisfaction;

const ACTION: &str = "record-visit";
const MAX_VISITS: usize = 20;
/// A file is handled once more by this rule, not again and again.
const MAX_REOPENINGS: u32 = 1;

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
    room("visits", case.visits.len(), MAX_VISITS)?;
    validate::prose("/note", &note, 2_000)?;
    let mut events = vec![Event::VisitRecorded {
        seq: next(case.visits.len()),
        means,
        satisfaction,
        note,
    }];
    if satisfaction.is_some_and(Satisfaction::reopens) && may_reopen(case) {
        events.extend(clocks::stop_all(case));
        events.push(Event::ComplaintReopened);
        let pack = case.complaint_pack();
        clocks::start_next(&mut events, case, periods::REDO, pack, context);
    }
    Ok(events)
}

/// What she herself called solved, or withdrew, stays closed, and so does what another
/// authority concluded or another file has: it is not handled here.
fn may_reopen(case: &Case) -> bool {
    let stays = matches!(
        case.closing,
        Some(Closing::Solved | Closing::Withdrawn | Closing::ConcludedElsewhere | Closing::Merged)
    );
    let reopenings = case.complaint.as_ref().map_or(0, |it| it.reopenings);
    !stays && reopenings < MAX_REOPENINGS
}
