//! A complaint straight to the authority: entered by an officer for a person who
//! called, came or wrote, by a partner, or by the consumer herself (Order 121 art. 8, 10).

use super::{Context, Decided, authority, clocks, complaint, filing, identities, representatives};
use crate::case::actor::Actor;
use crate::case::clocks::periods;
use crate::case::complaint::EscalationCause;
use crate::case::event::Event;
use crate::case::filing::Filing;
use crate::case::identity::IdentityCheck;
use crate::case::intake::{Channel, Intake, RegisterAt};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::validate;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;
use crate::jurisdiction::Jurisdiction;
use crate::text::Text;

const ACTION: &str = "file-complaint";

/// A filing on its way to the authority.
pub(super) struct Direct {
    pub number: CaseNumber,
    pub filing: Filing,
    pub intake: Intake,
    /// The account here of a person for whom another files.
    pub consumer_id: Option<String>,
    pub identities: Vec<IdentityCheck>,
}

pub(super) fn file(direct: Direct, context: &Context) -> Decided {
    let consumer_id = whose(&direct, context)?;
    check_intake(&direct.intake, context)?;
    filing::check(&direct.filing, context)?;
    filing::check_addresses(&direct.filing)?;
    if direct.filing.escalate_on_expiry {
        return Err(Refusal::invalid(
            "/escalate_on_expiry",
            Invalid::NoNegotiation,
        ));
    }
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let (jurisdiction, period) = complaint::registered_at(&direct.filing, context)?;
    let place = Place::of(&direct.intake, &jurisdiction, period, context);
    let identities = identities::filed(&direct.filing, direct.identities)?;
    let mut events = vec![
        Event::CaseFiled {
            number: direct.number,
            consumer_id,
            received_on: today,
            procedure: procedure.clone(),
            filing: Box::new(direct.filing),
            intake: Some(direct.intake),
        },
        Event::ComplaintRegistered {
            cause: EscalationCause::Direct,
            received_on: today,
            procedure: procedure.clone(),
            jurisdiction,
            unit: place.unit,
        },
    ];
    events.extend(identities);
    events.extend(clocks::start(1, place.period, &procedure, context));
    Ok(events)
}

/// Whose case it becomes: her own who files, or of the account that was named.
fn whose(direct: &Direct, context: &Context) -> Result<Option<String>, Refusal> {
    match (context.actor, &direct.consumer_id) {
        (Actor::Consumer { id }, None) => representatives::complainant_account(&direct.filing, id),
        (Actor::Consumer { .. }, Some(_)) => {
            Err(Refusal::invalid("/consumer_id", Invalid::UnknownValue))
        }
        (Actor::Officer { .. }, account) => {
            authority::of_role(ACTION, context)?;
            if let Some(account) = account {
                validate::key("/consumer_id", account)?;
                representatives::check_own(&direct.filing, account)?;
            }
            Ok(account.clone())
        }
        (Actor::Partner { .. }, None) => Ok(None),
        _ => Err(Refusal::NotAllowed { action: ACTION }),
    }
}

/// A channel is entered by whose it is.
pub(crate) fn check_channel(channel: Channel, context: &Context) -> Result<(), Refusal> {
    match channel.is_for(context.actor) {
        true => Ok(()),
        false => Err(Refusal::invalid("/channel", Invalid::UnknownValue)),
    }
}

fn check_intake(intake: &Intake, context: &Context) -> Result<(), Refusal> {
    check_channel(intake.channel, context)?;
    match (intake.channel, &intake.caller) {
        (Channel::Hotline, None) => return Err(Refusal::invalid("/caller", Invalid::Missing)),
        (Channel::Hotline, Some(_)) | (_, None) => {}
        (_, Some(_)) => {
            let why = Text::new("invalid-caller-without-call");
            return Err(Refusal::invalid("/caller", Invalid::Explained { why }));
        }
    }
    match (intake.channel, &intake.reference) {
        (Channel::Partner, None) => return Err(Refusal::invalid("/reference", Invalid::Missing)),
        (Channel::Partner, Some(reference)) => validate::line("/reference", reference, 64)?,
        (_, None) => {}
        (_, Some(_)) => return Err(Refusal::invalid("/reference", Invalid::UnknownValue)),
    }
    if intake.register_at == RegisterAt::IntakeUnit && intake_unit(context).is_none() {
        return Err(Refusal::invalid("/register_at", Invalid::UnknownValue));
    }
    Ok(())
}

/// The unit of the officer who enters it, where the tree has it.
fn intake_unit(context: &Context) -> Option<UnitId> {
    let own = authority::unit_of(context.actor)?;
    context.rules.units().get(&own).map(|unit| unit.id.clone())
}

/// Where a complaint is registered, and the period that runs there.
struct Place {
    /// `None`: at the unit with handling power.
    unit: Option<UnitId>,
    period: &'static str,
}

impl Place {
    /// `there` is the period at the competent unit: that of acceptance runs from receipt by the authority with handling power
    /// (art. 15), which its own stations are; elsewhere the file waits for dispatch.
    fn of(
        intake: &Intake,
        jurisdiction: &Jurisdiction,
        there: &'static str,
        context: &Context,
    ) -> Place {
        let competent = UnitId::of(&jurisdiction.division);
        let wanted = match intake.register_at {
            RegisterAt::HandlingUnit => None,
            RegisterAt::IntakeUnit => intake_unit(context),
        };
        let unit = wanted.filter(|unit| *unit != competent);
        let elsewhere = unit.as_ref().is_some_and(|it| it.authority() != competent);
        let period = match elsewhere {
            true => periods::INTAKE_DISPATCH,
            false => there,
        };
        Place { unit, period }
    }
}
