//! Supervision 督办: by a unit above, or by the rules before and at the end of a
//! period; an answer is due, and goes unanswered only upwards.

use super::{Context, Decided, authority, clocks, next, only, room};
use crate::case::actor::Side;
use crate::case::clocks::CaseClock;
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::supervision::{Supervision, SupervisionCause, Urgency};
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_SUPERVISIONS: usize = 50;
const MAX_PROSE: usize = 2_000;

pub(super) fn supervise(
    case: &Case,
    urgency: Urgency,
    matter: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "supervise";
    let by = authority::superior(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| {
        phase.is_with_regulator() && phase != Phase::Transferred
    })?;
    room("supervisions", case.supervisions.len(), MAX_SUPERVISIONS)?;
    validate::prose("/matter", &matter, MAX_PROSE)?;
    Ok(open(
        case,
        SupervisionCause::Superior,
        by,
        urgency,
        matter,
        context,
    ))
}

/// A period nears its end: the unit above is told while there is still time.
pub(super) fn remind(case: &Case, seq: u32, context: &Context) -> Decided {
    only("remind-clock", context, &[Side::Platform])?;
    let clock = clocks::running(case, seq)?;
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
    Ok(by_rule(case, cause, Urgency::General, context))
}

/// A period ran out.
pub(super) fn overdue(case: &Case, clock: &CaseClock, context: &Context) -> Vec<Event> {
    let cause = SupervisionCause::Overdue {
        clock: clock.seq,
        period: clock.period.clone(),
    };
    by_rule(case, cause, Urgency::Urgent, context)
}

fn by_rule(
    case: &Case,
    cause: SupervisionCause,
    urgency: Urgency,
    context: &Context,
) -> Vec<Event> {
    let Some(complaint) = &case.complaint else {
        return Vec::new();
    };
    let by = above(&complaint.unit, context);
    open(case, cause, by, urgency, String::new(), context)
}

/// The unit above; the highest answers to itself.
fn above(unit: &UnitId, context: &Context) -> UnitId {
    let above = context.rules.units().above(unit);
    above.map_or_else(|| unit.clone(), |above| above.id.clone())
}

fn open(
    case: &Case,
    cause: SupervisionCause,
    by: UnitId,
    urgency: Urgency,
    matter: String,
    context: &Context,
) -> Vec<Event> {
    let clock = next(case.clocks.len());
    let mut events = vec![Event::SupervisionOpened {
        seq: next(case.supervisions.len()),
        cause,
        by,
        urgency,
        matter,
        clock,
    }];
    let pack = case.complaint_pack();
    events.extend(clocks::start(clock, urgency.period(), pack, context));
    events
}

pub(super) fn answer(case: &Case, seq: u32, answer: String, context: &Context) -> Decided {
    const ACTION: &str = "answer-supervision";
    authority::handles(case, ACTION, context)?;
    let supervision = open_one(case, seq)?;
    validate::prose("/answer", &answer, MAX_PROSE)?;
    let mut events = vec![Event::SupervisionAnswered {
        seq,
        answer,
        on: context.today(),
    }];
    let clock = case.clock(supervision.clock);
    let running = clock.filter(|clock| clock.is_running());
    events.extend(running.map(|clock| Event::ClockMet { clock: clock.seq }));
    Ok(events)
}

fn open_one(case: &Case, seq: u32) -> Result<&Supervision, Refusal> {
    let found = case.supervisions.iter().find(|it| it.seq == seq);
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
pub(super) fn raised(case: &Case, clock: &CaseClock, context: &Context) -> Vec<Event> {
    let Some(supervision) = case.supervisions.iter().find(|it| it.clock == clock.seq) else {
        return Vec::new();
    };
    let (to, urgency) = (
        above(&supervision.by, context),
        supervision.urgency.raised(),
    );
    // The national tier at the highest level has nobody to raise it to.
    let last = to == supervision.by && urgency == supervision.urgency;
    let clock = next(case.clocks.len());
    let mut events = vec![Event::SupervisionRaised {
        seq: supervision.seq,
        to,
        urgency,
        clock,
    }];
    let pack = case.complaint_pack();
    if !last {
        events.extend(clocks::start(clock, urgency.period(), pack, context));
    }
    events
}

/// The clocks of supervisions whose matter is past: what they urged has happened.
pub(super) fn lapsed(case: &Case) -> Vec<Event> {
    let open = case.supervisions.iter().filter(|it| it.answer.is_none());
    open.filter_map(|it| case.clock(it.clock))
        .filter(|clock| clock.is_running())
        .map(|clock| Event::ClockStopped { clock: clock.seq })
        .collect()
}
