//! A complaint's way to the unit that handles it: down, back, between authorities,
//! up (Order 121 art. 13-15, 33, 41).

use jiff::civil::Date;

use super::{Context, Decided, authority, clocks, only, room};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::complaint::Complaint;
use crate::case::event::Event;
use crate::case::moves::{MoveKind, ReturnReason};
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_MOVES: usize = 50;
const MAX_PROSE: usize = 1_000;

/// The complaint, where it may still move.
fn movable<'a>(
    case: &'a Case,
    action: &'static str,
    allowed: impl Fn(Phase) -> bool,
) -> Result<&'a Complaint, Refusal> {
    case.in_phase(action, allowed)?;
    let complaint = case.complaint.as_ref().ok_or(Refusal::WrongPhase {
        action,
        phase: case.phase.name(),
    })?;
    room("moves", complaint.moves.len(), MAX_MOVES)?;
    Ok(complaint)
}

fn is_registered(phase: Phase) -> bool {
    phase == Phase::Registered
}

fn known(field: &str, unit: &UnitId, context: &Context) -> Result<(), Refusal> {
    match context.rules.units().get(unit) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid(field, Invalid::UnknownValue)),
    }
}

/// Down to a unit below. Accepted complaints go only to the authority's own stations.
pub(super) fn dispatch(
    case: &Case,
    to: UnitId,
    note: String,
    report_by: Option<Date>,
    context: &Context,
) -> Decided {
    const ACTION: &str = "dispatch";
    authority::handles(case, ACTION, context)?;
    let complaint = movable(case, ACTION, |phase| {
        matches!(phase, Phase::Registered | Phase::Accepted)
    })?;
    let own_station = to.authority() == complaint.unit;
    if !context.rules.units().is_below(&to, &complaint.unit)
        || (case.phase == Phase::Accepted && !own_station)
    {
        return Err(Refusal::invalid("/to", Invalid::UnknownValue));
    }
    validate::prose("/note", &note, MAX_PROSE)?;
    if let Some(day) = report_by {
        validate::day_ahead("/report_by", day, context.today())?;
    }
    let from = complaint.unit.clone();
    let mut events = vec![Event::ComplaintDispatched {
        from,
        to: to.clone(),
        note,
        report_by,
    }];
    events.extend(clocks::met(case, periods::INTAKE_DISPATCH));
    events.extend(clocks::stopped(case, periods::HANDLING_DISPUTE));
    events.extend(received_by(case, complaint, &to, context));
    Ok(events)
}

/// A unit without power does not pass it on itself (art. 41): it goes back to the
/// unit that sent it, or to the one above, which dispatches it.
pub(super) fn send_back(
    case: &Case,
    reason: ReturnReason,
    note: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "return-to-intake";
    authority::handles(case, ACTION, context)?;
    let complaint = movable(case, ACTION, is_registered)?;
    validate::prose("/note", &note, MAX_PROSE)?;
    let sender = complaint
        .moves
        .iter()
        .rfind(|it| it.why == MoveKind::Dispatched && it.to == complaint.unit)
        .map(|it| it.from.clone());
    let above = || context.rules.units().above(&complaint.unit);
    let to = sender.or_else(|| above().map(|unit| unit.id.clone()));
    let to = to.ok_or(Refusal::NotAllowed { action: ACTION })?;
    let same_authority = to == complaint.unit.authority();
    let mut events = vec![Event::ComplaintReturned {
        from: complaint.unit.clone(),
        to,
        reason,
        note,
    }];
    events.extend(clocks::stopped(case, periods::HANDLING_DISPUTE));
    if !same_authority {
        events.extend(clocks::stopped(case, periods::ACCEPTANCE));
        events.extend(clocks::start_next(
            case,
            periods::INTAKE_DISPATCH,
            &complaint.procedure,
            context,
        ));
    }
    Ok(events)
}

