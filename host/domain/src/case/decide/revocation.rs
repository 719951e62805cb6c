//! An authority takes its own decision back.

use super::{Context, Decided, authority, clocks, report_back, supervision};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::mediation::Ending;
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;

/// By the head of the unit, or of one above: the file goes on from where it was decided, with
/// what is left of its period (art. 15, 23(5)). Only a refusal of which she was told, that is
/// decided anew, has the days that there are for that.
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
    let milestones = &case.milestones;
    let ended = match case.mediation() {
        Some(_) => milestones.mediation_ended,
        None => milestones.closed.or(milestones.decided),
    };
    let is_told = case.complaint.as_ref().is_some_and(|it| it.told.is_some());
    match (case.mediation(), is_told) {
        (Some(_), _) => mediate_on(case, &mut events, context)?,
        (None, true) => {
            let pack = case.complaint_pack();
            clocks::start_next(&mut events, case, periods::REDO, pack, context);
        }
        // It was withdrawn or merged before anything was decided, or nobody was told of that:
        // within the period it is decided and told.
        (None, false) => {
            clocks::go_on(&mut events, case, &periods::OF_DECIDING, context);
            supervision::urge_again(&mut events, case, &periods::OF_DECIDING, context);
        }
    }
    if let Some(ended) = ended {
        report_back::again(&mut events, case, ended, context);
    }
    Ok(events)
}

/// With what is left of the days, and of those to tell her that it was accepted in, where
/// nobody has told her.
fn mediate_on(case: &Case, events: &mut Vec<Event>, context: &Context) -> Result<(), Refusal> {
    let end = clocks::go_on(events, case, &periods::OF_MEDIATING, context);
    if end.is_some_and(|end| end <= context.now) {
        return Err(Refusal::Needs {
            what: "days-of-mediation",
        });
    }
    let mut notices = case.clocks.iter().rev();
    let notice = notices.find(|it| it.is_of(periods::DECISION_NOTICE));
    let ended = case.milestones.mediation_ended;
    // What ended it stopped that as well.
    let stopped =
        |it: &CaseClock| matches!(it.state, ClockState::Stopped { at } if Some(at) == ended);
    if notice.is_some_and(stopped) {
        clocks::again(events, case, periods::DECISION_NOTICE, context);
    }
    if case.complaint.as_ref().is_some_and(|it| it.told.is_none()) {
        supervision::urge_again(events, case, &[periods::DECISION_NOTICE], context);
    }
    Ok(())
}

/// What an officer decided or recorded: that it is refused, terminated, withdrawn or merged. What
/// both sides agreed and what they did themselves is theirs, and time that ran out is not
/// given back.
fn is_revocable(case: &Case) -> bool {
    if case.settlement.is_some() {
        return false;
    }
    let ended_by = match case.mediation() {
        None => case.closed_by.as_ref(),
        Some(mediation) => match &mediation.ending {
            Some(Ending::Terminated { by, .. }) => Some(by),
            _ => None,
        },
    };
    let by_officer = ended_by.map(Actor::side) == Some(Side::Officer);
    match (case.phase, case.closing) {
        (Phase::Refused, _) => true,
        (Phase::Terminated, _)
        | (Phase::Closed, Some(Closing::Terminated | Closing::Withdrawn | Closing::Merged)) => {
            by_officer
        }
        _ => false,
    }
}
