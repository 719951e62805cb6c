//! Starting, meeting, expiring and recomputing the clocks of a case.

use std::borrow::Cow;

use jiff::Timestamp;
use jiff::civil::Date;

use super::{Context, Decided, by_platform, complaint, supervision, termination};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::complaint::{EscalationCause, EscalationRequest};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::clock::{self, OnExpiry, Pause, Period, Reading};
use crate::rules::Procedure;

/// The procedure in force on a day, by which a receipt of that day is judged.
pub(crate) fn procedure_on<'a>(day: Date, context: &'a Context) -> Result<&'a Procedure, Refusal> {
    context.rules.procedure_on(day).ok_or(Refusal::NoRules {
        day: day.to_string(),
    })
}

/// The event that starts a period today; none where the pack has no such period.
pub(crate) fn start(seq: u32, period: &str, pack: &str, context: &Context) -> Option<Event> {
    let start = Start {
        seq,
        period,
        pack,
        on: context.today(),
        length: None,
    };
    start.event(context)
}

/// A period that starts.
pub(crate) struct Start<'a> {
    pub seq: u32,
    pub period: &'a str,
    pub pack: &'a str,
    /// The day it starts, which itself is not counted.
    pub on: Date,
    /// Where a decision sets it and not the rule.
    pub length: Option<u32>,
}

impl Start<'_> {
    /// The event; none where the pack has no such period.
    pub(crate) fn event(&self, context: &Context) -> Option<Event> {
        let rule = rule(self.pack, self.period, self.length, context)?;
        Some(Event::ClockStarted {
            clock: self.seq,
            period: self.period.to_owned(),
            pack: self.pack.to_owned(),
            start: self.on,
            length: self.length,
            reading: clock::read(&rule, self.pack, self.on, &[], context.rules.calendar()),
        })
    }

    /// The events that give it the pauses of another that began on its day.
    pub(crate) fn paused_as(&self, other: &CaseClock, context: &Context) -> Vec<Event> {
        let Some(rule) = rule(self.pack, self.period, self.length, context) else {
            return Vec::new();
        };
        let paused = |(last, pause): (usize, &Pause)| {
            let pauses = &other.pauses[..=last];
            let calendar = context.rules.calendar();
            Event::ClockPaused {
                clock: self.seq,
                pause: pause.clone(),
                reading: clock::read(&rule, self.pack, self.on, pauses, calendar),
            }
        };
        other.pauses.iter().enumerate().map(paused).collect()
    }
}

/// Starts a period today, with the next number; nothing where the pack has no such period.
pub(crate) fn start_next(
    events: &mut Vec<Event>,
    file: &impl Handled,
    period: &str,
    pack: &str,
    context: &Context,
) {
    let seq = next_after(events, file);
    events.extend(start(seq, period, pack, context));
}

/// Starts a period again that the file had, from the day it had and with its pauses: when
/// that ends; nothing where it never had it.
pub(super) fn again(
    events: &mut Vec<Event>,
    case: &Case,
    period: &str,
    context: &Context,
) -> Option<Timestamp> {
    let before = case.clocks.iter().rfind(|clock| clock.period == period)?;
    let rule = rule_of(before, context)?;
    let start = Start {
        seq: next_after(events, case),
        period,
        pack: &before.pack,
        on: before.start,
        length: before.length,
    };
    events.extend(start.event(context));
    events.extend(start.paused_as(before, context));
    read(&rule, before, &before.pauses, context).expires_at()
}

/// Goes on with the last of these periods that the case had, with what is left of it; one
/// that runs or ran out stays as it is. When it ends.
pub(super) fn go_on(
    events: &mut Vec<Event>,
    case: &Case,
    of: &[&str],
    context: &Context,
) -> Option<Timestamp> {
    let mut clocks = case.clocks.iter().rev();
    let last = clocks.find(|it| of.iter().any(|of| it.is_of(of)))?;
    match last.state {
        ClockState::Running | ClockState::Expired { .. } => last.expires_at(),
        _ => again(events, case, &last.period, context),
    }
}