/// The period of acceptance runs from receipt by the authority with handling power
/// (art. 15): another authority has it anew, an authority's station does not.
fn received_by(case: &Case, complaint: &Complaint, to: &UnitId, context: &Context) -> Vec<Event> {
    let running = case.running_clock(periods::ACCEPTANCE).is_some();
    if case.phase != Phase::Registered || (running && to.authority() == complaint.unit.authority())
    {
        return Vec::new();
    }
    let mut events: Vec<Event> = clocks::stopped(case, periods::ACCEPTANCE)
        .into_iter()
        .collect();
    events.extend(clocks::start_next(
        case,
        periods::ACCEPTANCE,
        &complaint.procedure,
        context,
    ));
    events
}

/// Two authorities disagree; they have the period of art. 33 to agree.
pub(super) fn dispute(case: &Case, with: UnitId, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "dispute-handling";
    authority::handles(case, ACTION, context)?;
    let complaint = movable(case, ACTION, is_registered)?;
    known("/with", &with, context)?;
    let units = context.rules.units();
    let apart = units.common_superior(&complaint.unit, &with).is_some()
        && !with.is_station()
        && with != complaint.unit
        && !units.is_below(&with, &complaint.unit)
        && !units.is_below(&complaint.unit, &with);
    if !apart {
        return Err(Refusal::invalid("/with", Invalid::UnknownValue));
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    if complaint.dispute.is_some() {
        return Err(Refusal::Repeated {
            what: "dispute",
            id: with.to_string(),
        });
    }
    let mut events = vec![Event::HandlingDisputed {
        with,
        reason,
        since: context.today(),
    }];
    let pack = &complaint.procedure;
    events.extend(clocks::start_next(
        case,
        periods::HANDLING_DISPUTE,
        pack,
        context,
    ));
    Ok(events)
}

/// Whichever of the two takes it says so itself.
pub(super) fn agree(case: &Case, context: &Context) -> Decided {
    const ACTION: &str = "agree-handling";
    only(ACTION, context, &[Side::Officer])?;
    let complaint = movable(case, ACTION, is_registered)?;
    let own = authority::unit_of(context.actor);
    let dispute = complaint.dispute.as_ref().ok_or(Refusal::Needs {
        what: "handling-dispute",
    })?;
    let unit = own
        .filter(|own| *own == dispute.by || *own == dispute.with)
        .ok_or(Refusal::NotAllowed { action: ACTION })?;
    let mut events = vec![Event::HandlingAgreed {
        from: complaint.unit.clone(),
        unit: unit.clone(),
    }];
    events.extend(clocks::met(case, periods::HANDLING_DISPUTE));
    events.extend(received_by(case, complaint, &unit, context));
    Ok(events)
}

/// A unit above all that are concerned says which of those below it handles the case.
pub(super) fn designate(case: &Case, unit: UnitId, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "designate";
    let superior = authority::superior(case, ACTION, context)?;
    let complaint = movable(case, ACTION, is_registered)?;
    known("/unit", &unit, context)?;
    let units = context.rules.units();
    let above_dispute = complaint
        .dispute
        .as_ref()
        .is_none_or(|dispute| units.is_below(&dispute.with, &superior));
    if !above_dispute {
        return Err(Refusal::NotAllowed { action: ACTION });
    }
    if !units.is_below(&unit, &superior) {
        return Err(Refusal::invalid("/unit", Invalid::UnknownValue));
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let from = complaint.unit.clone();
    let designated = Event::HandlingDesignated {
        from,
        unit: unit.clone(),
        reason,
    };
    Ok(moved_from_above(
        case, complaint, designated, &unit, context,
    ))
}

/// A superior handles it itself (art. 14).
pub(super) fn take_up(case: &Case, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "take-up";
    let superior = authority::superior(case, ACTION, context)?;
    let complaint = movable(case, ACTION, is_registered)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let taken = Event::ComplaintTakenUp {
        from: complaint.unit.clone(),
        to: superior.clone(),
        reason,
    };
    Ok(moved_from_above(case, complaint, taken, &superior, context))
}

fn moved_from_above(
    case: &Case,
    complaint: &Complaint,
    moved: Event,
    to: &UnitId,
    context: &Context,
) -> Vec<Event> {
    let mut events = vec![moved];
    events.extend(clocks::stopped(case, periods::HANDLING_DISPUTE));
    events.extend(clocks::stopped(case, periods::INTAKE_DISPATCH));
    events.extend(received_by(case, complaint, to, context));
    events
}
