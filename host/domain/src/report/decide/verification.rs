//! Verification and what it ends with (Penalty Procedure art. 18; Order 121 art. 34, 35).

use jiff::civil::Date;

use super::{ended, has_reporter};
use crate::case::clocks::periods;
use crate::case::decide::{Decided, authority, clocks, dispatch, room, supervision};
use crate::case::refusal::Invalid;
use crate::case::{Context, Event, Refusal, validate};
use crate::identifiers::case_number::CaseNumber;
use crate::report::state::{Report, ReportPhase};

const MAX_PROSE: usize = 2_000;
const MAX_MERGED: usize = 200;

fn verifying(report: &Report, action: &'static str, context: &Context) -> Result<(), Refusal> {
    authority::handles(report, action, context)?;
    report.in_phase(action, |phase| phase == ReportPhase::Verifying)
}

/// The running period of verification.
fn running(report: &Report) -> Option<&str> {
    let clock = report.verification_clock()?;
    clock.is_running().then_some(clock.period.as_str())
}

/// What ends with a decision; an authority that was to send the report on has had it since
/// it came.
fn decided(report: &Report, context: &Context) -> Vec<Event> {
    let mut events = ended(report, running(report));
    events.extend(dispatch::decided_at_intake(report, context));
    events
}

/// The decision to open an enforcement case, or not.
pub(super) fn verify(report: &Report, opens: bool, reason: String, context: &Context) -> Decided {
    verifying(report, "verify-report", context)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let mut events = vec![Event::ReportVerified { opens, reason }];
    events.extend(decided(report, context));
    if opens {
        events.push(Event::EnforcementOpened);
    }
    let pack = &report.procedure;
    if opens {
        clocks::start_next(&mut events, report, periods::CASE_DECISION, pack, context);
    }
    // Only the measure before 2026 has a notice to whoever reported by name.
    if report.reporter.is_named() {
        clocks::start_next(&mut events, report, periods::REPORTER_NOTICE, pack, context);
    }
    Ok(events)
}

/// Art. 34: not within this authority's power. It says who may have it.
pub(super) fn decline(
    report: &Report,
    reason: String,
    route: String,
    context: &Context,
) -> Decided {
    verifying(report, "decline-report", context)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    validate::prose("/route", &route, 500)?;
    let mut events = vec![Event::ReportDeclined { reason, route }];
    events.extend(decided(report, context));
    Ok(events)
}

/// Art. 35: the same person, the same facts, the same operator.
pub(super) fn repeated(
    report: &Report,
    of: CaseNumber,
    reason: String,
    context: &Context,
) -> Decided {
    verifying(report, "mark-repeated", context)?;
    known_to_the_law(report, "repeated", context)?;
    has_reporter(report)?;
    other_than(report, "/of", &of)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let mut events = vec![Event::ReportRepeated { of, reason }];
    events.extend(decided(report, context));
    Ok(events)
}

/// Art. 35: new facts on what is being verified are handled with it.
pub(super) fn merge(
    report: &Report,
    into: CaseNumber,
    reason: String,
    context: &Context,
) -> Decided {
    verifying(report, "merge-report", context)?;
    known_to_the_law(report, "merged", context)?;
    other_than(report, "/into", &into)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let mut events = vec![Event::ReportMerged { into, reason }];
    events.extend(ended(report, None));
    Ok(events)
}

/// The period of the report that gained new facts begins with the last report, on the day
/// it came and not on that of the merger; it may be extended then as the first was.
pub(super) fn merge_facts(
    report: &Report,
    from: CaseNumber,
    received_on: Date,
    context: &Context,
) -> Decided {
    verifying(report, "merge-facts", context)?;
    other_than(report, "/from", &from)?;
    if report.merged.contains(&from) {
        return Err(Refusal::Repeated {
            what: "report",
            id: from.to_string(),
        });
    }
    room("reports", report.merged.len(), MAX_MERGED)?;
    let mut events = vec![Event::FactsMerged { from }];
    events.extend(begun_anew(report, received_on, context));
    Ok(events)
}

/// The period of verification from a day on, in the place of the one that began before;
/// that goes on where the other would be over by now.
fn begun_anew(report: &Report, on: Date, context: &Context) -> Vec<Event> {
    // What is still to be sent on is not verified yet.
    if dispatch::is_at_intake(report) {
        return Vec::new();
    }
    let period = report.verification_period();
    let first = report.clocks.iter().rfind(|it| it.period == period);
    if first.is_some_and(|first| on <= first.start) {
        return Vec::new();
    }
    let start = clocks::Start {
        seq: clocks::next_after(&[], report),
        period,
        pack: &report.procedure,
        on,
        length: None,
    };
    let begins = start.event(context);
    let is_over = matches!(&begins, Some(Event::ClockStarted { reading, .. })
        if reading.expires_at().is_some_and(|end| end <= context.now));
    if is_over {
        return Vec::new();
    }
    let old = report.verification_clock().filter(|it| it.is_running());
    let stops = old.map(|clock| Event::ClockStopped { clock: clock.seq });
    let lapses = supervision::lapsed_where(report, |of| periods::extended(of) == period);
    stops.into_iter().chain(lapses).chain(begins).collect()
}

/// Art. 35 is new in 2026: what was received before is handled for itself.
fn known_to_the_law(report: &Report, ground: &str, context: &Context) -> Result<(), Refusal> {
    let procedure = context.rules.procedure(&report.procedure);
    match procedure.is_some_and(|it| it.repeated_reports) {
        true => Ok(()),
        false => Err(Refusal::NoSuchGround {
            ground: ground.to_owned(),
            pack: report.procedure.clone(),
        }),
    }
}

fn other_than(report: &Report, field: &str, number: &CaseNumber) -> Result<(), Refusal> {
    match *number == report.number {
        true => Err(Refusal::invalid(field, Invalid::UnknownValue)),
        false => Ok(()),
    }
}