/// The next clock's number, behind those that start with these events.
pub(crate) fn next_after(events: &[Event], file: &impl Handled) -> u32 {
    let starts = |event: &&Event| matches!(event, Event::ClockStarted { .. });
    super::next(file.clocks().len() + events.iter().filter(starts).count())
}

/// The event that a running period's condition came true.
pub(crate) fn met(file: &impl Handled, period: &str) -> Option<Event> {
    file.running_clock(period)
        .map(|clock| Event::ClockMet { clock: clock.seq })
}

/// The event that a running period lost its object.
pub(crate) fn stopped(file: &impl Handled, period: &str) -> Option<Event> {
    file.running_clock(period)
        .map(|clock| Event::ClockStopped { clock: clock.seq })
}

/// The events that at the end of a file every running period lost its object, but for one
/// that goes on, and for what a superior asked: that is answered all the same (service rules 6).
pub(crate) fn stop_all_but(file: &impl Handled, kept: Option<&str>) -> Vec<Event> {
    ending(file)
        .filter(|clock| Some(clock.period.as_str()) != kept)
        .map(|clock| Event::ClockStopped { clock: clock.seq })
        .collect()
}

/// The running clocks that end with a file.
pub(crate) fn ending(file: &impl Handled) -> impl Iterator<Item = &CaseClock> {
    let running = file.clocks().iter().filter(|clock| clock.is_running());
    running.filter(|clock| !supervision::is_asked(file, clock))
}

pub(super) fn expire(case: &Case, seq: u32, context: &Context) -> Decided {
    let (clock, expired) = expired(case, seq, context)?;
    let mut events = vec![expired];
    events.extend(consequence(case, clock, context));
    Ok(events)
}

/// The clock that has run out, and the event of it.
pub(crate) fn expired<'a>(
    file: &'a impl Handled,
    seq: u32,
    context: &Context,
) -> Result<(&'a CaseClock, Event), Refusal> {
    by_platform("expire-clock", context)?;
    let clock = running(file, seq)?;
    if clock.expires_at().is_none_or(|end| context.now < end) {
        return Err(Refusal::NotExpired {
            period: clock.period.clone(),
        });
    }
    let expired = Event::ClockExpired {
        clock: seq,
        period: clock.period.clone(),
    };
    Ok((clock, expired))
}

/// What the rule of a period says that its expiry causes.
pub(crate) fn on_expiry(clock: &CaseClock, context: &Context) -> OnExpiry {
    rule_of(clock, context).map_or(OnExpiry::Nothing, |rule| rule.on_expiry)
}

/// A clock that runs, by its number.
pub(crate) fn running(file: &impl Handled, seq: u32) -> Result<&CaseClock, Refusal> {
    let clock = file.clock(seq).ok_or(Refusal::Unknown {
        what: "clock",
        id: seq.to_string(),
    })?;
    match clock.is_running() {
        true => Ok(clock),
        false => Err(not_open(seq)),
    }
}

pub(crate) fn not_open(seq: u32) -> Refusal {
    Refusal::NotOpen {
        what: "clock",
        id: seq.to_string(),
    }
}

