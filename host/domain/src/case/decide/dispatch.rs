//! A file's way to the unit that handles it: down, back, between authorities, up
//! (Order 121 art. 13-15, 33, 41).

use jiff::civil::Date;

use super::{Context, Decided, authority, clocks, only, report_back, room, supervision};
use crate::case::actor::Side;
use crate::case::clocks::{CaseClock, periods};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::moves::{HandlingDispute, MoveKind, ReturnReason};
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_MOVES: usize = 50;
const MAX_PROSE: usize = 1_000;

/// How far a file may still go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// To any unit that may handle it.
    Anywhere,
    /// To the own stations of the authority that is at work on it.
    OwnStations,
}

/// A file that may move between units.
pub(crate) trait Moving: Handled {
    /// How far it may go now; `None` where it stays.
    fn reach(&self) -> Option<Reach>;

    /// Whether those who sent it down still wait to hear of it.
    fn is_reported_back(&self) -> bool {
        self.reach().is_some()
    }

    /// The period that begins when an authority with handling power receives it.
    fn receipt_period(&self) -> &'static str;

    /// That another authority should have it instead, as one says (art. 33).
    fn dispute(&self) -> Option<&HandlingDispute> {
        None
    }
}

impl Moving for Case {
    fn reach(&self) -> Option<Reach> {
        match self.phase {
            Phase::Registered => Some(Reach::Anywhere),
            Phase::Accepted => Some(Reach::OwnStations),
            _ => None,
        }
    }

    fn is_reported_back(&self) -> bool {
        self.reach().is_some() || self.is_leaving()
    }

    fn receipt_period(&self) -> &'static str {
        periods::ACCEPTANCE
    }

    fn dispute(&self) -> Option<&HandlingDispute> {
        self.complaint.as_ref()?.dispute.as_ref()
    }
}

/// How far the file may go, and the unit that has it.
fn movable<'a>(
    file: &'a impl Moving,
    action: &'static str,
) -> Result<(Reach, &'a UnitId), Refusal> {
    let wrong_phase = || Refusal::WrongPhase {
        action,
        phase: file.phase_name(),
    };
    let (reach, unit) = file.reach().zip(file.unit()).ok_or_else(wrong_phase)?;
    room("moves", file.moves().len(), MAX_MOVES)?;
    Ok((reach, unit))
}

/// The unit that has a file which may go anywhere.
fn free<'a>(file: &'a impl Moving, action: &'static str) -> Result<&'a UnitId, Refusal> {
    match movable(file, action)? {
        (Reach::Anywhere, unit) => Ok(unit),
        (Reach::OwnStations, _) => Err(Refusal::WrongPhase {
            action,
            phase: file.phase_name(),
        }),
    }
}

fn known(field: &str, unit: &UnitId, context: &Context) -> Result<(), Refusal> {
    match context.rules.units().get(unit) {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid(field, Invalid::UnknownValue)),
    }
}

/// Down to a unit below. What an authority is at work on goes only to its own stations.
pub(crate) fn dispatch(
    file: &impl Moving,
    to: UnitId,
    note: String,
    report_by: Option<Date>,
    context: &Context,
) -> Decided {
    const ACTION: &str = "dispatch";
    authority::handles(file, ACTION, context)?;
    let (reach, unit) = movable(file, ACTION)?;
    known("/to", &to, context)?;
    if !context.rules.units().is_below(&to, unit) {
        return Err(Refusal::explained("/to", "invalid-not-below"));
    }
    if reach == Reach::OwnStations && to.authority() != *unit {
        return Err(Refusal::explained("/to", "invalid-not-own-station"));
    }
    validate::prose("/note", &note, MAX_PROSE)?;
    let days = report_by.map(|day| report_back::days_until(day, context));
    let days = days.transpose()?;
    let mut events = vec![Event::FileDispatched {
        from: unit.clone(),
        to: to.clone(),
        note,
        report_by,
    }];
    events.extend(clocks::met(file, periods::INTAKE_DISPATCH));
    events.extend(clocks::stopped(file, periods::HANDLING_DISPUTE));
    events.extend(supervision::lapsed_of(file, periods::INTAKE_DISPATCH));
    events.extend(supervision::lapsed_of(file, periods::HANDLING_DISPUTE));
    events.extend(received_by(file, unit, &to, context));
    if let Some(days) = days {
        report_back::start(&mut events, file, days, context);
    }
    Ok(events)
}

