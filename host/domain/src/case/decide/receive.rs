//! A file that another authority hands over: filed and registered here in one step,
//! at the unit with handling power, or at intake where the place is none of ours
//! (Order 121 art. 13, 33, 41).

use super::{Context, Decided, clocks, filing};
use crate::case::actor::Actor;
use crate::case::clocks::periods;
use crate::case::complaint::EscalationCause;
use crate::case::event::Event;
use crate::case::filing::Filing;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::transfer::Origin;
use crate::case::validate;
use crate::identifiers::case_number::CaseNumber;
use crate::jurisdiction::{self, Jurisdiction, JurisdictionError};

pub(super) const ACTION: &str = "receive";

pub(super) fn receive(
    number: CaseNumber,
    filing: Filing,
    origin: Origin,
    context: &Context,
) -> Decided {
    if !comes_from(&origin, context.actor) {
        return Err(Refusal::NotAllowed { action: ACTION });
    }
    check(&filing, &origin, context)?;
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let operator = &filing.respondent.operator;
    let (jurisdiction, period) = match jurisdiction::resolve(operator, today, context.rules) {
        Ok(jurisdiction) => (jurisdiction, periods::ACCEPTANCE),
        // Intake has no handling power: the file waits there for dispatch.
        Err(fault) => (at_intake(&fault, context)?, periods::INTAKE_DISPATCH),
    };
    let mut events = vec![
        Event::CaseFiled {
            number,
            // She is known there and has no account here.
            consumer_id: None,
            received_on: today,
            procedure: procedure.clone(),
            filing: Box::new(filing),
            intake: None,
        },
        Event::OriginRecorded { origin },
        Event::ComplaintRegistered {
            cause: EscalationCause::Transfer,
            received_on: today,
            procedure: procedure.clone(),
            jurisdiction,
            unit: None,
        },
    ];
    events.extend(clocks::start(1, period, &procedure, context));
    Ok(events)
}

/// Whether it is the authority that handed the file over.
pub(super) fn comes_from(origin: &Origin, actor: &Actor) -> bool {
    matches!(actor, Actor::External { authority, .. } if *authority == origin.authority)
}

fn at_intake(fault: &JurisdictionError, context: &Context) -> Result<Jurisdiction, Refusal> {
    let intake = jurisdiction::at_intake(fault, context.today(), context.rules);
    intake.map_err(|fault| Refusal::NoAuthority {
        why: fault.to_string(),
    })
}

/// The respondent negotiates at the other's place, if at all; nothing is awaited here.
pub(super) fn check(filing: &Filing, origin: &Origin, context: &Context) -> Result<(), Refusal> {
    validate::line("/number", &origin.number, 64)?;
    filing::check_content(filing, context)?;
    if filing.respondent.organisation.is_some() {
        let field = "/respondent/organisation";
        return Err(Refusal::invalid(field, Invalid::UnknownValue));
    }
    Ok(())
}
