//! Supervision 督办: by a unit above, or by the rules before and at the end of a
//! period; an answer is due, and goes unanswered only upwards.

use super::dispatch::Moving;
use super::{Context, Decided, authority, by_platform, clocks, next, report_back, room};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::refusal::Refusal;
use crate::case::supervision::{Supervision, SupervisionCause, Urgency};
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_SUPERVISIONS: usize = 50;
const MAX_PROSE: usize = 2_000;

pub(crate) fn supervise(
    file: &impl Handled,
    urgency: Urgency,
    matter: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "supervise";
    let by = authority::superior(file, ACTION, context)?;
    room("supervisions", file.supervisions().len(), MAX_SUPERVISIONS)?;
    validate::prose("/matter", &matter, MAX_PROSE)?;
    Ok(open(
        file,
        SupervisionCause::Superior,
        by,
        urgency,
        matter,
        context,
    ))
}

/// A period nears its end: the unit above is told while there is still time.
pub(crate) fn remind(file: &impl Handled, seq: u32, context: &Context) -> Decided {
    by_platform("remind-clock", context)?;
    let clock = clocks::running(file, seq)?;
    if clock.reminded {
        return Err(clocks::not_open(seq));
    }
    if clock.reminds_at().is_none_or(|at| context.now < at) {
        return Err(Refusal::NotExpired {
            period: clock.period.clone(),
        });
    }
    let cause = SupervisionCause::Nearing {
        clock: seq,
        period: clock.period.clone(),
    };
    Ok(by_rule(file, cause, Urgency::General, context))
}

/// A period ran out.
pub(crate) fn overdue(file: &impl Handled, clock: &CaseClock, context: &Context) -> Vec<Event> {
    by_rule(file, past(clock), Urgency::Urgent, context)
}

fn past(clock: &CaseClock) -> SupervisionCause {
    SupervisionCause::Overdue {
        clock: clock.seq,
        period: clock.period.clone(),
    }
}

/// A period that ran out before is owed by a unit that has the file again: who waits for the
/// answer is told.
pub(super) fn overdue_by(
    events: &mut Vec<Event>,
    file: &impl Handled,
    clock: &CaseClock,
    by: UnitId,
    context: &Context,
) {
    let (cause, urgency) = (past(clock), Urgency::Urgent);
    open_after(events, file, cause, by, urgency, String::new(), context);
}

/// The latest of these periods, where that is overdue and nobody answered for it, is watched
/// again: its end had taken it off the superiors' list.
pub(super) fn urge_again(
    events: &mut Vec<Event>,
    file: &impl Handled,
    of: &[&str],
    context: &Context,
) {
    let is_meant = |clock: &&CaseClock| of.iter().any(|of| clock.is_of(of));
    let latest = file.clocks().iter().rfind(is_meant);
    let overdue = latest.filter(|it| matches!(it.state, ClockState::Expired { .. }));
    let overdue = overdue.filter(|clock| !is_answered(file, clock));
    if let Some((clock, unit)) = overdue.zip(file.unit()) {
        overdue_by(events, file, clock, above(unit, context), context);
    }
}

/// Whether it was answered that a period ran out.
pub(super) fn is_answered(file: &impl Handled, clock: &CaseClock) -> bool {
    let cause = past(clock);
    let mut answered = file.supervisions().iter().filter(|it| it.answer.is_some());
    answered.any(|it| it.cause == cause)
}

/// Two authorities did not agree in time: their common superior is told, who designates
/// one of them (Order 121 art. 33).
pub(super) fn undecided(file: &impl Moving, clock: &CaseClock, context: &Context) -> Vec<Event> {
    let units = context.rules.units();
    let sides = file.dispute().zip(file.unit());
    let common = sides.and_then(|(dispute, unit)| units.common_superior(unit, &dispute.with));
    let Some(common) = common else {
        return overdue(file, clock, context);
    };
    let (cause, by) = (past(clock), common.id.clone());
    open(file, cause, by, Urgency::Urgent, String::new(), context)
}

