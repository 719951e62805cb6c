//! Agents and representatives as they are named: what Order 121 art. 11 and 12 want to
//! be said of them, at the filing or later.

use super::filing::check_evidence;
use super::representation::standing;
use super::{Context, Decided, authority, clocks, only};
use crate::case::actor::Side;
use crate::case::event::Event;
use crate::case::filing::{EvidenceReference, Filing};
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::{
    JointComplainant, JointComplaint, Mandate, Representation, Standing,
};
use crate::case::state::Case;
use crate::case::validate;

const MAX_COMPLAINANTS: usize = 100;
const MAX_NAME: usize = 50;
const MAX_ADDRESS: usize = 200;
const MAX_MATTERS: usize = 500;

/// What a filing says of it.
pub(super) fn check_filed(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    match &filing.representation {
        Some(representation) => check("/representation", representation, context),
        None => Ok(()),
    }
}

fn check(field: &str, given: &Representation, context: &Context) -> Result<(), Refusal> {
    if given.agent.is_none() && given.joint.is_none() {
        return Err(Refusal::invalid(field, Invalid::Missing));
    }
    if let Some(agent) = &given.agent {
        check_mandate(&format!("{field}/agent"), agent, context)?;
    }
    if let Some(joint) = &given.joint {
        check_joint(&format!("{field}/joint"), joint, context)?;
    }
    check_accounts(field, given, None)
}

fn check_mandate(field: &str, agent: &Mandate, context: &Context) -> Result<(), Refusal> {
    validate::line(&format!("{field}/name"), &agent.name, MAX_NAME)?;
    if let Some(address) = &agent.address {
        validate::line(&format!("{field}/address"), address, MAX_ADDRESS)?;
    }
    check_account(field, agent.account.as_deref())?;
    validate::prose(&format!("{field}/matters"), &agent.matters, MAX_MATTERS)?;
    let signed_on = format!("{field}/signed_on");
    validate::day_past(&signed_on, agent.signed_on, context.today())?;
    if agent.until < agent.from {
        let earliest = agent.from.to_string();
        let field = format!("{field}/until");
        return Err(Refusal::invalid(&field, Invalid::TooEarly { earliest }));
    }
    check_paper(field, "power_of_attorney", &agent.power_of_attorney)?;
    check_paper(field, "identity_proof", &agent.identity_proof)
}

/// What is done today by an agent is done within his term.
pub(super) fn check_term(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    let agent = filing
        .representation
        .as_ref()
        .and_then(|it| it.agent.as_ref());
    let Some(agent) = agent else { return Ok(()) };
    let today = context.today();
    let day = today.to_string();
    if today < agent.from {
        let problem = Invalid::TooLate { latest: day };
        return Err(Refusal::invalid("/representation/agent/from", problem));
    }
    if agent.until < today {
        let problem = Invalid::TooEarly { earliest: day };
        return Err(Refusal::invalid("/representation/agent/until", problem));
    }
    Ok(())
}

fn check_joint(field: &str, joint: &JointComplaint, context: &Context) -> Result<(), Refusal> {
    let others = format!("{field}/others");
    if joint.others.is_empty() {
        return Err(Refusal::invalid(&others, Invalid::Missing));
    }
    validate::count(&others, joint.others.len(), MAX_COMPLAINANTS)?;
    for (index, other) in joint.others.iter().enumerate() {
        check_complainant(&format!("{others}/{index}"), other)?;
    }
    if !joint.agreed {
        let field = format!("{field}/agreed");
        return Err(Refusal::invalid(&field, Invalid::Missing));
    }
    check_elected(&format!("{field}/representatives"), joint, context)?;
    check_paper(field, "election", &joint.election)
}

fn check_complainant(field: &str, other: &JointComplainant) -> Result<(), Refusal> {
    validate::line(&format!("{field}/name"), &other.name, MAX_NAME)?;
    validate::line(&format!("{field}/address"), &other.address, MAX_ADDRESS)?;
    check_account(field, other.account.as_deref())
}

