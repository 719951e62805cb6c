//! Escalation into the regulator's workflow, and the first decision there:
//! acceptance or refusal within the period of Order 121 art. 15, on the grounds
//! of art. 16.

use super::talk::check_bilingual;
use super::{Context, Decided, clocks, only, while_automated};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::periods;
use crate::case::complaint::EscalationCause;
use crate::case::event::Event;
use crate::case::filing::Consents;
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::digest::Digest;
use crate::jurisdiction;
use crate::text::Bilingual;

/// A plugin may propose; only the consumer hands her case to the regulator.
pub(super) fn propose(case: &Case, why: Bilingual, context: &Context) -> Decided {
    if context.actor.plugin().is_none() || context.actor.is_reviewer() {
        return Err(Refusal::NotAllowed {
            action: "propose-escalation",
        });
    }
    while_automated(case, "propose-escalation", context)?;
    case.in_phase("propose-escalation", Phase::is_between_parties)?;
    check_bilingual("/why", &why, 1_000)?;
    Ok(vec![Event::EscalationProposed { why }])
}

pub(super) fn escalate(
    case: &Case,
    consents: Consents,
    reason: Option<String>,
    context: &Context,
) -> Decided {
    only("escalate", context, &[Side::Consumer])?;
    let overdue = case
        .settlement
        .as_ref()
        .is_some_and(|settlement| settlement.overdue);
    case.in_phase("escalate", |phase| {
        phase.is_between_parties() || (phase == Phase::Settled && overdue)
    })?;
    if let Some(reason) = &reason {
        validate::prose("/reason", reason, 2_000)?;
    }
    let cause = match case.escalation_proposed {
        Some(_) => EscalationCause::Proposal,
        None => EscalationCause::Wish,
    };
    register(case, cause, consents, reason, context)
}

/// The complaint at the unit with handling power, its acceptance clock running.
pub(super) fn register(
    case: &Case,
    cause: EscalationCause,
    consents: Consents,
    reason: Option<String>,
    context: &Context,
) -> Decided {
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let operator = &case.filing.respondent.operator;
    let jurisdiction = jurisdiction::resolve(operator, today, context.rules).map_err(|fault| {
        Refusal::NoAuthority {
            why: fault.to_string(),
        }
    })?;
    let mut events = vec![Event::Escalated {
        cause,
        consents,
        reason,
    }];
    if cause != EscalationCause::Expiry {
        events.extend(clocks::stopped(case, periods::ODR_NEGOTIATION));
    }
    events.extend(clocks::stopped(case, periods::CONFIRMATION));
    events.push(Event::ComplaintRegistered {
        cause,
        received_on: today,
        procedure: procedure.clone(),
        jurisdiction,
    });
    events.extend(clocks::start_next(
        case,
        periods::ACCEPTANCE,
        &procedure,
        context,
    ));
    Ok(events)
}

pub(super) fn seal(case: &Case, digest: Digest, size: u64, context: &Context) -> Decided {
    if *context.actor != Actor::Platform {
        return Err(Refusal::NotAllowed {
            action: "seal-dossier",
        });
    }
    match &case.complaint {
        Some(complaint) if complaint.dossier.is_none() => {
            Ok(vec![Event::DossierSealed { digest, size }])
        }
        _ => Err(Refusal::WrongPhase {
            action: "seal-dossier",
            phase: case.phase.name(),
        }),
    }
}

pub(super) fn accept(case: &Case, context: &Context) -> Decided {
    only("accept-complaint", context, &[Side::Officer])?;
    case.in_phase("accept-complaint", |phase| phase == Phase::Registered)?;
    let mut events = vec![Event::ComplaintAccepted];
    events.extend(clocks::met(case, periods::ACCEPTANCE));
    events.extend(clocks::start_next(
        case,
        periods::MEDIATION,
        complaint_pack(case),
        context,
    ));
    Ok(events)
}

pub(super) fn refuse(case: &Case, ground: String, reason: String, context: &Context) -> Decided {
    only("refuse-complaint", context, &[Side::Officer])?;
    case.in_phase("refuse-complaint", |phase| phase == Phase::Registered)?;
    validate::prose("/reason", &reason, 2_000)?;
    let pack = complaint_pack(case);
    let known = context.rules.procedure(pack).is_some_and(|procedure| {
        procedure
            .refusal_grounds
            .iter()
            .any(|known| known.id == ground)
    });
    if !known {
        return Err(Refusal::NoSuchGround {
            ground,
            pack: pack.to_owned(),
        });
    }
    let mut events = vec![Event::ComplaintRefused { ground, reason }];
    events.extend(clocks::met(case, periods::ACCEPTANCE));
    Ok(events)
}

/// The procedure in force when the authority received the complaint.
fn complaint_pack(case: &Case) -> &str {
    case.complaint
        .as_ref()
        .map_or(case.procedure.as_str(), |complaint| &complaint.procedure)
}