/// A unit without power does not pass it on itself (art. 41): it goes back to the
/// unit that sent it, or to the one above, which dispatches it.
pub(crate) fn send_back(
    file: &impl Moving,
    reason: ReturnReason,
    note: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "return-to-intake";
    authority::handles(file, ACTION, context)?;
    let to = whence(file, ACTION, context)?;
    let (_, unit) = movable(file, ACTION)?;
    validate::prose("/note", &note, MAX_PROSE)?;
    let same_authority = to == unit.authority();
    let asked = supervision::lapsed_of_asker(file, &to, context);
    let unheard = report_back::left(file, &to, context);
    let whither = to.clone();
    let mut events = vec![Event::FileReturned {
        from: unit.clone(),
        to,
        reason,
        note,
    }];
    events.extend(asked);
    events.extend(clocks::stopped(file, periods::HANDLING_DISPUTE));
    events.extend(supervision::lapsed_of(file, periods::HANDLING_DISPUTE));
    events.extend(unheard);
    if same_authority {
        supervision::watched_above(&mut events, file, &whither, context);
    } else {
        events.extend(left_behind(file));
        events.extend(clocks::stopped(file, periods::INTAKE_DISPATCH));
        events.extend(supervision::lapsed_of(file, periods::INTAKE_DISPATCH));
        clocks::start_next(
            &mut events,
            file,
            periods::INTAKE_DISPATCH,
            file.pack(),
            context,
        );
    }
    Ok(events)
}

/// Where a file goes back to. What an authority is at work on comes back from its station
/// to that authority alone.
fn whence(file: &impl Moving, action: &'static str, context: &Context) -> Result<UnitId, Refusal> {
    let (reach, unit) = movable(file, action)?;
    if reach == Reach::OwnStations {
        let phase = file.phase_name();
        let from_station = unit.is_station().then(|| unit.authority());
        return from_station.ok_or(Refusal::WrongPhase { action, phase });
    }
    let mut moves = file.moves().iter();
    let sent = moves.rfind(|it| it.why == MoveKind::Dispatched && it.to == *unit);
    let above = || {
        context
            .rules
            .units()
            .above(unit)
            .map(|unit| unit.id.clone())
    };
    let to = sent.map(|it| it.from.clone()).or_else(above);
    to.ok_or(Refusal::NotAllowed { action })
}

/// The period of receipt runs from receipt by the authority with handling power
/// (art. 15): another authority has it anew, an authority's station does not.
fn received_by(file: &impl Moving, from: &UnitId, to: &UnitId, context: &Context) -> Vec<Event> {
    let same_authority = to.authority() == from.authority();
    if file.reach() != Some(Reach::Anywhere) || (same_authority && has_received(file)) {
        return Vec::new();
    }
    if same_authority && is_at_intake(file) {
        return kept_at_intake(file, context).into_iter().collect();
    }
    let mut events = left_behind(file);
    let period = file.receipt_period();
    clocks::start_next(&mut events, file, period, file.pack(), context);
    events
}

/// What an authority had to decide in, the first time or once more, is over when it no longer
/// has the file, and so is what urged it.
fn left_behind(file: &impl Moving) -> Vec<Event> {
    let periods = [file.receipt_period(), periods::REDO];
    let of = |period| {
        let mut events = supervision::lapsed_of(file, period);
        events.extend(clocks::stopped(file, period));
        events
    };
    periods.into_iter().flat_map(of).collect()
}

/// Whether the authority that has the file has the period of receipt, ended or not, rather
/// than that to send it on.
fn has_received(file: &impl Moving) -> bool {
    latest(file).is_some_and(|clock| !clock.is_of(periods::INTAKE_DISPATCH))
}

/// The latest period that an authority had to send it on, or of receipt.
fn latest(file: &impl Moving) -> Option<&CaseClock> {
    let of = [periods::INTAKE_DISPATCH, file.receipt_period()];
    let mut clocks = file.clocks().iter();
    clocks.rfind(|it| of.iter().any(|of| it.is_of(of)))
}