/// As many as the law of the day allows, out of those who complain.
fn check_elected(field: &str, joint: &JointComplaint, context: &Context) -> Result<(), Refusal> {
    let procedure = clocks::procedure_on(context.today(), context)?;
    let limit = procedure.representation.most_representatives;
    validate::count(field, joint.representatives.len(), limit)?;
    let last = super::next(joint.others.len());
    for (index, person) in joint.representatives.iter().enumerate() {
        let at = |problem| Err(Refusal::invalid(&format!("{field}/{index}"), problem));
        if !(1..=last).contains(person) {
            return at(Invalid::UnknownValue);
        }
        if joint.representatives[..index].contains(person) {
            return at(Invalid::Repeated);
        }
    }
    Ok(())
}

fn check_account(field: &str, account: Option<&str>) -> Result<(), Refusal> {
    match account {
        Some(account) => validate::key(&format!("{field}/account"), account),
        None => Ok(()),
    }
}

fn check_paper(field: &str, name: &str, paper: &Option<EvidenceReference>) -> Result<(), Refusal> {
    match paper {
        Some(paper) => check_evidence(&format!("{field}/{name}"), paper),
        None => Ok(()),
    }
}

/// Each account is one person's: what it may do must be clear.
fn check_accounts(field: &str, given: &Representation, own: Option<&str>) -> Result<(), Refusal> {
    let agent = given.agent.iter().map(|agent| {
        let field = format!("{field}/agent/account");
        (field, agent.account.as_deref())
    });
    let others = given.joint.iter().flat_map(|joint| joint.others.iter());
    let others = others.enumerate().map(|(index, other)| {
        let field = format!("{field}/joint/others/{index}/account");
        (field, other.account.as_deref())
    });
    let mut seen: Vec<&str> = own.into_iter().collect();
    for (field, account) in agent.chain(others) {
        let Some(account) = account else { continue };
        if seen.contains(&account) {
            return Err(Refusal::invalid(&field, Invalid::Repeated));
        }
        seen.push(account);
    }
    Ok(())
}

/// The complainant's own account, of what an account files: none where it is the agent's.
pub(super) fn complainant_account(filing: &Filing, filer: &str) -> Result<Option<String>, Refusal> {
    let Some(representation) = filing.representation.as_deref() else {
        return Ok(Some(filer.to_owned()));
    };
    let agent = representation.agent.as_ref();
    if agent.is_some_and(|agent| agent.account.as_deref() == Some(filer)) {
        return Ok(None);
    }
    check_own(filing, filer)?;
    Ok(Some(filer.to_owned()))
}

/// The complainant's own account is nobody else's.
pub(super) fn check_own(filing: &Filing, account: &str) -> Result<(), Refusal> {
    match filing.representation.as_deref() {
        Some(given) => check_accounts("/representation", given, Some(account)),
        None => Ok(()),
    }
}

/// Papers that were completed, another power, an election: in the place of what the
/// file said before. Who complains stays, for consents name them by number.
pub(super) fn record(case: &Case, given: Representation, context: &Context) -> Decided {
    const ACTION: &str = "record-representation";
    only(ACTION, context, &[Side::Consumer, Side::Officer])?;
    if context.side() == Side::Officer {
        authority::handles(case, ACTION, context)?;
    }
    case.in_phase(ACTION, |phase| {
        let settled = matches!(phase, Phase::Settled | Phase::Performed);
        settled || phase == Phase::Registered || phase.takes_offers()
    })?;
    if !dismisses(case, &given, context) {
        check("", &given, context)?;
    }
    check_accounts("", &given, case.consumer_id.as_deref())?;
    check_same_agent(case, &given, context)?;
    check_same_complainants(case, &given)?;
    check_of_others(case, &given, context)?;
    check_shown(case, &given, context)?;
    Ok(vec![Event::RepresentationRecorded {
        representation: Box::new(given),
    }])
}

/// Who gave a power takes it back by her word alone; an agent ends none.
fn dismisses(case: &Case, given: &Representation, context: &Context) -> bool {
    let is_empty = given.agent.is_none() && given.joint.is_none();
    is_empty && case.mandate().is_some() && standing(case, context) != Some(Standing::Agent)
}

