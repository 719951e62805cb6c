//! Disputes: their projection, what others are told, their dossiers.

use hejie_domain::case::clocks::CaseClock;
use hejie_domain::case::moves::HandlingDispute;
use hejie_domain::case::transfer::Origin;
use hejie_domain::case::{Actor, Case, Command, Event, Phase, Recorded};
use hejie_domain::file::{File, decide_all};
use hejie_domain::indicators::{CaseFacts, NEGOTIATED};
use hejie_store::{
    Attachment, CaseRow, FactRow, Likeness, NewDelivery, NewMessage, Recalled, Trait, WorkRow,
};
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::{Kept, awaited, json_of};
use crate::act::{ActError, Done};
use crate::app::App;
use crate::commit::Base;
use crate::dossier;
use crate::engine::Registry;
use crate::engine::plan::{self, FollowUp};
use crate::exchange;

impl Kept for Case {
    fn row(&self, id: &str, updated_at: Timestamp) -> Result<CaseRow, ActError> {
        let over_on = self.over_on();
        Ok(CaseRow {
            kind: Case::KIND.name(),
            case_id: id.to_owned(),
            number: self.number.to_string(),
            snapshot: json_of(id, self)?,
            phase: self.phase.name(),
            // Nobody's id is empty: a list of one's own never finds a case without account.
            consumer_id: self.consumer_id.clone().unwrap_or_default(),
            accounts: accounts(self),
            involved: None,
            respondent: self.filing.respondent.organisation.clone(),
            division: self.complaint.as_ref().map(|it| it.unit.to_string()),
            unit: None,
            category: self.filing.category.clone(),
            mediation: self.lets_associations_in(),
            delegated: self.mediation().and_then(|it| it.delegated_to.clone()),
            awaits_calendar: self.clocks.iter().any(CaseClock::awaits_calendar),
            next_deadline: self.next_deadline(),
            updated_at,
            origin: self.origin.as_ref().map(Origin::key),
            facts: Some(facts(id, self)?),
            likeness: Some(likeness(self)),
            parts: awaited(self, &self.clocks, dispute(self), over_on.is_some()),
            work: listed(self, over_on),
        })
    }

    fn message(&self, recorded: &Recorded) -> Option<NewMessage> {
        message(self, recorded)
    }

    fn follow_up(done: &Done, base: u64, registry: &Registry, now: Timestamp) -> FollowUp {
        plan::follow_up(done, base, registry, now)
    }

    fn deliveries(done: &Done, base: u64, code: &str) -> Result<Vec<NewDelivery>, ActError> {
        exchange::outgoing(done, base, code).map_err(|fault| ActError::Unreadable {
            id: done.id.clone(),
            why: fault.to_string(),
        })
    }

    fn recalled(done: &Done) -> Vec<Recalled> {
        exchange::recalled(done)
    }

    fn complete(
        app: &App,
        base: &Base,
        done: &mut Done,
        now: Timestamp,
    ) -> Result<Vec<Attachment>, ActError> {
        match done.recorded.iter().any(is_handed_over) {
            true => Ok(vec![seal_dossier(app, base, done, now)?]),
            false => Ok(Vec::new()),
        }
    }
}

/// To the authority with handling power, or to one with a system of its own.
fn is_handed_over(recorded: &Recorded) -> bool {
    matches!(
        recorded.event,
        Event::ComplaintRegistered { .. } | Event::TransferredOut { .. }
    )
}

/// The dossier is part of the very commit that hands the file over.
fn seal_dossier(
    app: &App,
    base: &Base,
    done: &mut Done,
    now: Timestamp,
) -> Result<Attachment, ActError> {
    let body =
        dossier::seal(&done.file, base, now, &app.identity().code).map_err(ActError::Dossier)?;
    let attachment = Attachment::json(body);
    let size = attachment.body.len() as u64;
    let seal = Command::SealDossier {
        digest: attachment.digest(),
        size,
    };
    let (case, sealed) = decide_all(&done.file, [(Actor::Platform, seal)], now, &app.rules())?;
    done.file = case;
    done.recorded.extend(sealed);
    Ok(attachment)
}

/// By what a dispute is alike to others. An operator is known by its organisation here,
/// its credit code, or its name.
pub fn likeness(case: &Case) -> Likeness {
    let filing = &case.filing;
    let respondent = &filing.respondent;
    let code = respondent.credit_code.as_ref().map(ToString::to_string);
    let known = respondent.organisation.clone().or(code);
    let operator = known.unwrap_or_else(|| respondent.name.clone());
    let phone = filing.consumer.phone.to_string();
    let mut traits = vec![(Trait::Person, Likeness::value(&[&phone]))];
    if let Some(token) = case.identity_token() {
        traits.push((Trait::Identity, Likeness::value(&[token])));
    }
    if let Some(address) = &filing.consumer.address {
        traits.push((Trait::Place, Likeness::value(&[address])));
    }
    traits.push((Trait::Operator, Likeness::value(&[&operator])));
    let kind = Likeness::value(&[&operator, &filing.category]);
    traits.push((Trait::OperatorAndCategory, kind));
    if let Some(order) = &filing.order {
        let purchase = Likeness::value(&[&operator, &order.reference]);
        traits.push((Trait::Purchase, purchase));
    }
    Likeness {
        filed_on: case.received_on,
        traits,
    }
}

