//! Performance, the consumer's own confirmation, closing and reopening.
//! Only she can say that a dispute is solved; silence is recorded as silence.

use jiff::civil::Date;

use super::representation::Disposal;
use super::talk::check_body;
use super::{
    Context, Decided, by_platform, clocks, only, representation, termination, while_automated,
};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::entries::MessageBody;
use crate::case::event::Event;
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::time::civil_date;
use crate::case::validate;

pub(super) fn note_performance_due(case: &Case, context: &Context) -> Decided {
    by_platform("note-performance-due", context)?;
    match case.performance_due() {
        Some(due) if context.now >= due => {}
        _ => {
            return Err(Refusal::NotExpired {
                period: "performance".to_owned(),
            });
        }
    }
    Ok(vec![Event::PerformanceFellDue])
}

pub(super) fn record_performance(
    case: &Case,
    performed_on: Date,
    note: Option<MessageBody>,
    context: &Context,
) -> Decided {
    only("record-performance", context, &[Side::Respondent])?;
    while_automated(case, "record-performance", context)?;
    case.in_phase("record-performance", |phase| phase == Phase::Settled)?;
    check_performed(case, performed_on, context)?;
    if let Some(note) = &note {
        check_body("/note", note, 1_000)?;
    }
    let mut events = vec![Event::PerformanceRecorded { performed_on, note }];
    events.extend(clocks::met(case, periods::PERFORMANCE));
    // From the day she is asked, the consumer has a period to answer in.
    let pack = &case.procedure;
    clocks::start_next(&mut events, case, periods::CONFIRMATION, pack, context);
    Ok(events)
}

/// Not in the future, and not before there was anything to perform.
fn check_performed(case: &Case, day: Date, context: &Context) -> Result<(), Refusal> {
    validate::day_past("/performed_on", day, context.today())?;
    let settled = case.settlement.as_ref().map(|it| civil_date(it.at));
    match settled {
        Some(settled) if day < settled => {
            let earliest = settled.to_string();
            Err(Refusal::invalid(
                "/performed_on",
                Invalid::TooEarly { earliest },
            ))
        }
        _ => Ok(()),
    }
}

pub(super) fn confirm(case: &Case, confirmation: Confirmation, context: &Context) -> Decided {
    only("confirm", context, &[Side::Consumer])?;
    case.in_phase("confirm", |phase| {
        matches!(phase, Phase::Settled | Phase::Performed)
    })?;
    if confirmation == Confirmation::NoReply {
        return Err(Refusal::invalid("/confirmation", Invalid::UnknownValue));
    }
    if confirmation == Confirmation::NotSolved && !case.may_be_unsolved() {
        return Err(Refusal::NotExpired {
            period: periods::PERFORMANCE.to_owned(),
        });
    }
    let mut events = vec![Event::OutcomeConfirmed { confirmation }];
    events.extend(clocks::met(case, periods::CONFIRMATION));
    events.extend(clocks::stopped(case, periods::PERFORMANCE));
    if let Some(closing) = closing_of(case, confirmation) {
        events.push(Event::CaseClosed { closing });
        if closing != Closing::NotSolved {
            let pack = &case.procedure;
            clocks::start_next(&mut events, case, periods::REOPENING, pack, context);
        }
    }
    Ok(events)
}

/// How a confirmed outcome closes a case; `None` leaves it open, for the parties to go on with
/// or to take to an authority.
fn closing_of(case: &Case, confirmation: Confirmation) -> Option<Closing> {
    match confirmation {
        Confirmation::Solved => Some(Closing::Solved),
        Confirmation::Partly => Some(Closing::Partly),
        Confirmation::NoReply => Some(Closing::NoReply),
        // What an authority has handled it does not handle again (art. 16(2)).
        Confirmation::NotSolved => case.complaint.as_ref().map(|_| Closing::NotSolved),
    }
}

/// Both sides have accounts, so that they may deal with each other on this platform.
fn goes_on_here(case: &Case) -> bool {
    case.consumer_id.is_some() && case.filing.respondent.organisation.is_some()
}

pub(super) fn withdraw(case: &Case, context: &Context) -> Decided {
    only("withdraw", context, &[Side::Consumer])?;
    case.in_phase("withdraw", |phase| {
        phase.is_between_parties()
            || matches!(
                phase,
                Phase::Settled | Phase::Performed | Phase::Registered | Phase::Accepted
            )
    })?;
    representation::may(case, "withdraw", Disposal::Withdraw, context)?;
    if case.phase.is_with_regulator() {
        return Ok(termination::withdraw(case, context));
    }
    // That a mediation ended is still to be told to both sides (art. 23).
    let notice = Some(periods::TERMINATION_NOTICE);
    let mut events = clocks::stop_all_but(case, notice);
    let is_unsolved = case.phase == Phase::Open && case.complaint.is_some();
    events.push(Event::CaseClosed {
        // What she said was not solved after all she does not take back by giving it up.
        closing: match is_unsolved {
            true => Closing::NotSolved,
            false => Closing::Withdrawn,
        },
    });
    Ok(events)
}

/// A closed case goes on where she finds it is not solved after all; one that she withdrew
/// is filed anew. Of one that an authority has handled, between parties who cannot go on
/// here, it is the outcome that changes.
pub(super) fn reopen(case: &Case, reason: String, context: &Context) -> Decided {
    only("reopen", context, &[Side::Consumer])?;
    case.in_phase("reopen", |phase| phase == Phase::Closed)?;
    validate::prose("/reason", &reason, 1_000)?;
    let window = case.running_clock(periods::REOPENING);
    let in_time = window
        .and_then(|clock| clock.expires_at())
        .is_none_or(|end| context.now < end);
    let Some(clock) = window.filter(|_| in_time) else {
        return Err(Refusal::WrongPhase {
            action: "reopen",
            phase: Phase::Closed.name(),
        });
    };
    let mut events = vec![
        Event::ClockMet { clock: clock.seq },
        Event::CaseReopened { reason },
    ];
    if case.complaint.is_some() && !goes_on_here(case) {
        let (confirmation, closing) = (Confirmation::NotSolved, Closing::NotSolved);
        events.push(Event::OutcomeConfirmed { confirmation });
        events.push(Event::CaseClosed { closing });
    }
    Ok(events)
}
