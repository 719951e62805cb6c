//! Who may act for whom (Order 121 art. 11 and 12): an agent within the term and the
//! matters of his power, and for what disposes of the request only by a special power;
//! representatives for the same only with the consent of each whom they represent.

use super::Context;
use crate::case::actor::{Actor, Side};
use crate::case::filing::Claim;
use crate::case::refusal::{MissingConsent, Refusal};
use crate::case::representation::{Consented, JointComplaint, Mandate, ReservedAct, Standing};
use crate::case::state::Case;
use crate::case::terms::Terms;

/// An act that disposes of the request, with the very terms or claim.
#[derive(Clone, Copy)]
pub(super) enum Disposal<'a> {
    Settle(&'a Terms),
    ChangeClaim(&'a Claim),
    Withdraw,
    /// As it is told.
    SettleElsewhere(&'a str),
}

impl Disposal<'_> {
    fn act(self) -> ReservedAct {
        match self {
            Disposal::Settle(_) | Disposal::SettleElsewhere(_) => ReservedAct::Settle,
            Disposal::ChangeClaim(_) => ReservedAct::ChangeClaim,
            Disposal::Withdraw => ReservedAct::Withdraw,
        }
    }

    /// Consent to other terms, or to another claim, is none to these.
    fn is_meant_by(self, consented: &Consented) -> bool {
        match (self, consented) {
            (Disposal::Settle(terms), Consented::Settle { terms: agreed }) => terms == agreed,
            (Disposal::ChangeClaim(claim), Consented::ChangeClaim { claim: agreed }) => {
                claim == agreed
            }
            (Disposal::Withdraw, Consented::Withdraw) => true,
            (Disposal::SettleElsewhere(told), Consented::SettleElsewhere { note }) => told == note,
            _ => false,
        }
    }
}

/// What an agent still does out of his term: he hands in papers.
const HANDING_IN: [&str; 3] = ["provide-material", "add-evidence", "record-representation"];
/// What one who is represented does herself.
const CONSENTING: &str = "record-consent";

/// Of those on the consumer's side: who is represented only consents, and an agent acts
/// on the days of his term.
pub(super) fn check_standing(
    case: &Case,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    match (standing(case, context), case.mandate()) {
        (Some(Standing::Represented(_)), _) if action != CONSENTING => {
            Err(Refusal::NotAllowed { action })
        }
        (Some(Standing::Agent), Some(agent)) if !HANDING_IN.contains(&action) => {
            in_term(agent, context)
        }
        _ => Ok(()),
    }
}

/// What the actor is to the complainants; `None` of the other side and authorities.
pub(super) fn standing(case: &Case, context: &Context) -> Option<Standing> {
    match context.actor {
        Actor::Consumer { id } => case.standing(id),
        _ => None,
    }
}

fn in_term(agent: &Mandate, context: &Context) -> Result<(), Refusal> {
    if agent.is_in_term(context.today()) {
        return Ok(());
    }
    Err(Refusal::OutsideTerm {
        from: agent.from,
        until: agent.until,
    })
}

/// May the actor do what disposes of the request? The other side, mediators and officers
/// dispose of nothing that is the complainants' by what they offer or accept.
pub(super) fn may(
    case: &Case,
    action: &'static str,
    disposal: Disposal,
    context: &Context,
) -> Result<(), Refusal> {
    match context.side() {
        Side::Consumer => disposes(case, action, disposal, context),
        _ => Ok(()),
    }
}

fn disposes(
    case: &Case,
    action: &'static str,
    disposal: Disposal,
    context: &Context,
) -> Result<(), Refusal> {
    match standing(case, context) {
        Some(Standing::Speaker(_)) => {}
        // An officer recorded the word of somebody who speaks for them and has no account.
        None if case.mandate().is_none() => {}
        _ => by_power(case, action, disposal, context)?,
    }
    by_election(case)?;
    let missing = missing(case, disposal);
    match missing.is_empty() {
        true => Ok(()),
        false => Err(Refusal::ConsentMissing { action, missing }),
    }
}

/// By a power that says so, in its term and in the file; or by the word of one who
/// speaks for the complainants to this very act.
fn by_power(
    case: &Case,
    action: &'static str,
    disposal: Disposal,
    context: &Context,
) -> Result<(), Refusal> {
    let mut speakers = case.complainants().into_iter().filter(|it| !it.represented);
    if speakers.any(|it| consented(case, it.person, disposal)) {
        return Ok(());
    }
    let Some(agent) = case.mandate() else {
        return Err(Refusal::NotAllowed { action });
    };
    in_term(agent, context)?;
    if !agent.special_powers.contains(&disposal.act()) {
        return Err(Refusal::NoPower { action });
    }
    match agent.power_of_attorney {
        Some(_) => Ok(()),
        None => Err(Refusal::Needs {
            what: "power-of-attorney",
        }),
    }
}

/// Who was elected shows it in writing before he disposes of what is the others'.
fn by_election(case: &Case) -> Result<(), Refusal> {
    let unproven =
        |joint: &JointComplaint| !joint.representatives.is_empty() && joint.election.is_none();
    match case.joint() {
        Some(joint) if unproven(joint) => Err(Refusal::Needs { what: "election" }),
        _ => Ok(()),
    }
}

fn missing(case: &Case, disposal: Disposal) -> Vec<MissingConsent> {
    let represented = case.complainants().into_iter().filter(|it| it.represented);
    represented
        .filter(|it| !consented(case, it.person, disposal))
        .map(|it| MissingConsent {
            person: it.person,
            name: it.name.to_owned(),
        })
        .collect()
}

fn consented(case: &Case, person: u32, disposal: Disposal) -> bool {
    let mut hers = case.act_consents.iter().filter(|it| it.person == person);
    hers.any(|it| disposal.is_meant_by(&it.to))
}

/// Whoever's yes comes last: everybody who is represented has agreed to these terms.
/// The other side does not learn who has not.
pub(super) fn is_settled_by_all(case: &Case, terms: &Terms) -> Result<(), Refusal> {
    match missing(case, Disposal::Settle(terms)).is_empty() {
        true => Ok(()),
        false => Err(Refusal::Needs {
            what: "represented-consents",
        }),
    }
}