/// Of her agent, and of those who complain together with her.
fn accounts(case: &Case) -> Option<Vec<String>> {
    case.representation()?;
    let accounts = case.other_accounts().into_iter();
    Some(accounts.map(str::to_owned).collect())
}

/// That another authority should have it instead, as one says.
fn dispute(case: &Case) -> Option<&HandlingDispute> {
    case.complaint.as_ref()?.dispute.as_ref()
}

/// What figures and exports are made of.
fn facts(id: &str, case: &Case) -> Result<FactRow, ActError> {
    let facts = CaseFacts::of(case);
    let json = json_of(id, &facts)?;
    let ended_on = ended_on(&facts).map(|day| day.to_string());
    let negotiated = facts.respondent.is_some() && facts.channel == NEGOTIATED;
    let place = facts.operator_place.filter(|_| negotiated);
    Ok(FactRow {
        unit: facts.unit.map(|unit| unit.to_string()),
        category: facts.category,
        respondent: facts.respondent,
        respondent_name: facts.respondent_name,
        respondent_code: facts.respondent_credit_code.map(|code| code.to_string()),
        counted_on: facts.counted_on.to_string(),
        ended_on,
        place: place.map(|place| place.to_string()),
        facts: json,
    })
}

/// The day a complaint was over: closed, or refused and closed by nobody.
fn ended_on(facts: &CaseFacts) -> Option<Date> {
    let complaint = facts.registered_on.is_some();
    let refused = facts.decided_on.filter(|_| facts.phase == Phase::Refused);
    facts.closed_on.or(refused).filter(|_| complaint)
}

/// What the authority's work list shows and finds of a case that it has or had.
fn listed(case: &Case, over_on: Option<Date>) -> Option<WorkRow> {
    let complaint = case.complaint.as_ref()?;
    let due = case.authority_due();
    let filing = &case.filing;
    let mut texts = vec![filing.statement.clone(), filing.claim.reason.clone()];
    texts.extend(filing.order.iter().map(|order| order.reference.clone()));
    let others = case.complainants().into_iter().skip(1);
    texts.extend(others.map(|other| other.name.to_owned()));
    let agent = case.representation().and_then(|it| it.agent.as_ref());
    texts.extend(agent.map(|it| it.name.clone()));
    // By which the partner that sent it in, and whoever called there, knows it.
    let entered = case.entered.as_ref();
    texts.extend(entered.and_then(|it| it.intake.reference.clone()));
    Some(WorkRow {
        unit: complaint.unit.to_string(),
        due_on: due.as_ref().and_then(|due| due.on),
        period: due.and_then(|due| due.period),
        over_on,
        received_on: complaint.received_on,
        consumer_name: filing.consumer.name.clone(),
        respondent_name: filing.respondent.name.clone(),
        texts,
        phones: phones(case),
    })
}

/// The complainant's number, and that she called from where it is another.
fn phones(case: &Case) -> Vec<String> {
    let own = &case.filing.consumer.phone;
    let entered = case.entered.as_ref();
    let caller = entered.and_then(|entered| entered.intake.caller.as_ref());
    let called = caller.filter(|caller| *caller != own);
    let phones = [Some(own), called].into_iter().flatten();
    phones.map(ToString::to_string).collect()
}

/// The turns of a case, without personal data.
fn message(case: &Case, recorded: &Recorded) -> Option<NewMessage> {
    let topic = match recorded.event {
        Event::CaseFiled { .. } => "case.filed",
        Event::SettlementReached { .. } => "case.settled",
        Event::ComplaintRegistered { .. } => "complaint.registered",
        Event::ComplaintAccepted => "complaint.accepted",
        Event::ComplaintRefused { .. } => "complaint.refused",
        Event::FileDispatched { .. } => "complaint.dispatched",
        Event::FileReturned { .. } => "complaint.returned",
        Event::HandlingAgreed { .. }
        | Event::HandlingDesignated { .. }
        | Event::FileTakenUp { .. } => "complaint.moved",
        Event::ComplaintMerged { .. } => "complaint.merged",
        Event::MediationEnded => "complaint.agreed",
        Event::MediationTerminated { .. } => "complaint.terminated",
        Event::SupervisionOpened { .. } => "complaint.supervised",
        Event::SupervisionRaised { .. } => "complaint.supervision_raised",
        Event::UnitInvited { .. } => "complaint.part",
        Event::HandlingDisputed { .. } => "complaint.disputed",
        Event::ExtensionRequested { .. } => "complaint.extension_requested",
        Event::PeriodExtended { .. } => "complaint.extended",
        Event::TerminationNotified { .. } => "complaint.notified",
        Event::ComplaintReopened => "complaint.reopened",
        Event::DispatchReported { .. } => "complaint.reported_back",
        Event::DocumentIssued { .. } => "complaint.document",
        Event::DocumentServed { .. } => "complaint.served",
        Event::CaseReopened { .. } => "case.reopened",
        Event::TransferredOut { .. } => "complaint.transferred",
        Event::TransferFailed { .. } => "complaint.transfer_failed",
        Event::CaseClosed { .. } => "case.closed",
        _ => return None,
    };
    let payload = json!({
        "number": case.number,
        "phase": case.phase.name(),
        "respondent": case.filing.respondent.organisation,
        "unit": case.complaint.as_ref().map(|complaint| &complaint.unit),
    });
    Some(NewMessage {
        topic,
        payload: payload.to_string(),
        at: recorded.at,
        discreet: None,
    })
}
