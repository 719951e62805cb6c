//! Extending a period, by the approval that its rule names (Order 121 art. 27; Penalty
//! Procedure art. 18, 64; service rules 10). An extension is a period of its own, which
//! starts where the first ends.

use super::{Context, Decided, authority, clocks, next, supervision};
use crate::case::clocks::CaseClock;
use crate::case::event::Event;
use crate::case::handled::Handled;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::supervision::SupervisionCause;
use crate::case::validate;
use crate::clock::{Approval, Period, Reading};
use crate::identifiers::unit_id::UnitId;

const MAX_PROSE: usize = 1_000;

/// The clock, the period by which it may be extended, and who approves that.
struct Extensible<'a> {
    clock: &'a CaseClock,
    rule: &'a Period,
    approval: Approval,
}

fn extensible<'a>(
    file: &'a impl Handled,
    seq: u32,
    context: &Context<'a>,
) -> Result<Extensible<'a>, Refusal> {
    let clock = clocks::running(file, seq)?;
    let pack = context.rules.procedure(&clock.pack);
    let extension = pack.and_then(|pack| pack.extension_of(&clock.period));
    let (rule, approval) = extension.ok_or(Refusal::Needs {
        what: "extensible-period",
    })?;
    Ok(Extensible {
        clock,
        rule,
        approval,
    })
}

pub(super) fn request(file: &impl Handled, seq: u32, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "request-extension";
    authority::handles(file, ACTION, context)?;
    extensible(file, seq, context)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    if file.extensions().iter().any(|it| it.clock == seq) {
        return Err(Refusal::Repeated {
            what: "extension",
            id: seq.to_string(),
        });
    }
    Ok(vec![Event::ExtensionRequested { clock: seq, reason }])
}

/// What was decided on a request.
pub(super) struct Decision {
    pub clock: u32,
    pub granted: bool,
    pub reason: String,
    /// How long, where it was decided collectively.
    pub days: Option<u32>,
    /// The record of that discussion.
    pub minutes: Option<String>,
}

pub(super) fn decide(file: &impl Handled, decision: Decision, context: &Context) -> Decided {
    const ACTION: &str = "decide-extension";
    let extensible = extensible(file, decision.clock, context)?;
    approves(file, &extensible, ACTION, context)?;
    by_another(file, decision.clock, ACTION, context)?;
    validate::prose("/reason", &decision.reason, MAX_PROSE)?;
    check_collective(&decision, &extensible)?;
    match decision.granted {
        true => grant(file, decision, &extensible, context),
        false => Ok(vec![Event::ExtensionDenied {
            clock: decision.clock,
            reason: decision.reason,
        }]),
    }
}

fn grant(
    file: &impl Handled,
    decision: Decision,
    extensible: &Extensible,
    context: &Context,
) -> Decided {
    let Extensible { clock, rule, .. } = extensible;
    let to = next(file.clocks().len());
    let days = decision.days.unwrap_or(rule.length);
    let extended = extended(clock, rule, to, days, context);
    let mut events = vec![
        Event::PeriodExtended {
            clock: clock.seq,
            reason: decision.reason,
            to: Some(to),
            minutes: decision.minutes,
        },
        Event::ClockStopped { clock: clock.seq },
    ];
    // What warned of its end has nothing to warn of: the extension has a warning of its own.
    events.extend(supervision::lapsed_for(
        file,
        |cause| matches!(cause, SupervisionCause::Nearing { clock: of, .. } if *of == clock.seq),
    ));
    events.extend(extended.ok_or(Refusal::Needs { what: "known-end" })?);
    Ok(events)
}

/// The extension, from the end of the first period; where a calendar is missing that would
/// tell it, both as one period from the first one's start. `None` where that stands still: its
/// extension cannot be counted yet.
fn extended(
    clock: &CaseClock,
    rule: &Period,
    seq: u32,
    days: u32,
    context: &Context,
) -> Option<Vec<Event>> {
    let first = clock.reading.arithmetic();
    let (on, length) = match &clock.reading {
        Reading::Ends { ends_on, .. } => (*ends_on, days),
        Reading::AwaitingCalendar { .. } if first.counting == rule.counting => {
            (clock.start, first.length.saturating_add(days))
        }
        _ => return None,
    };
    let start = clocks::Start {
        seq,
        period: &rule.id,
        pack: &clock.pack,
        on,
        length: (length != rule.length).then_some(length),
    };
    let mut events: Vec<Event> = start.event(context).into_iter().collect();
    if on == clock.start {
        events.extend(start.paused_as(clock, context));
    }
    Some(events)
}

fn approves(
    file: &impl Handled,
    extensible: &Extensible,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    match extensible.approval {
        Approval::Head | Approval::Collective => {
            authority::approves(file, action, context)?;
            authority::is_head(action, context)
        }
        Approval::Supervisor => {
            // Whoever has the file by now does not wait for the answer any more.
            let own = authority::unit_of(context.actor);
            let waits = own.as_ref() == supervisor(file, extensible.clock);
            match waits && own.as_ref() != file.unit() {
                true => Ok(()),
                false => Err(Refusal::NotAllowed { action }),
            }
        }
    }
}

/// The unit that waits for the answer whose period this is.
fn supervisor<'a>(file: &'a impl Handled, clock: &CaseClock) -> Option<&'a UnitId> {
    let mut supervisions = file.supervisions().iter();
    let supervision = supervisions.find(|it| it.clock == clock.seq);
    supervision.map(|it| &it.by)
}

/// Somebody asked, and nobody approves what she asked for herself.
fn by_another(
    file: &impl Handled,
    seq: u32,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    let asked = file.extensions().iter().find(|it| it.clock == seq);
    let asked = asked.ok_or(Refusal::Needs {
        what: "extension-request",
    })?;
    match context.actor.person() == Some(asked.by.as_str()) {
        true => Err(Refusal::NotAllowed { action }),
        false => Ok(()),
    }
}

/// Only what is granted collectively has a length of its own, and a record of the
/// discussion.
fn check_collective(decision: &Decision, extensible: &Extensible) -> Result<(), Refusal> {
    let collective = decision.granted && extensible.approval == Approval::Collective;
    if !collective {
        let given = [
            ("/days", decision.days.is_some()),
            ("/minutes", decision.minutes.is_some()),
        ];
        return match given.into_iter().find(|(_, given)| *given) {
            Some((field, _)) => Err(Refusal::invalid(field, Invalid::NotCollective)),
            None => Ok(()),
        };
    }
    let missing = |field| Refusal::invalid(field, Invalid::Missing);
    let minutes = decision.minutes.as_ref().ok_or(missing("/minutes"))?;
    validate::prose("/minutes", minutes, MAX_PROSE)?;
    match decision.days {
        None => Err(missing("/days")),
        Some(0) => Err(Refusal::invalid("/days", Invalid::NotPositive)),
        Some(days) if days > extensible.rule.length => Err(Refusal::invalid(
            "/days",
            Invalid::TooManyDays {
                limit: extensible.rule.length,
            },
        )),
        Some(_) => Ok(()),
    }
}
