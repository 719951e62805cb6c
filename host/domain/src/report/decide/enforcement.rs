//! The enforcement case: kept elsewhere, its number, its stays and its result here
//! (Penalty Procedure art. 64).

use super::ended;
use crate::case::clocks::periods;
use crate::case::decide::{Decided, authority, clocks};
use crate::case::refusal::Invalid;
use crate::case::time::civil_date;
use crate::case::{Actor, Command, Context, Event, Refusal, validate};
use crate::clock::Pause;
use crate::money::Fen;
use crate::report::state::{EnforcementOutcome, EnforcementResult, HandOver, Report, ReportPhase};
use crate::text::Text;

fn investigating(report: &Report, action: &'static str, context: &Context) -> Result<(), Refusal> {
    authority::handles(report, action, context)?;
    report.in_phase(action, |phase| phase == ReportPhase::Investigating)
}

pub(super) fn hand_over(
    report: &Report,
    system: String,
    case_number: String,
    partner: Option<String>,
    context: &Context,
) -> Decided {
    investigating(report, "hand-to-enforcement", context)?;
    validate::line("/system", &system, 100)?;
    validate::line("/case_number", &case_number, 64)?;
    if let Some(partner) = &partner {
        validate::key("/partner", partner)?;
    }
    let handing = HandOver {
        system: system.clone(),
        case_number: case_number.clone(),
        partner: partner.clone(),
    };
    if let Some(handed) = report.handed().filter(|handed| **handed == handing) {
        return Err(Refusal::Repeated {
            what: "hand-over",
            id: handed.case_number.clone(),
        });
    }
    Ok(vec![Event::HandedToEnforcement {
        system,
        case_number,
        partner,
    }])
}

/// The result comes from the system that keeps the case, where that is a partner's, or is
/// entered by the unit.
pub(super) fn is_told_by_its_system(command: &Command, context: &Context) -> bool {
    matches!(command, Command::RecordEnforcement { .. })
        && matches!(context.actor, Actor::Partner { .. })
}

fn may_record(report: &Report, context: &Context) -> Result<(), Refusal> {
    const ACTION: &str = "record-enforcement";
    match context.actor {
        Actor::Partner { id, .. } if report.handed_to() == Some(id) => {}
        Actor::Partner { .. } => return Err(Refusal::NotAllowed { action: ACTION }),
        _ => authority::handles(report, ACTION, context)?,
    }
    let enforcement = report.enforcement.as_ref();
    let is_corrected = enforcement.is_some_and(|it| it.result.is_some());
    report.in_phase(ACTION, |phase| match phase {
        ReportPhase::Closed => is_corrected,
        other => other == ReportPhase::Investigating,
    })
}

/// How the case ended; said once more, it takes the place of what was said before.
pub(super) fn record(report: &Report, result: EnforcementResult, context: &Context) -> Decided {
    may_record(report, context)?;
    validate::prose("/summary", &result.summary, 2_000)?;
    let punishes = !matches!(
        result.outcome,
        EnforcementOutcome::NoPenalty | EnforcementOutcome::NotEstablished
    );
    if !punishes && result.penalty_fen > Fen::ZERO {
        let why = Text::new("invalid-penalty-of-none");
        return Err(Refusal::invalid("/penalty_fen", Invalid::Explained { why }));
    }
    if let Some(decision) = &result.decision {
        validate::line("/decision", decision, 100)?;
    }
    validate::day_past("/decided_on", result.decided_on, context.today())?;
    let verified = report.verification.as_ref();
    let opened_on = verified.map_or(report.received_on, |it| civil_date(it.at));
    if result.decided_on < opened_on {
        let earliest = opened_on.to_string();
        let problem = Invalid::TooEarly { earliest };
        return Err(Refusal::invalid("/decided_on", problem));
    }
    let mut running = report.clocks.iter().filter(|clock| clock.is_running());
    let deciding = running.find(|clock| clock.is_of(periods::CASE_DECISION));
    let mut events = vec![Event::EnforcementDecided { result }];
    events.extend(ended(report, deciding.map(|clock| clock.period.as_str())));
    Ok(events)
}

/// A hearing, an appraisal, a suspension: the period stands still from today on.
pub(super) fn pause(report: &Report, seq: u32, why: String, context: &Context) -> Decided {
    const ACTION: &str = "pause-clock";
    investigating(report, ACTION, context)?;
    let clock = clocks::running(report, seq)?;
    if clock.pauses.iter().any(|pause| pause.to.is_none()) {
        return Err(Refusal::Repeated {
            what: "pause",
            id: seq.to_string(),
        });
    }
    let pause = Pause {
        from: context.today(),
        to: None,
        why,
    };
    let paused = clocks::paused(report, &clock.period, pause, context);
    let paused = paused.ok_or_else(|| Refusal::invalid("/why", Invalid::UnknownValue))?;
    Ok(vec![paused])
}

/// It runs again; today is the last day of the stay.
pub(super) fn resume(report: &Report, seq: u32, context: &Context) -> Decided {
    investigating(report, "resume-clock", context)?;
    let clock = clocks::running(report, seq)?;
    let resumed = clocks::resumed(report, &clock.period, context.today(), context);
    let resumed = resumed.ok_or(Refusal::Needs { what: "pause" })?;
    Ok(vec![resumed])
}
