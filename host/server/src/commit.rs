//! From decided events to the store's commit: ledger, projection, jobs, outbox
//! and attachments of one command, together.

use hejie_domain::case::transfer::Origin;
use hejie_domain::case::{Actor, Case, Command, Event, Recorded, decide_all};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::indicators::CaseFacts;
use hejie_store::{
    Attachment, CaseRow, Commit, FactRow, IdempotencyAnswer, NewEvent, NewMessage, WorkRow,
};
use jiff::Timestamp;
use serde_json::json;

use crate::act::{ActError, Done};
use crate::app::App;
use crate::dossier;
use crate::engine::plan;
use crate::exchange;

/// The state a command was decided on.
#[derive(Debug, Clone)]
pub struct Base {
    pub version: u64,
    pub head: Digest,
}

impl Base {
    /// Before the first entry.
    pub fn nothing() -> Base {
        Base {
            version: 0,
            head: Digest::ZERO,
        }
    }
}

/// What goes with a commit besides its events.
#[derive(Debug, Default)]
pub struct Extras {
    pub attachments: Vec<Attachment>,
    pub finish_job: Option<String>,
    pub idempotency: Option<IdempotencyAnswer>,
}

impl App {
    /// Makes decided events durable with all that follows from them.
    pub async fn commit(
        &self,
        base: Base,
        mut done: Done,
        mut extras: Extras,
    ) -> Result<Done, ActError> {
        let now = self.clock().now();
        if done
            .recorded
            .iter()
            .any(|entry| is_handed_over(&entry.event))
        {
            extras
                .attachments
                .push(self.seal_dossier(&base, &mut done, now)?);
        }
        let deliveries = exchange::outgoing(&done, base.version, &self.identity().code)
            .map_err(|fault| ActError::Dossier(fault.to_string()))?;
        let plan = plan::follow_up(&done, base.version, &self.registry(), now);
        self.store()
            .commit(Commit {
                case_id: done.id.clone(),
                expected_version: base.version,
                expected_head: base.head,
                events: done.recorded.iter().map(entry).collect::<Result<_, _>>()?,
                attachments: extras.attachments,
                case: row(&done.id, &done.case, last_change(&done.recorded))?,
                jobs: plan.jobs,
                cancel_jobs: plan.cancel,
                finish_job: extras.finish_job,
                outbox: done
                    .recorded
                    .iter()
                    .filter_map(|entry| message(&done.case, entry))
                    .collect(),
                deliveries,
                idempotency: extras.idempotency,
            })
            .await?;
        self.wake();
        Ok(done)
    }

    /// The dossier is part of the very commit that hands the file over.
    fn seal_dossier(
        &self,
        base: &Base,
        done: &mut Done,
        now: Timestamp,
    ) -> Result<Attachment, ActError> {
        let body = dossier::seal(&done.case, base, now, &self.identity().code)
            .map_err(ActError::Dossier)?;
        let attachment = Attachment::json(body);
        let size = attachment.body.len() as u64;
        let seal = Command::SealDossier {
            digest: attachment.digest(),
            size,
        };
        let (case, sealed) = decide_all(&done.case, [(Actor::Platform, seal)], now, &self.rules())?;
        done.case = case;
        done.recorded.extend(sealed);
        Ok(attachment)
    }
}

/// To the authority with handling power, or to one with a system of its own.
fn is_handed_over(event: &Event) -> bool {
    matches!(
        event,
        Event::ComplaintRegistered { .. } | Event::TransferredOut { .. }
    )
}

/// When the last of these was recorded: the case was changed then, and a
/// projection that is made anew says the same.
pub fn last_change(recorded: &[Recorded]) -> Timestamp {
    recorded.last().map(|entry| entry.at).unwrap_or_default()
}

fn entry(recorded: &Recorded) -> Result<NewEvent, ActError> {
    let unreadable = |fault: serde_json::Error| ActError::Unreadable {
        id: recorded.event.kind().to_owned(),
        why: fault.to_string(),
    };
    Ok(NewEvent {
        at: recorded.at,
        actor: serde_json::to_value(&recorded.by).map_err(unreadable)?,
        kind: recorded.event.kind(),
        version: Event::VERSION,
        payload: recorded.event.payload().map_err(unreadable)?,
    })
}

