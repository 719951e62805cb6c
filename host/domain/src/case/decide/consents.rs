//! A complainant's consent to what others do for her: said here by herself, or shown by
//! evidence to the file by those who act for her or by an officer (Order 121 art. 12).

use jiff::civil::Date;

use super::filing::{check_claim, check_evidence};
use super::{Context, Decided, authority, offers, representation, room};
use crate::case::event::Event;
use crate::case::filing::EvidenceReference;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::{Consented, Consenting, Standing};
use crate::case::state::Case;
use crate::case::time::civil_date;
use crate::case::validate;

const ACTION: &str = "record-consent";
const MAX_CONSENTS: usize = 2_000;
/// As long as what is told.
const MAX_NOTE: usize = 2_000;

/// A consent as it is recorded.
pub(super) struct Given {
    pub person: u32,
    pub to: Consenting,
    pub evidence: Option<EvidenceReference>,
    pub given_on: Option<Date>,
}

pub(super) fn record(case: &Case, given: Given, context: &Context) -> Decided {
    case.in_phase(ACTION, takes_consents)?;
    if case.representation().is_none() {
        return Err(Refusal::Needs {
            what: "representation",
        });
    }
    check_person(case, given.person)?;
    check_source(case, &given, context)?;
    room("consents", case.act_consents.len(), MAX_CONSENTS)?;
    let given_on = given.given_on.unwrap_or(context.today());
    validate::day_past("/given_on", given_on, context.today())?;
    let (to, offer) = meant(case, given.to, given_on, context)?;
    let mut known = case.act_consents.iter();
    if known.any(|it| it.person == given.person && it.to == to) {
        return Err(Refusal::Repeated {
            what: "consent",
            id: given.person.to_string(),
        });
    }
    Ok(vec![Event::ConsentRecorded {
        person: given.person,
        to,
        offer,
        evidence: given.evidence,
        given_on,
    }])
}

/// While there is something to dispose of.
fn takes_consents(phase: Phase) -> bool {
    let settled = matches!(phase, Phase::Settled | Phase::Performed);
    settled || phase == Phase::Registered || phase.takes_offers()
}

fn check_person(case: &Case, person: u32) -> Result<(), Refusal> {
    let known = case.complainants().iter().any(|it| it.person == person);
    known.then_some(()).ok_or(Refusal::Unknown {
        what: "complainant",
        id: person.to_string(),
    })
}

/// Her own word here is enough; what others say that she agreed to, they show.
fn check_source(case: &Case, given: &Given, context: &Context) -> Result<(), Refusal> {
    match representation::standing(case, context) {
        Some(Standing::Represented(own) | Standing::Speaker(own)) if own == given.person => {}
        Some(Standing::Represented(_)) => return Err(Refusal::NotAllowed { action: ACTION }),
        Some(Standing::Speaker(_) | Standing::Agent) => shown(given)?,
        None => {
            authority::handles(case, ACTION, context)?;
            shown(given)?;
        }
    }
    match &given.evidence {
        Some(evidence) => check_evidence("/evidence", evidence),
        None => Ok(()),
    }
}

fn shown(given: &Given) -> Result<(), Refusal> {
    match given.evidence {
        Some(_) => Ok(()),
        None => Err(Refusal::invalid("/evidence", Invalid::Missing)),
    }
}

/// The very terms or claim, and the offer that they are of. Nobody agreed to an offer
/// before it was made.
fn meant(
    case: &Case,
    to: Consenting,
    given_on: Date,
    context: &Context,
) -> Result<(Consented, Option<u32>), Refusal> {
    match to {
        Consenting::AcceptOffer { offer } => {
            let open = offers::open_offer(case, offer)?;
            let made_on = civil_date(open.at);
            if given_on < made_on {
                let earliest = made_on.to_string();
                return Err(Refusal::invalid(
                    "/given_on",
                    Invalid::TooEarly { earliest },
                ));
            }
            let terms = open.terms.clone();
            Ok((Consented::Settle { terms }, Some(offer)))
        }
        Consenting::MakeOffer { terms } => {
            terms.check("/to/terms", context.today())?;
            Ok((Consented::Settle { terms }, None))
        }
        Consenting::ChangeClaim { claim } => {
            check_claim("/to/claim", &claim)?;
            Ok((Consented::ChangeClaim { claim }, None))
        }
        Consenting::Withdraw => Ok((Consented::Withdraw, None)),
        Consenting::SettleElsewhere { note } => {
            validate::prose("/to/note", &note, MAX_NOTE)?;
            Ok((Consented::SettleElsewhere { note }, None))
        }
    }
}