/// Whoever sent the file down and set a day has heard nothing.
pub(super) fn unreported(file: &impl Handled, clock: &CaseClock, context: &Context) -> Vec<Event> {
    let asked = report_back::asked_by(file, clock);
    let Some(sender) = asked.map(|step| step.from.clone()) else {
        return overdue(file, clock, context);
    };
    open(
        file,
        past(clock),
        sender,
        Urgency::Urgent,
        String::new(),
        context,
    )
}

fn by_rule(
    file: &impl Handled,
    cause: SupervisionCause,
    urgency: Urgency,
    context: &Context,
) -> Vec<Event> {
    let Some(unit) = file.unit() else {
        return Vec::new();
    };
    let by = above(unit, context);
    open(file, cause, by, urgency, String::new(), context)
}

/// The unit above; the highest answers to itself.
fn above(unit: &UnitId, context: &Context) -> UnitId {
    let above = context.rules.units().above(unit);
    above.map_or_else(|| unit.clone(), |above| above.id.clone())
}

fn open(
    file: &impl Handled,
    cause: SupervisionCause,
    by: UnitId,
    urgency: Urgency,
    matter: String,
    context: &Context,
) -> Vec<Event> {
    let mut events = Vec::new();
    open_after(&mut events, file, cause, by, urgency, matter, context);
    events
}

/// The same behind what these events open and start.
fn open_after(
    events: &mut Vec<Event>,
    file: &impl Handled,
    cause: SupervisionCause,
    by: UnitId,
    urgency: Urgency,
    matter: String,
    context: &Context,
) {
    let opened = |event: &&Event| matches!(event, Event::SupervisionOpened { .. });
    let opened = events.iter().filter(opened).count();
    let clock = clocks::next_after(events, file);
    events.push(Event::SupervisionOpened {
        seq: next(file.supervisions().len() + opened),
        cause,
        by,
        urgency,
        matter,
        clock,
    });
    let pack = file.pack();
    events.extend(clocks::start(clock, urgency.period(), pack, context));
}

pub(crate) fn answer(file: &impl Handled, seq: u32, answer: String, context: &Context) -> Decided {
    const ACTION: &str = "answer-supervision";
    authority::handles(file, ACTION, context)?;
    let supervision = open_one(file, seq)?;
    by_another(supervision, context)?;
    validate::prose("/answer", &answer, MAX_PROSE)?;
    let mut events = vec![Event::SupervisionAnswered {
        seq,
        answer,
        on: context.today(),
    }];
    let running = running_clock(file, supervision);
    events.extend(running.map(|clock| Event::ClockMet { clock: clock.seq }));
    Ok(events)
}

/// Nobody answers herself, of whichever of her units she is an officer just now.
fn by_another(supervision: &Supervision, context: &Context) -> Result<(), Refusal> {
    let (asked, own) = (supervision.asked_by.as_deref(), context.actor.person());
    match asked.is_some() && asked == own {
        true => Err(Refusal::Needs {
            what: "other-officer",
        }),
        false => Ok(()),
    }
}

/// Whether a clock is that of the answer to what a superior asked.
pub(crate) fn is_asked(file: &impl Handled, clock: &CaseClock) -> bool {
    let mut supervisions = file.supervisions().iter();
    supervisions.any(|it| {
        let own = it.clock == clock.seq && clock.is_of(it.urgency.period());
        own && it.cause == SupervisionCause::Superior
    })
}

/// The clock of its answer. What could not be raised any further once named the clock that
/// would have been the next, whatever that became.
fn running_clock<'a>(file: &'a impl Handled, of: &Supervision) -> Option<&'a CaseClock> {
    let clock = file.clock(of.clock).filter(|clock| clock.is_running());
    clock.filter(|clock| clock.is_of(of.urgency.period()))
}