/// The projection of a case: what lists are made by, and the snapshot.
pub fn row(id: &str, case: &Case, updated_at: Timestamp) -> Result<CaseRow, ActError> {
    let snapshot = serde_json::to_value(case).map_err(|fault| ActError::Unreadable {
        id: id.to_owned(),
        why: fault.to_string(),
    })?;
    Ok(CaseRow {
        case_id: id.to_owned(),
        number: case.number.to_string(),
        snapshot,
        phase: case.phase.name(),
        consumer_id: case.consumer_id.clone(),
        respondent: case.filing.respondent.organisation.clone(),
        division: case
            .complaint
            .as_ref()
            .map(|complaint| complaint.unit.to_string()),
        category: case.filing.category.clone(),
        mediation: case.mediation_requested,
        next_deadline: case.next_deadline(),
        updated_at,
        origin: case.origin.as_ref().map(Origin::key),
        facts: facts(id, case)?,
        work: listed(case),
    })
}

/// What figures and exports are made of.
fn facts(id: &str, case: &Case) -> Result<FactRow, ActError> {
    let facts = CaseFacts::of(case);
    let json = serde_json::to_value(&facts).map_err(|fault| ActError::Unreadable {
        id: id.to_owned(),
        why: fault.to_string(),
    })?;
    Ok(FactRow {
        unit: facts.unit.map(|unit| unit.to_string()),
        category: facts.category,
        respondent: facts.respondent,
        respondent_name: facts.respondent_name,
        respondent_code: facts.respondent_credit_code.map(|code| code.to_string()),
        counted_on: facts.counted_on.to_string(),
        facts: json,
    })
}

/// What the authority's work list shows and finds of a case that waits for it.
fn listed(case: &Case) -> Option<WorkRow> {
    let (complaint, due) = (case.complaint.as_ref()?, case.authority_due()?);
    let filing = &case.filing;
    let mut texts = vec![filing.statement.clone(), filing.claim.reason.clone()];
    texts.extend(filing.order.iter().map(|order| order.reference.clone()));
    Some(WorkRow {
        unit: complaint.unit.to_string(),
        period: due.period,
        due_on: due.on,
        received_on: complaint.received_on,
        consumer_name: filing.consumer.name.clone(),
        respondent_name: filing.respondent.name.clone(),
        texts,
    })
}

/// What others are told: the turns of a case, without personal data.
fn message(case: &Case, recorded: &Recorded) -> Option<NewMessage> {
    let topic = match recorded.event {
        Event::CaseFiled { .. } => "case.filed",
        Event::SettlementReached { .. } => "case.settled",
        Event::ComplaintRegistered { .. } => "complaint.registered",
        Event::ComplaintAccepted => "complaint.accepted",
        Event::ComplaintRefused { .. } => "complaint.refused",
        Event::ComplaintDispatched { .. } => "complaint.dispatched",
        Event::ComplaintReturned { .. } => "complaint.returned",
        Event::HandlingAgreed { .. }
        | Event::HandlingDesignated { .. }
        | Event::ComplaintTakenUp { .. } => "complaint.moved",
        Event::MediationEnded => "complaint.agreed",
        Event::MediationTerminated { .. } => "complaint.terminated",
        Event::SupervisionOpened { .. } => "complaint.supervised",
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
    })
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use serde_json::Value;

    use super::*;
    use crate::exchange::topics;

    /// One event of every type, the filing first.
    const EVENTS: &str = include_str!("../../domain/src/case/fixtures/events-v1.json");

    #[test]
    fn the_topics_that_others_can_ask_for_are_those_that_are_told() {
        let entries: Vec<Value> = serde_json::from_str(EVENTS).unwrap();
        let recorded = entries.iter().map(|entry| {
            let kind = entry["kind"].as_str().unwrap();
            Recorded {
                at: Timestamp::UNIX_EPOCH,
                by: Actor::Platform,
                event: Event::read(kind, 1, entry["payload"].clone()).unwrap(),
            }
        });
        let recorded: Vec<Recorded> = recorded.collect();
        let case = Case::open(&recorded[0]).unwrap();
        let told = recorded.iter().filter_map(|entry| message(&case, entry));
        let told: BTreeSet<&str> = told.map(|message| message.topic).collect();
        assert_eq!(told.into_iter().collect::<Vec<_>>(), topics::ALL);
    }
}
