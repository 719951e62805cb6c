//! The day by which whoever sends a file down wants to hear of it: watched as a period is.

use jiff::civil::Date;

use super::clocks::Start;
use super::dispatch::Moving;
use super::{Context, Decided, authority, clocks, supervision};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::moves::Move;
use crate::case::refusal::{Invalid, Refusal};
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
    file.reach().ok_or_else(|| Refusal::WrongPhase {
        action: ACTION,
        phase: file.phase_name(),
    })?;
    if !is_awaited(file) {
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
fn is_awaited(file: &impl Handled) -> bool {
    let asked = |clock: &&CaseClock| clock.is_of(periods::REPORT_BACK);
    let mut asked = file.clocks().iter().filter(asked);
    let heard_of = |clock: &&CaseClock| !matches!(clock.state, ClockState::Stopped { .. });
    let latest = asked.rfind(heard_of);
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

/// The days of those who no longer have the file once a unit has it: who was asked, and
/// neither it nor a station of it is there.
pub(super) fn left(file: &impl Handled, to: &UnitId) -> Vec<Event> {
    let has_it = |clock: &CaseClock| {
        let asked = asked_by(file, clock).map(|step| &step.to);
        asked.is_some_and(|asked| asked == to || *asked == to.authority())
    };
    let left = running(file).filter(|clock| !has_it(clock));
    left.map(|clock| Event::ClockStopped { clock: clock.seq })
        .collect()
}

/// Who sent the file down and set the day of this period.
pub(super) fn asked_by<'a>(file: &'a impl Handled, clock: &CaseClock) -> Option<&'a Move> {
    let day = clock.reading.ends_on();
    let mut asked = file.moves().iter().rev();
    asked.find(|it| it.report_by == day && civil_date(it.at) == clock.start)
}

/// Each unit on its way down may have set a day.
fn running(file: &impl Handled) -> impl Iterator<Item = &CaseClock> {
    let running = file.clocks().iter().filter(|clock| clock.is_running());
    running.filter(|clock| clock.is_of(periods::REPORT_BACK))
}
