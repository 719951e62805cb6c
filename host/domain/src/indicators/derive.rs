//! From a case, as its events made it, to its facts.

use jiff::civil::Date;

use super::columns::days_between;
use super::facts::{CaseFacts, Decision, MediationEnd};
use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::complaint::ComplaintDecision;
use crate::case::intake::Channel;
use crate::case::mediation::Ending;
use crate::case::phase::{Closing, Confirmation};
use crate::case::state::Case;
use crate::case::time::civil_date;
use crate::clock::Reading;

/// The channel of what came here to be negotiated.
pub const NEGOTIATED: &str = "negotiation";

impl CaseFacts {
    pub fn of(case: &Case) -> CaseFacts {
        let (filing, milestones) = (&case.filing, &case.milestones);
        let registered_on = case.complaint.as_ref().map(|it| it.received_on);
        let ended_on = complaint_ended_on(case);
        let (decision, refusal_ground) = decision(case);
        let (mediation_end, termination_ground) = mediation_end(case);
        CaseFacts {
            number: case.number.clone(),
            received_on: case.received_on,
            counted_on: registered_on.unwrap_or(case.received_on),
            category: filing.category.clone(),
            problem: filing.problem.clone(),
            respondent: filing.respondent.organisation.clone(),
            respondent_name: filing.respondent.name.clone(),
            respondent_credit_code: filing.respondent.credit_code.clone(),
            settled_in_negotiation_on: milestones.settled_in_negotiation.map(civil_date),
            unit: case.complaint.as_ref().map(|it| it.unit.clone()),
            registered_on,
            decision,
            refusal_ground,
            decided_on: milestones.decided.map(civil_date),
            acceptance_in_time: decided_in_time(case),
            acceptance_periods_missed: missed_deciding(case),
            mediation_end,
            termination_ground,
            mediation_ended_on: milestones.mediation_ended.map(civil_date),
            mediation_in_time: ended_in_time(case),
            settled_in_mediation_on: milestones.settled_in_mediation.map(civil_date),
            complaint_ended_on: ended_on,
            cycle_days: days_between(registered_on, ended_on),
            outcome: outcome(case),
            phase: case.phase,
            closing: case.closing,
            closed_on: milestones.closed.map(civil_date),
            satisfaction: case.visits.iter().rev().find_map(|it| it.satisfaction),
            channel: channel(case).to_owned(),
            operator_place: Some(filing.respondent.operator.place().clone()),
            recovered_fen: recovered(case),
        }
    }
}

fn channel(case: &Case) -> &'static str {
    let negotiated = case
        .clocks
        .iter()
        .any(|it| it.is_of(periods::ODR_NEGOTIATION));
    match (&case.origin, &case.entered) {
        (Some(_), _) => "transfer",
        (None, Some(entered)) => entered.intake.channel.name(),
        (None, None) if negotiated => NEGOTIATED,
        // There was nobody on the other side.
        (None, None) => Channel::Web.name(),
    }
}

fn decision(case: &Case) -> (Option<Decision>, Option<String>) {
    let decision = case.complaint.as_ref().and_then(|it| it.decision.as_ref());
    match decision {
        Some(ComplaintDecision::Accepted { .. }) => (Some(Decision::Accepted), None),
        Some(ComplaintDecision::Refused { ground, .. }) => {
            (Some(Decision::Refused), Some(ground.clone()))
        }
        None => (None, None),
    }
}

fn mediation_end(case: &Case) -> (Option<MediationEnd>, Option<String>) {
    match case.mediation().and_then(|it| it.ending.as_ref()) {
        Some(Ending::Agreed) => (Some(MediationEnd::Agreed), None),
        Some(Ending::Terminated { ground, .. }) => {
            (Some(MediationEnd::Terminated), Some(ground.clone()))
        }
        None => (None, None),
    }
}

/// Of the decision on acceptance, by the last period it had: a complaint that went on to
/// another authority has one anew, and so has a refusal that is looked at once more. Until
/// that is decided again, nothing is in time.
fn decided_in_time(case: &Case) -> Option<bool> {
    let complaint = case.complaint.as_ref();
    let is_decided = complaint.is_some_and(|it| it.decision.is_some());
    judged(deciding(case), periods::ACCEPTANCE, is_decided)
}

/// Of the mediation, by the last period it had: one that goes on after a visit has another.
fn ended_in_time(case: &Case) -> Option<bool> {
    let from = case
        .clocks
        .iter()
        .skip_while(|it| !it.is_of(periods::MEDIATION));
    let has_ended = case.mediation().is_some_and(|it| it.ending.is_some());
    judged(from, periods::MEDIATION, has_ended)
}

/// By the last period of its own or of being handled once more. What is not done is late
/// once that is over, and in time never.
fn judged<'a>(
    clocks: impl Iterator<Item = &'a CaseClock>,
    period: &str,
    is_done: bool,
) -> Option<bool> {
    let of_it = clocks.filter(|it| it.is_of(period) || it.is_of(periods::REDO));
    let is_in_time = of_it.last().and_then(in_time)?;
    (!is_in_time || is_done).then_some(is_in_time)
}

/// What counts is the period's own end, not when its expiry was noticed.
pub(super) fn in_time(clock: &CaseClock) -> Option<bool> {
    match clock.state {
        ClockState::Met { at } => match clock.reading {
            // It stood still before it was over.
            Reading::Paused { .. } => Some(true),
            // Where a calendar is missing nobody knows yet.
            _ => clock.expires_at().map(|end| at < end),
        },
        ClockState::Expired { .. } => Some(false),
        ClockState::Running | ClockState::Stopped { .. } => None,
    }
}

/// Of the decision on acceptance, also where that was to be made once more.
fn missed_deciding(case: &Case) -> u32 {
    let of = |it: &&CaseClock| it.is_of(periods::ACCEPTANCE) || it.is_of(periods::REDO);
    let missed = deciding(case).filter(of);
    let missed = missed.filter(|clock| in_time(clock) == Some(false));
    u32::try_from(missed.count()).unwrap_or(u32::MAX)
}

/// The periods until a mediation begins.
fn deciding(case: &Case) -> impl Iterator<Item = &CaseClock> {
    let clocks = case.clocks.iter();
    clocks.take_while(|it| !it.is_of(periods::MEDIATION))
}

fn complaint_ended_on(case: &Case) -> Option<Date> {
    let complaint = case.complaint.as_ref()?;
    let milestones = &case.milestones;
    let ended = match &complaint.decision {
        Some(ComplaintDecision::Refused { .. }) => milestones.decided,
        Some(ComplaintDecision::Accepted { .. }) => milestones.mediation_ended,
        None => match case.closing {
            // One that was merged ends with the other.
            Some(Closing::Withdrawn) => milestones.closed,
            _ => None,
        },
    };
    ended.map(civil_date)
}

/// Who has her case opened again says that it is not solved.
fn outcome(case: &Case) -> Option<Confirmation> {
    let reopened = case.milestones.reopened.map(|_| Confirmation::NotSolved);
    case.confirmation.or(reopened)
}

/// What the terms she says were kept gave her; nothing where they gave no money.
fn recovered(case: &Case) -> Option<u64> {
    let solved = outcome(case) == Some(Confirmation::Solved);
    let settlement = case.settlement.as_ref().filter(|_| solved)?;
    Some(settlement.terms.money().get()).filter(|fen| *fen > 0)
}
