//! Extending a period, with the approval of the head of the authority (Penalty Procedure
//! art. 18, 64). An extension is a period of its own, which starts where the first ends.

use crate::case::clocks::{CaseClock, periods};
use crate::case::decide::{Decided, authority, clocks, next};
use crate::case::{Context, Event, Refusal, validate};
use crate::report::state::{Extension, Report};

const MAX_PROSE: usize = 1_000;

/// The period that extends another; none where the law knows no extension of it.
fn extension_of(period: &str) -> Option<&'static str> {
    match period {
        periods::REPORT_VERIFICATION => Some(periods::REPORT_VERIFICATION_EXTENSION),
        periods::CASE_DECISION => Some(periods::CASE_DECISION_EXTENSION),
        _ => None,
    }
}

fn extensible<'a>(
    report: &'a Report,
    seq: u32,
    action: &'static str,
) -> Result<(&'a CaseClock, &'static str), Refusal> {
    let clock = clocks::running(report, seq)?;
    let extension = extension_of(&clock.period).ok_or(Refusal::NotAllowed { action })?;
    Ok((clock, extension))
}

pub(super) fn request(report: &Report, seq: u32, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "request-extension";
    authority::handles(report, ACTION, context)?;
    extensible(report, seq, ACTION)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    if report.extension.is_some() {
        return Err(Refusal::Repeated {
            what: "extension",
            id: seq.to_string(),
        });
    }
    Ok(vec![Event::ExtensionRequested { clock: seq, reason }])
}

pub(super) fn decide(
    report: &Report,
    seq: u32,
    granted: bool,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "decide-extension";
    authority::approves(report, ACTION, context)?;
    requested(report, seq, ACTION, context)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    if !granted {
        return Ok(vec![Event::ExtensionDenied { clock: seq, reason }]);
    }
    let (clock, extension) = extensible(report, seq, ACTION)?;
    // Where the first period stands still, its extension cannot be counted yet.
    let from = clock
        .reading
        .ends_on()
        .ok_or(Refusal::Needs { what: "known-end" })?;
    let extended = match extension {
        periods::REPORT_VERIFICATION_EXTENSION => {
            Event::VerificationExtended { clock: seq, reason }
        }
        _ => Event::DecisionExtended { clock: seq, reason },
    };
    let seq = next(report.clocks.len());
    let mut events = vec![extended, Event::ClockStopped { clock: clock.seq }];
    let pack = &report.procedure;
    events.extend(clocks::start_from(seq, extension, pack, from, context));
    Ok(events)
}

/// Nobody approves what she asked for herself.
fn requested<'a>(
    report: &'a Report,
    seq: u32,
    action: &'static str,
    context: &Context,
) -> Result<&'a Extension, Refusal> {
    let asked = report.extension.as_ref().filter(|it| it.clock == seq);
    let asked = asked.ok_or(Refusal::Needs {
        what: "extension-request",
    })?;
    match context.actor.person() == Some(asked.by.as_str()) {
        true => Err(Refusal::NotAllowed { action }),
        false => Ok(asked),
    }
}