/// What the rule says that its expiry causes, as far as the case still lets it.
fn consequence(case: &Case, clock: &CaseClock, context: &Context) -> Vec<Event> {
    match on_expiry(clock, context) {
        OnExpiry::EscalateIfWished
            if case.phase == Phase::Negotiating && case.filing.escalate_on_expiry =>
        {
            // Where no authority is found the period is over all the same: she is
            // told why when she asks for the authority herself.
            let request = EscalationRequest::default();
            complaint::register(case, EscalationCause::Expiry, request, context).unwrap_or_default()
        }
        OnExpiry::NoteOverdue if case.phase == Phase::Settled => vec![Event::PerformanceFellDue],
        OnExpiry::CloseUnconfirmed if case.phase == Phase::Performed => {
            close_unconfirmed(case, context)
        }
        OnExpiry::Terminate if case.phase == Phase::Accepted => {
            termination::timed_out(case, context)
        }
        OnExpiry::Supervise => supervision::overdue(case, clock, context),
        OnExpiry::SuperiorDesignates => supervision::undecided(case, clock, context),
        OnExpiry::SenderSupervises => supervision::unreported(case, clock, context),
        OnExpiry::RaiseSupervision => supervision::raised(case, clock, context),
        _ => Vec::new(),
    }
}

fn close_unconfirmed(case: &Case, context: &Context) -> Vec<Event> {
    let mut events = vec![
        Event::OutcomeConfirmed {
            confirmation: Confirmation::NoReply,
        },
        Event::CaseClosed {
            closing: Closing::NoReply,
        },
    ];
    let pack = &case.procedure;
    start_next(&mut events, case, periods::REOPENING, pack, context);
    events
}

/// The event that a running period stands still from a day on, where it takes that pause.
pub(crate) fn paused(
    file: &impl Handled,
    period: &str,
    pause: Pause,
    context: &Context,
) -> Option<Event> {
    let clock = file.running_clock(period)?;
    let rule = rule_of(clock, context)?;
    if !rule.takes(&pause) {
        return None;
    }
    let mut pauses = clock.pauses.clone();
    pauses.push(pause.clone());
    Some(Event::ClockPaused {
        clock: clock.seq,
        reading: read(&rule, clock, &pauses, context),
        pause,
    })
}

/// The event that the pause of a period ends with a day.
pub(crate) fn resumed(
    file: &impl Handled,
    period: &str,
    to: Date,
    context: &Context,
) -> Option<Event> {
    let clock = file.running_clock(period)?;
    let rule = rule_of(clock, context)?;
    let mut pauses = clock.pauses.clone();
    let last = pauses.last_mut().filter(|pause| pause.to.is_none())?;
    last.to = Some(to);
    Some(Event::ClockResumed {
        clock: clock.seq,
        to,
        reading: read(&rule, clock, &pauses, context),
    })
}

fn rule_of<'a>(clock: &CaseClock, context: &Context<'a>) -> Option<Cow<'a, Period>> {
    rule(&clock.pack, &clock.period, clock.length, context)
}

/// A period's rule, with the length that a decision gave it.
fn rule<'a>(
    pack: &str,
    period: &str,
    length: Option<u32>,
    context: &Context<'a>,
) -> Option<Cow<'a, Period>> {
    let rule = context.rules.procedure(pack)?.periods.get(period)?;
    Some(match length {
        None => Cow::Borrowed(rule),
        Some(length) => Cow::Owned(Period {
            length,
            ..rule.clone()
        }),
    })
}

fn read(rule: &Period, clock: &CaseClock, pauses: &[Pause], context: &Context) -> Reading {
    let calendar = context.rules.calendar();
    clock::read(rule, &clock.pack, clock.start, pauses, calendar)
}

/// Reads every running clock anew, and each that was met while its end was not known, by
/// which it is judged; an event for each whose reading changed.
pub(crate) fn recompute(file: &impl Handled, context: &Context) -> Decided {
    by_platform("recompute-clocks", context)?;
    let clocks = file.clocks().iter();
    let clocks = clocks.filter(|clock| clock.is_running() || clock.awaits_calendar());
    Ok(clocks.filter_map(|clock| reread(clock, context)).collect())
}

fn reread(clock: &CaseClock, context: &Context) -> Option<Event> {
    let reading = read(&*rule_of(clock, context)?, clock, &clock.pauses, context);
    let changed = reading.expires_at() != clock.reading.expires_at();
    changed.then_some(Event::ClockRecomputed {
        clock: clock.seq,
        reading,
    })
}
