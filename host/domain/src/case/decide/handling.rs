//! Who answers for the respondent: the plugin or a person. A person on request,
//! from any automated step.

use super::talk::check_bilingual;
use super::{Context, Decided, only, only_asked_in, while_automated};
use crate::case::actor::{Actor, PluginRole, Side};
use crate::case::event::{Event, HandOverCause};
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;
use crate::case::state::{Case, Handling};
use crate::text::Bilingual;

pub(super) fn request_person(case: &Case, context: &Context) -> Decided {
    only("request-person", context, &[Side::Consumer])?;
    case.in_phase("request-person", person_can_help)?;
    if case.filing.respondent.organisation.is_none() {
        return Err(Refusal::NotAllowed {
            action: "request-person",
        });
    }
    match case.handling {
        Handling::Plugin => Ok(vec![Event::PersonRequested]),
        _ => Err(Refusal::Repeated {
            what: "request",
            id: "person".to_owned(),
        }),
    }
}

fn person_can_help(phase: Phase) -> bool {
    phase.is_between_parties() || matches!(phase, Phase::Settled | Phase::Performed)
}

/// By the plugin itself, or by the host where the plugin failed or is missing.
pub(super) fn hand_over(
    case: &Case,
    cause: HandOverCause,
    why: Bilingual,
    context: &Context,
) -> Decided {
    let role = context.actor.plugin().map(|plugin| plugin.role);
    if role == Some(PluginRole::Mediator) {
        return hand_over_mediation(case, cause, why, context);
    }
    if role != Some(PluginRole::Resolver) && *context.actor != Actor::Platform {
        return Err(Refusal::NotAllowed {
            action: "hand-over",
        });
    }
    while_automated(case, "hand-over", context)?;
    case.in_phase("hand-over", person_can_help)?;
    check_bilingual("/why", &why, 1_000)?;
    match case.handling {
        Handling::Plugin => Ok(vec![Event::HandedOver { cause, why }]),
        _ => Ok(Vec::new()),
    }
}

/// A person of the association goes on where its plugin does not: by the plugin
/// itself, or by the host where it failed.
pub(super) fn hand_over_mediation(
    case: &Case,
    cause: HandOverCause,
    why: Bilingual,
    context: &Context,
) -> Decided {
    let mediator = context.actor.side() == Side::Mediator;
    if !mediator && *context.actor != Actor::Platform {
        return Err(Refusal::NotAllowed {
            action: "hand-over-mediation",
        });
    }
    only_asked_in(case, "hand-over-mediation", context)?;
    case.in_phase("hand-over-mediation", Phase::is_between_parties)?;
    check_bilingual("/why", &why, 1_000)?;
    if case.mediator_awaited.is_some() {
        return Ok(Vec::new());
    }
    Ok(vec![Event::MediatorHandedOver { cause, why }])
}

pub(super) fn take_over(case: &Case, context: &Context) -> Decided {
    let Actor::Agent { id, .. } = context.actor else {
        return Err(Refusal::NotAllowed {
            action: "take-over",
        });
    };
    case.in_phase("take-over", person_can_help)?;
    Ok(vec![Event::TakenOver { agent: id.clone() }])
}

/// Conciliation by an association, which the consumer alone may let into her
/// case. It is not the association's formal acceptance, which would bar the
/// regulator's (Order 121 art. 16(2)).
pub(super) fn request_mediation(case: &Case, context: &Context) -> Decided {
    only("request-mediation", context, &[Side::Consumer])?;
    case.in_phase("request-mediation", Phase::is_between_parties)?;
    if case.mediation_requested {
        return Err(Refusal::Repeated {
            what: "request",
            id: "mediation".to_owned(),
        });
    }
    Ok(vec![Event::MediationRequested { by: context.side() }])
}
