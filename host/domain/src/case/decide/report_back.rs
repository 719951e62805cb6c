//! The day by which whoever sends a file down wants to hear of it: watched as a period is.

use jiff::civil::Date;

use super::clocks::Start;
use super::dispatch::Moving;
use super::{Context, Decided, authority, clocks, supervision};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::validate;

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
    file.reach().ok_or_else(|| Refusal::WrongPhase {
        action: ACTION,
        phase: file.phase_name(),
    })?;
    let mut clocks = file.clocks().iter();
    let latest = clocks.rfind(|clock| clock.is_of(periods::REPORT_BACK));
    let awaited = latest.is_some_and(|clock| match clock.state {
        ClockState::Running | ClockState::Expired { .. } => !is_told(file),
        ClockState::Met { .. } | ClockState::Stopped { .. } => false,
    });
    if !awaited {
        return Err(Refusal::Needs { what: "report-day" });
    }
    validate::prose("/text", &text, MAX_TEXT)?;
    let mut events = vec![Event::DispatchReported { text }];
    events.extend(met(file));
    events.extend(supervision::lapsed_of(file, periods::REPORT_BACK));
    Ok(events)
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

/// The file went another way.
pub(super) fn stopped(file: &impl Handled) -> Vec<Event> {
    let stopped = |clock: &CaseClock| Event::ClockStopped { clock: clock.seq };
    running(file).map(stopped).collect()
}

/// Each unit on its way down may have set a day.
fn running(file: &impl Handled) -> impl Iterator<Item = &CaseClock> {
    let running = file.clocks().iter().filter(|clock| clock.is_running());
    running.filter(|clock| clock.is_of(periods::REPORT_BACK))
}