fn open_one(file: &impl Handled, seq: u32) -> Result<&Supervision, Refusal> {
    let found = file.supervisions().iter().find(|it| it.seq == seq);
    let found = found.ok_or(Refusal::Unknown {
        what: "supervision",
        id: seq.to_string(),
    })?;
    if found.answer.is_some() {
        return Err(Refusal::NotOpen {
            what: "supervision",
            id: seq.to_string(),
        });
    }
    Ok(found)
}

/// No answer in time: it goes to the unit above, one level more urgent.
pub(crate) fn raised(file: &impl Handled, clock: &CaseClock, context: &Context) -> Vec<Event> {
    let Some(supervision) = file.supervisions().iter().find(|it| it.clock == clock.seq) else {
        return Vec::new();
    };
    let (to, urgency) = (
        above(&supervision.by, context),
        supervision.urgency.raised(),
    );
    // The national tier at the highest level has nobody to raise it to: no clock starts.
    let last = to == supervision.by && urgency == supervision.urgency;
    let clock = match last {
        true => supervision.clock,
        false => next(file.clocks().len()),
    };
    let mut events = vec![Event::SupervisionRaised {
        seq: supervision.seq,
        to,
        urgency,
        clock,
    }];
    let pack = file.pack();
    if !last {
        events.extend(clocks::start(clock, urgency.period(), pack, context));
    }
    events
}

/// The clocks of supervisions whose matter is past: the period that they were opened for.
/// What a superior asked is answered all the same.
pub(crate) fn lapsed(file: &impl Handled) -> Vec<Event> {
    lapsed_where(file, |_| true)
}

/// The same of one period and its extensions, where others go on.
pub(crate) fn lapsed_of(file: &impl Handled, period: &str) -> Vec<Event> {
    lapsed_where(file, |of| periods::extended(of) == period)
}

/// The clocks of what units asked that are not above the file once a unit has it: nobody there
/// owes them an answer, and nobody above them, to whom it was raised, one in their place.
pub(crate) fn lapsed_of_asker(file: &impl Handled, unit: &UnitId, context: &Context) -> Vec<Event> {
    let units = context.rules.units();
    let open = file.supervisions().iter().filter(|it| it.answer.is_none());
    let asked = open.filter(|it| it.cause == SupervisionCause::Superior);
    let past = asked.filter(|it| !units.is_below(unit, it.first.as_ref().unwrap_or(&it.by)));
    past.filter_map(|it| running_clock(file, it))
        .map(|clock| Event::ClockStopped { clock: clock.seq })
        .collect()
}

/// What the rules had a unit watch that itself has the file from now on, and is at work on the
/// same period: whoever is above it watches that in its place.
pub(super) fn watched_above(
    events: &mut Vec<Event>,
    file: &impl Handled,
    unit: &UnitId,
    context: &Context,
) {
    let by = above(unit, context);
    let open = file.supervisions().iter().filter(|it| it.answer.is_none());
    let own = open.filter(|it| {
        let period = it.cause.period();
        let goes_on = period.is_some_and(|of| !periods::OF_SENDING.contains(&of));
        goes_on && it.by != by && !context.rules.units().is_below(unit, &it.by)
    });
    for it in own {
        let Some(clock) = running_clock(file, it) else {
            continue;
        };
        events.push(Event::ClockStopped { clock: clock.seq });
        let (cause, by) = (it.cause.clone(), by.clone());
        open_after(events, file, cause, by, it.urgency, String::new(), context);
    }
}

/// The same of the periods that are meant.
pub(crate) fn lapsed_where(file: &impl Handled, is_past: impl Fn(&str) -> bool) -> Vec<Event> {
    lapsed_for(file, |cause| cause.period().is_some_and(&is_past))
}

/// The same of the causes that are meant.
pub(crate) fn lapsed_for(
    file: &impl Handled,
    is_past: impl Fn(&SupervisionCause) -> bool,
) -> Vec<Event> {
    let open = file.supervisions().iter().filter(|it| it.answer.is_none());
    let past = open.filter(|it| is_past(&it.cause));
    past.filter_map(|it| running_clock(file, it))
        .map(|clock| Event::ClockStopped { clock: clock.seq })
        .collect()
}