/// An agent shows another power of his own; whom he is to be followed by is not his to say.
fn check_same_agent(case: &Case, given: &Representation, context: &Context) -> Result<(), Refusal> {
    if standing(case, context) != Some(Standing::Agent) {
        return Ok(());
    }
    let who = |agent: &Mandate| (agent.name.clone(), agent.account.clone());
    if given.agent.as_ref().map(who) != case.mandate().map(who) {
        return Err(Refusal::invalid("/agent/name", Invalid::UnknownValue));
    }
    Ok(())
}

/// What those who act say of their own power they show by another paper than before.
fn check_shown(case: &Case, given: &Representation, context: &Context) -> Result<(), Refusal> {
    if context.side() == Side::Officer {
        return Ok(());
    }
    if let (Some(before), Some(now)) = (case.mandate(), &given.agent) {
        let power = |it: &Mandate| {
            (
                it.special_powers.clone(),
                it.matters.clone(),
                it.from,
                it.until,
            )
        };
        let same = power(before) == power(now) || before.power_of_attorney.is_none();
        check_another(
            "/agent/power_of_attorney",
            same,
            &before.power_of_attorney,
            &now.power_of_attorney,
        )?;
    }
    if let (Some(before), Some(now)) = (case.joint(), &given.joint) {
        let same = before.representatives == now.representatives || before.election.is_none();
        check_another("/joint/election", same, &before.election, &now.election)?;
    }
    Ok(())
}

fn check_another(
    field: &str,
    same: bool,
    before: &Option<EvidenceReference>,
    now: &Option<EvidenceReference>,
) -> Result<(), Refusal> {
    let digest = |paper: &Option<EvidenceReference>| paper.as_ref().map(|it| it.sha256.clone());
    match now {
        _ if same => Ok(()),
        Some(_) if digest(before) != digest(now) => Ok(()),
        Some(_) => Err(Refusal::explained(field, "invalid-same-paper")),
        None => Err(Refusal::invalid(field, Invalid::Missing)),
    }
}

/// What identifies another complainant, and lets her read and consent, is an officer's to put
/// right: those who act for her do not. An agent speaks for one who gave him a power, and says
/// nothing of who complains with her or speaks for them; an elected one does not depose another.
fn check_of_others(case: &Case, given: &Representation, context: &Context) -> Result<(), Refusal> {
    if context.side() == Side::Officer {
        return Ok(());
    }
    let (before, now) = (case.joint(), given.joint.as_ref());
    let own = match standing(case, context) {
        Some(Standing::Agent) if before != now => {
            return Err(Refusal::explained("/joint", "invalid-joint-by-agent"));
        }
        Some(Standing::Speaker(own)) => Some(own),
        _ => None,
    };
    // Who gave a power takes it back, and nobody for her.
    if own.is_some_and(|own| own > 1) && case.mandate() != given.agent.as_ref() {
        return Err(Refusal::explained("/agent", "invalid-agent-of-another"));
    }
    let elected = before.map_or(&[][..], |joint| &joint.representatives);
    let stays = now.map_or(&[][..], |joint| &joint.representatives);
    let deposed = |person: &u32| Some(*person) != own && !stays.contains(person);
    if elected.iter().any(deposed) {
        return Err(Refusal::explained(
            "/joint/representatives",
            "invalid-deposed",
        ));
    }
    let had = before.map_or(&[][..], |joint| &joint.others);
    let others = now.map_or(&[][..], |joint| &joint.others);
    for (index, other) in others.iter().enumerate() {
        let stays = match had.get(index) {
            Some(before) => before == other,
            None => other.account.is_none(),
        };
        if !stays {
            let field = format!("/joint/others/{index}");
            return Err(Refusal::explained(&field, "invalid-data-of-another"));
        }
    }
    Ok(())
}

/// Others may join while nothing is settled.
fn check_same_complainants(case: &Case, given: &Representation) -> Result<(), Refusal> {
    let names = |joint: Option<&JointComplaint>| -> Vec<String> {
        let others = joint.into_iter().flat_map(|joint| &joint.others);
        others.map(|other| other.name.clone()).collect()
    };
    let (before, now) = (names(case.joint()), names(given.joint.as_ref()));
    let grown = now.len() > before.len() && case.settlement.is_some();
    if !now.starts_with(&before) || grown {
        return Err(Refusal::invalid("/joint/others", Invalid::UnknownValue));
    }
    Ok(())
}