/// Two authorities disagree; they have the period of art. 33 to agree.
pub(crate) fn dispute(
    file: &impl Moving,
    with: UnitId,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "dispute-handling";
    authority::handles(file, ACTION, context)?;
    let unit = free(file, ACTION)?;
    known("/with", &with, context)?;
    let units = context.rules.units();
    let apart = units.common_superior(unit, &with).is_some()
        && !with.is_station()
        && with != *unit
        && !units.is_below(&with, unit)
        && !units.is_below(unit, &with);
    if !apart {
        return Err(Refusal::explained("/with", "invalid-not-another-authority"));
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    if file.dispute().is_some() {
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
    let pack = file.pack();
    clocks::start_next(&mut events, file, periods::HANDLING_DISPUTE, pack, context);
    Ok(events)
}

/// Whichever of the two takes it says so itself.
pub(crate) fn agree(file: &impl Moving, context: &Context) -> Decided {
    const ACTION: &str = "agree-handling";
    only(ACTION, context, &[Side::Officer])?;
    let from = free(file, ACTION)?;
    let own = authority::unit_of(context.actor);
    let dispute = file.dispute().ok_or(Refusal::Needs {
        what: "handling-dispute",
    })?;
    let unit = own
        .filter(|own| *own == dispute.by || *own == dispute.with)
        .ok_or(Refusal::NotAllowed { action: ACTION })?;
    let mut events = vec![Event::HandlingAgreed {
        from: from.clone(),
        unit: unit.clone(),
    }];
    for period in [periods::HANDLING_DISPUTE, periods::INTAKE_DISPATCH] {
        events.extend(clocks::met(file, period));
        events.extend(supervision::lapsed_of(file, period));
    }
    events.extend(supervision::lapsed_of_asker(file, &unit, context));
    events.extend(report_back::left(file, &unit, context));
    events.extend(received_by(file, from, &unit, context));
    Ok(events)
}

/// An officer of the authority that is said to be competent instead.
pub(crate) fn is_asked(file: &impl Moving, context: &Context) -> bool {
    let own = authority::unit_of(context.actor);
    file.dispute()
        .is_some_and(|dispute| own.as_ref() == Some(&dispute.with))
}

/// A unit above all that are concerned says which of those below it handles the file.
pub(crate) fn designate(
    file: &impl Moving,
    unit: UnitId,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "designate";
    let superior = authority::superior(file, ACTION, context)?;
    let (reach, from) = movable(file, ACTION)?;
    known("/unit", &unit, context)?;
    let units = context.rules.units();
    let above_dispute = file
        .dispute()
        .is_none_or(|dispute| units.is_below(&dispute.with, &superior));
    if !above_dispute {
        return Err(Refusal::NotAllowed { action: ACTION });
    }
    if !units.is_below(&unit, &superior) {
        return Err(Refusal::explained("/unit", "invalid-not-below"));
    }
    if reach == Reach::OwnStations && unit.authority() != from.authority() {
        return Err(Refusal::explained("/unit", "invalid-not-own-station"));
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let designated = Event::HandlingDesignated {
        from: from.clone(),
        unit: unit.clone(),
        reason,
    };
    Ok(moved_from_above(file, designated, from, &unit, context))
}

/// A superior handles it itself (art. 14): one above the unit that has it, or that unit,
/// to which it came to be sent on.
pub(crate) fn take_up(file: &impl Moving, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "take-up";
    let own = match authority::handles(file, ACTION, context) {
        Ok(()) if is_at_intake(file) => file.unit().cloned(),
        _ => None,
    };
    let superior = match own {
        Some(own) => own,
        None => authority::superior(file, ACTION, context)?,
    };
    let (_, from) = movable(file, ACTION)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let taken = Event::FileTakenUp {
        from: from.clone(),
        to: superior.clone(),
        reason,
    };
    Ok(moved_from_above(file, taken, from, &superior, context))
}

/// Whether it came to its authority to be sent on.
pub(crate) fn is_at_intake(file: &impl Moving) -> bool {
    at_intake(file).is_some()
}

/// The period of an authority to which a file came to be sent on.
fn at_intake(file: &impl Moving) -> Option<&CaseClock> {
    latest(file).filter(|clock| clock.is_of(periods::INTAKE_DISPATCH))
}

/// The period of receipt of an authority that keeps what it was to send on: it has had the
/// file since that came.
fn kept_at_intake(file: &impl Moving, context: &Context) -> Option<Event> {
    let start = clocks::Start {
        seq: clocks::next_after(&[], file),
        period: file.receipt_period(),
        pack: file.pack(),
        on: at_intake(file)?.start,
        length: None,
    };
    start.event(context)
}

/// The same of one that decides it at once; the period has what it waited for.
pub(crate) fn decided_at_intake(file: &impl Moving, context: &Context) -> Vec<Event> {
    let begun = kept_at_intake(file, context);
    let clock = clocks::next_after(&[], file);
    let met = begun.is_some().then_some(Event::ClockMet { clock });
    begun.into_iter().chain(met).collect()
}

fn moved_from_above(
    file: &impl Moving,
    moved: Event,
    from: &UnitId,
    to: &UnitId,
    context: &Context,
) -> Vec<Event> {
    let mut events = vec![moved];
    events.extend(supervision::lapsed_of_asker(file, to, context));
    events.extend(clocks::stopped(file, periods::HANDLING_DISPUTE));
    events.extend(report_back::left(file, to, context));
    events.extend(clocks::stopped(file, periods::INTAKE_DISPATCH));
    events.extend(supervision::lapsed_of(file, periods::HANDLING_DISPUTE));
    events.extend(supervision::lapsed_of(file, periods::INTAKE_DISPATCH));
    // Elsewhere an undecided file has its period anew.
    let goes_on = to.authority() == from.authority() || file.reach() == Some(Reach::OwnStations);
    if goes_on {
        supervision::watched_above(&mut events, file, to, context);
    }
    events.extend(received_by(file, from, to, context));
    events
}
