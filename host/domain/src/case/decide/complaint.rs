//! Escalation into the regulator's workflow, and the first decision there:
//! acceptance or refusal within the period of Order 121 art. 15, on the grounds
//! of art. 16.

use super::representation::standing;
use super::talk::check_bilingual;
use super::{
    Context, Decided, authority, by_platform, clocks, dispatch, grounds, material, only,
    report_back, supervision, telling, while_automated,
};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::complaint::{Complaint, EscalationCause, EscalationRequest};
use crate::case::event::Event;
use crate::case::filing::Filing;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::Standing;
use crate::case::state::Case;
use crate::case::validate;
use crate::identifiers::digest::Digest;
use crate::jurisdiction::{self, Jurisdiction};
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

pub(super) fn escalate(case: &Case, request: EscalationRequest, context: &Context) -> Decided {
    only("escalate", context, &[Side::Consumer])?;
    let overdue = case
        .settlement
        .as_ref()
        .is_some_and(|settlement| settlement.overdue);
    case.in_phase("escalate", |phase| {
        phase.is_between_parties() || (phase == Phase::Settled && overdue)
    })?;
    if case.complaint.is_some() {
        // What an authority has handled it does not handle again (art. 16(2)).
        return Err(Refusal::Repeated {
            what: "complaint",
            id: case.number.to_string(),
        });
    }
    check_request(case, &request, context)?;
    let cause = match case.escalation_proposed {
        Some(_) => EscalationCause::Proposal,
        None => EscalationCause::Wish,
    };
    register(case, cause, request, context)
}

/// Order 121 art. 10 wants both addresses, here at the latest.
fn check_request(
    case: &Case,
    request: &EscalationRequest,
    context: &Context,
) -> Result<(), Refusal> {
    if let Some(reason) = &request.reason {
        validate::prose("/reason", reason, 2_000)?;
    }
    let filed = &case.filing;
    // Her address is hers to change, and nobody's who speaks for her among others.
    let is_another = matches!(standing(case, context), Some(Standing::Speaker(2..)));
    let (given, had) = (&request.consumer_address, &filed.consumer.address);
    if is_another && given.is_some() && had.is_some() && given != had {
        let field = "/consumer_address";
        return Err(Refusal::explained(field, "invalid-data-of-another"));
    }
    let addresses = [
        (
            "/consumer_address",
            &request.consumer_address,
            &filed.consumer.address,
        ),
        (
            "/respondent_address",
            &request.respondent_address,
            &filed.respondent.address,
        ),
    ];
    for (field, given, filed) in addresses {
        match given.as_ref().or(filed.as_ref()) {
            Some(address) => validate::line(field, address, 200)?,
            None => return Err(Refusal::invalid(field, Invalid::Missing)),
        }
    }
    Ok(())
}

/// The complaint at the unit with handling power, its acceptance clock running.
pub(super) fn register(
    case: &Case,
    cause: EscalationCause,
    request: EscalationRequest,
    context: &Context,
) -> Decided {
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let (jurisdiction, period) = registered_at(&case.filing, context)?;
    let mut events = vec![Event::Escalated {
        cause,
        consents: request.consents.unwrap_or(case.filing.consents),
        reason: request.reason,
        consumer_address: request.consumer_address,
        respondent_address: request.respondent_address,
    }];
    let expired = (cause == EscalationCause::Expiry).then_some(periods::ODR_NEGOTIATION);
    events.extend(clocks::stop_all_but(case, expired));
    events.push(Event::ComplaintRegistered {
        cause,
        received_on: today,
        procedure: procedure.clone(),
        jurisdiction,
        unit: None,
    });
    clocks::start_next(&mut events, case, period, &procedure, context);
    Ok(events)
}

/// The authority with handling power, and why (Order 121 art. 13-14), with the period that
/// begins there: of another province's matter intake's, until it is sent on (art. 41).
pub(super) fn registered_at(
    filing: &Filing,
    context: &Context,
) -> Result<(Jurisdiction, &'static str), Refusal> {
    let operator = &filing.respondent.operator;
    let found = jurisdiction::resolve_or_intake(operator, context.today(), context.rules);
    let found = found.map_err(|fault| Refusal::NoAuthority {
        why: fault.to_string(),
    })?;
    let period = match found.is_intake {
        true => periods::INTAKE_DISPATCH,
        false => periods::ACCEPTANCE,
    };
    let mut jurisdiction = found.jurisdiction;
    if let Some(own) = authority::unit_of(context.actor) {
        jurisdiction::received_first(&mut jurisdiction, &own, context.rules);
    }
    Ok((jurisdiction, period))
}

pub(super) fn seal(case: &Case, digest: Digest, size: u64, context: &Context) -> Decided {
    by_platform("seal-dossier", context)?;
    let unsealed = |complaint: &Complaint| match complaint.transfers.last() {
        Some(transfer) => transfer.dossier.is_none(),
        None => complaint.dossier.is_none(),
    };
    match &case.complaint {
        Some(complaint) if unsealed(complaint) => Ok(vec![Event::DossierSealed { digest, size }]),
        _ => Err(Refusal::WrongPhase {
            action: "seal-dossier",
            phase: case.phase.name(),
        }),
    }
}

pub(super) fn accept(case: &Case, context: &Context) -> Decided {
    authority::handles(case, "accept-complaint", context)?;
    case.in_phase("accept-complaint", |phase| phase == Phase::Registered)?;
    grounds::may_accept(case)?;
    let mut events = vec![Event::ComplaintAccepted];
    events.extend(decided(case, context));
    clocks::start_next(
        &mut events,
        case,
        periods::MEDIATION,
        case.complaint_pack(),
        context,
    );
    telling::of_decision(case, &mut events, context);
    Ok(events)
}

pub(super) fn refuse(case: &Case, ground: String, reason: String, context: &Context) -> Decided {
    authority::handles(case, "refuse-complaint", context)?;
    case.in_phase("refuse-complaint", |phase| phase == Phase::Registered)?;
    validate::prose("/reason", &reason, 2_000)?;
    grounds::is_known(case, &ground, context)?;
    grounds::may_refuse(case, &ground)?;
    material::may_refuse(case, &ground, context)?;
    let mut events = vec![Event::ComplaintRefused { ground, reason }];
    events.extend(decided(case, context));
    events.extend(report_back::met(case));
    events.extend(supervision::lapsed_of(case, periods::REPORT_BACK));
    telling::of_decision(case, &mut events, context);
    Ok(events)
}

/// What waited for the decision, and whatever urged it, is past.
fn decided(case: &Case, context: &Context) -> Vec<Event> {
    let mut events: Vec<Event> = clocks::met(case, periods::ACCEPTANCE).into_iter().collect();
    events.extend(clocks::stopped(case, periods::INTAKE_DISPATCH));
    events.extend(dispatch::decided_at_intake(case, context));
    events.extend(clocks::stopped(case, periods::HANDLING_DISPUTE));
    events.extend(clocks::met(case, periods::REDO));
    // Whoever set a day to report back by still waits for that, unless this is the result.
    let past = |of: &str| of != periods::REPORT_BACK;
    events.extend(supervision::lapsed_where(case, past));
    events
}
