//! The day by which whoever sends a file down wants to hear of it: watched as a period is.

use jiff::Timestamp;
use jiff::civil::Date;

use super::clocks::Start;
use super::dispatch::Moving;
use super::{Context, Decided, authority, clocks, supervision};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::moves::Move;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::supervision::SupervisionCause;
use crate::case::time::civil_date;
use crate::case::validate;
use crate::identifiers::unit_id::UnitId;

const MAX_TEXT: usize = 2_000;

/// The days from today to the day that was set, which is one to come.
pub(super) fn days_until(day: Date, context: &Context) -> Result<u32, Refusal> {
    const FIELD: &str = "/report_by";
    let today = context.today();
    let days = today.until(day).map_or(0, |span| span.get_days());
    match u32::try_from(days) {
        Ok(days) if days > 0 => {
            validate::day_ahead(FIELD, day, today)?;
            Ok(days)
        }
        _ => {
            let tomorrow = today.tomorrow().unwrap_or(Date::MAX);
            let earliest = tomorrow.to_string();
            Err(Refusal::invalid(FIELD, Invalid::TooEarly { earliest }))
        }
    }
}

/// It runs from today to the day that was set.
pub(super) fn start(events: &mut Vec<Event>, file: &impl Handled, days: u32, context: &Context) {
    let start = Start {
        seq: clocks::next_after(events, file),
        period: periods::REPORT_BACK,
        pack: file.pack(),
        on: context.today(),
        length: Some(days),
    };
    events.extend(start.event(context));
}

/// The unit that has the file says what became of it, to all who sent it down; late is
/// better than never.
pub(super) fn report(file: &impl Moving, text: String, context: &Context) -> Decided {
    const ACTION: &str = "report-back";
    authority::handles(file, ACTION, context)?;
    // Of what is over the result itself tells.
    if !file.is_reported_back() {
        return Err(Refusal::WrongPhase {
            action: ACTION,
            phase: file.phase_name(),
        });
    }
    if !is_awaited(file, context) {
        return Err(Refusal::Needs { what: "report-day" });
    }
    validate::prose("/text", &text, MAX_TEXT)?;
    let mut events = vec![Event::DispatchReported { text }];
    events.extend(met(file));
    events.extend(supervision::lapsed_of(file, periods::REPORT_BACK));
    Ok(events)
}

/// A day that was set is to come, or is over and nothing was reported since. What the file
/// left unheard is not waited for.
fn is_awaited(file: &impl Handled, context: &Context) -> bool {
    let Some(unit) = file.unit() else {
        return false;
    };
    let asked = |clock: &&CaseClock| {
        clock.is_of(periods::REPORT_BACK)
            && !matches!(clock.state, ClockState::Stopped { .. })
            && is_with(file, clock, unit, context)
    };
    let latest = file.clocks().iter().rfind(asked);
    let is_over = latest.is_some_and(|it| matches!(it.state, ClockState::Expired { .. }));
    running(file).next().is_some() || (is_over && !is_told(file))
}

/// Whether something was reported since a day was last set.
fn is_told(file: &impl Handled) -> bool {
    let asked = file.moves().iter().rfind(|step| step.report_by.is_some());
    asked.is_some_and(|step| step.reported.is_some())
}

/// The result itself is the report.
pub(super) fn met(file: &impl Handled) -> Vec<Event> {
    let met = |clock: &CaseClock| Event::ClockMet { clock: clock.seq };
    running(file).map(met).collect()
}

/// What ends with those who no longer have the file once a unit has it: the days that were set
/// them, and what they were urged to because such a day was over.
pub(super) fn left(file: &impl Handled, to: &UnitId, context: &Context) -> Vec<Event> {
    let left = running(file).filter(|clock| !is_with(file, clock, to, context));
    let stopped = left.map(|clock| Event::ClockStopped { clock: clock.seq });
    let mut events: Vec<Event> = stopped.collect();
    events.extend(supervision::lapsed_for(file, |cause| match cause {
        SupervisionCause::Overdue { clock, period } if period == periods::REPORT_BACK => {
            let over = file.clock(*clock);
            over.is_some_and(|clock| !is_with(file, clock, to, context))
        }
        _ => false,
    }));
    events
}

/// Whether a unit is the one that was asked, or below it.
fn is_with(file: &impl Handled, clock: &CaseClock, unit: &UnitId, context: &Context) -> bool {
    let asked = asked_by(file, clock).map(|step| &step.to);
    asked.is_some_and(|asked| asked == unit || context.rules.units().is_below(unit, asked))
}

/// Who sent the file down and set the day of this period. Several may have set the same day on
/// one date: each has its own.
pub(super) fn asked_by<'a>(file: &'a impl Handled, clock: &CaseClock) -> Option<&'a Move> {
    let day = clock.reading.ends_on();
    let same = |it: &&CaseClock| {
        it.is_of(periods::REPORT_BACK) && it.start == clock.start && it.reading.ends_on() == day
    };
    let clocks: Vec<&CaseClock> = file.clocks().iter().filter(same).collect();
    let asked = |it: &&Move| it.report_by == day && civil_date(it.at) == clock.start;
    let moves: Vec<&Move> = file.moves().iter().filter(asked).collect();
    let turn = clocks.iter().position(|it| it.seq == clock.seq)?;
    let turn = match turn.checked_sub(moves.len()) {
        None => turn,
        // Set again in the place of one that ended with what was taken back.
        Some(again) => {
            let first = clocks.get(..moves.len())?;
            let last = first.iter().filter_map(|it| ended_at(it)).max();
            let ended = (0..first.len()).filter(|at| ended_at(first[*at]) == last);
            let ended: Vec<usize> = ended.collect();
            *ended.get(again.checked_rem(ended.len())?)?
        }
    };
    moves.get(turn).copied()
}

fn ended_at(clock: &CaseClock) -> Option<Timestamp> {
    match clock.state {
        ClockState::Stopped { at } | ClockState::Met { at } => Some(at),
        ClockState::Running | ClockState::Expired { .. } => None,
    }
}

/// Sets the days again that ended with an end which is taken back, as far as whoever was asked
/// has the file.
pub(super) fn again(
    events: &mut Vec<Event>,
    file: &impl Moving,
    ended: Timestamp,
    context: &Context,
) {
    let Some(unit) = file.unit() else { return };
    let with_it = |clock: &&CaseClock| {
        clock.is_of(periods::REPORT_BACK) && is_with(file, clock, unit, context)
    };
    for clock in file.clocks().iter().filter(with_it) {
        if ended_at(clock) == Some(ended) {
            let start = Start {
                seq: clocks::next_after(events, file),
                period: periods::REPORT_BACK,
                pack: &clock.pack,
                on: clock.start,
                length: clock.length,
            };
            events.extend(start.event(context));
        } else if matches!(clock.state, ClockState::Expired { .. }) && !is_told(file) {
            urge_again(events, file, clock, context);
        }
    }
}

/// Nobody reported by the day: whoever set it asks again.
fn urge_again(events: &mut Vec<Event>, file: &impl Moving, clock: &CaseClock, context: &Context) {
    let sender = asked_by(file, clock).map(|step| step.from.clone());
    if let Some(sender) = sender.filter(|_| !supervision::is_answered(file, clock)) {
        supervision::overdue_by(events, file, clock, sender, context);
    }
}

/// Each unit on its way down may have set a day.
fn running(file: &impl Handled) -> impl Iterator<Item = &CaseClock> {
    let running = file.clocks().iter().filter(|clock| clock.is_running());
    running.filter(|clock| clock.is_of(periods::REPORT_BACK))
}
