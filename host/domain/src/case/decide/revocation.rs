//! An authority takes its own decision back.

use super::{Context, Decided, authority, clocks};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::mediation::Ending;
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;

/// By the head of the unit, or of one above: the file is handled once more from where it was
/// decided, within the days that there are for that.
pub(super) fn revoke(case: &Case, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "revoke-decision";
    authority::approves(case, ACTION, context)?;
    authority::is_head(ACTION, context)?;
    if !is_revocable(case) {
        return Err(Refusal::WrongPhase {
            action: ACTION,
            phase: case.phase.name(),
        });
    }
    validate::prose("/reason", &reason, 2_000)?;
    let mut events = vec![Event::DecisionRevoked { reason }];
    events.extend(clocks::stop_all_but(case, None));
    events.push(Event::ComplaintReopened);
    let pack = case.complaint_pack();
    clocks::start_next(&mut events, case, periods::REDO, pack, context);
    Ok(events)
}

/// What an officer decided or recorded: that it is refused, merged, terminated or withdrawn.
/// What the parties did themselves is theirs, and time that ran out is not given back.
fn is_revocable(case: &Case) -> bool {
    let ending = case.mediation().and_then(|it| it.ending.as_ref());
    let by_officer =
        matches!(ending, Some(Ending::Terminated { by, .. }) if by.side() == Side::Officer);
    match (case.phase, case.closing) {
        (Phase::Refused, _) | (Phase::Closed, Some(Closing::Merged)) => true,
        (Phase::Terminated, _)
        | (Phase::Closed, Some(Closing::Terminated | Closing::Withdrawn)) => by_officer,
        _ => false,
    }
}
