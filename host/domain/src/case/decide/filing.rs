//! Filing: the checks of content (Order 121 art. 10) and the ODR clock.

use super::{Context, Decided, clocks, identities, only, representatives};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::filing::{Claim, EvidenceReference, Filing};
use crate::case::identity::IdentityCheck;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::{terms, validate};
use crate::identifiers::case_number::CaseNumber;
use crate::jurisdiction;
use crate::text::Text;

const MAX_EVIDENCE: usize = 30;
const MAX_EVIDENCE_BYTES: u64 = 200 * 1024 * 1024;

pub(super) fn file(
    number: CaseNumber,
    filing: Filing,
    checks: Vec<IdentityCheck>,
    context: &Context,
) -> Decided {
    only("file", context, &[Side::Consumer])?;
    let Actor::Consumer { id } = context.actor else {
        return Err(Refusal::NotAllowed { action: "file" });
    };
    check(&filing, context)?;
    let consumer_id = representatives::complainant_account(&filing, id)?;
    let today = context.today();
    let procedure = clocks::procedure_on(today, context)?.version.clone();
    let negotiable = filing.respondent.organisation.is_some();
    let identities = identities::filed(&filing, checks)?;
    let mut events = vec![Event::CaseFiled {
        number,
        consumer_id,
        received_on: today,
        procedure: procedure.clone(),
        filing: Box::new(filing),
        intake: None,
    }];
    events.extend(identities);
    if negotiable {
        events.extend(clocks::start(
            1,
            periods::ODR_NEGOTIATION,
            &procedure,
            context,
        ));
    }
    Ok(events)
}

pub(super) fn check(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    check_content(filing, context)?;
    representatives::check_term(filing, context)?;
    check_operator(filing, context)
}

/// All but whose place it is.
pub(super) fn check_content(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    check_parties(filing)?;
    check_wish(filing)?;
    check_categories(filing, context)?;
    check_claim("/claim", &filing.claim)?;
    validate::prose("/statement", &filing.statement, 5_000)?;
    check_facts(filing, context)?;
    if let Some(order) = &filing.order {
        validate::line("/order/reference", &order.reference, 64)?;
        if let Some(day) = order.ordered_on {
            validate::day_past("/order/ordered_on", day, context.today())?;
        }
    }
    validate::count("/evidence", filing.evidence.len(), MAX_EVIDENCE)?;
    for (index, reference) in filing.evidence.iter().enumerate() {
        check_evidence(&format!("/evidence/{index}"), reference)?;
    }
    representatives::check_filed(filing, context)
}

/// Who wants the authority by itself when time is up says now what it will need.
fn check_wish(filing: &Filing) -> Result<(), Refusal> {
    if !filing.escalate_on_expiry {
        return Ok(());
    }
    if filing.respondent.organisation.is_none() {
        return Err(Refusal::invalid(
            "/escalate_on_expiry",
            Invalid::NoNegotiation,
        ));
    }
    check_addresses(filing)
}

/// Order 121 art. 10 wants both.
pub(super) fn check_addresses(filing: &Filing) -> Result<(), Refusal> {
    let addresses = [
        ("/consumer/address", &filing.consumer.address),
        ("/respondent/address", &filing.respondent.address),
    ];
    for (field, address) in addresses {
        if address.is_none() {
            return Err(Refusal::invalid(field, Invalid::Missing));
        }
    }
    Ok(())
}

/// It must be clear now which authority would handle the complaint.
fn check_operator(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    let operator = &filing.respondent.operator;
    jurisdiction::check(operator, context.rules).map_err(|(pointer, fault)| {
        let field = format!("/respondent/operator{pointer}");
        Refusal::invalid(&field, Invalid::Explained { why: fault.text() })
    })
}

fn check_parties(filing: &Filing) -> Result<(), Refusal> {
    validate::line("/consumer/name", &filing.consumer.name, 50)?;
    if let Some(address) = &filing.consumer.address {
        validate::line("/consumer/address", address, 200)?;
    }
    validate::line("/respondent/name", &filing.respondent.name, 100)?;
    if let Some(address) = &filing.respondent.address {
        validate::line("/respondent/address", address, 200)?;
    }
    if let Some(organisation) = &filing.respondent.organisation {
        validate::key("/respondent/organisation", organisation)?;
    }
    Ok(())
}

fn check_categories(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    let categories = context.rules.categories();
    if categories.object(&filing.category).is_none() {
        return Err(Refusal::invalid("/category", Invalid::UnknownValue));
    }
    if categories.problem(&filing.problem).is_none() {
        return Err(Refusal::invalid("/problem", Invalid::UnknownValue));
    }
    Ok(())
}

fn check_facts(filing: &Filing, context: &Context) -> Result<(), Refusal> {
    filing.facts.check(context.today()).map_err(|fault| {
        let field = format!("/facts{}", fault.field);
        Refusal::invalid(&field, Invalid::Explained { why: fault.text() })
    })
}

pub(super) fn check_claim(field: &str, claim: &Claim) -> Result<(), Refusal> {
    terms::check_remedies(&claim.remedies, &format!("{field}/remedies"))?;
    validate::prose(&format!("{field}/reason"), &claim.reason, 2_000)
}

pub(crate) fn check_evidence(field: &str, reference: &EvidenceReference) -> Result<(), Refusal> {
    validate::line(&format!("{field}/name"), &reference.name, 200)?;
    validate::line(&format!("{field}/media_type"), &reference.media_type, 100)?;
    let mut halves = reference.media_type.split('/');
    let well_formed = matches!((halves.next(), halves.next(), halves.next()),
        (Some(kind), Some(subtype), None) if !kind.is_empty() && !subtype.is_empty());
    if !well_formed {
        let why = Text::new("invalid-media-type");
        return Err(Refusal::invalid(
            &format!("{field}/media_type"),
            Invalid::Explained { why },
        ));
    }
    if reference.size == 0 {
        return Err(Refusal::invalid(
            &format!("{field}/size"),
            Invalid::NotPositive,
        ));
    }
    if reference.size > MAX_EVIDENCE_BYTES {
        let latest = format!("{MAX_EVIDENCE_BYTES} bytes");
        return Err(Refusal::invalid(
            &format!("{field}/size"),
            Invalid::TooLate { latest },
        ));
    }
    Ok(())
}
