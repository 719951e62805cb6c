//! The dossier: everything an officer needs, handed over with the complaint so
//! that nothing is typed twice. Its form is `schemas/json/dossier.schema.json`.

use std::sync::LazyLock;

use hejie_domain::case::Case;
use hejie_domain::case::link::{Link, Relation};
use hejie_domain::case::run::CaseRun;
use hejie_domain::rules::schema_of;
use jiff::Timestamp;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::commit::Base;

/// The form's version; a change of form raises it.
const FORM: &str = "1.3.0";

static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema = schema_of("dossier").map_err(|fault| fault.to_string())?;
    jsonschema::validator_for(&schema).map_err(|fault| fault.to_string())
});

/// The dossier of a case as canonical JSON (RFC 8785), checked against its schema;
/// `code` is what others know this server by.
pub fn seal(case: &Case, base: &Base, now: Timestamp, code: &str) -> Result<String, String> {
    let mut dossier = compose(case, base, now);
    if let Some(transfer) = case.current_transfer() {
        dossier["transfer"] = json!({
            "from": code,
            "to": transfer.to,
            "reason": transfer.reason,
            "article": transfer.article,
        });
    }
    if let Some((place, fault)) = fault(&dossier)? {
        return Err(format!("{place}: {fault}"));
    }
    serde_jcs::to_string(&dossier).map_err(|fault| fault.to_string())
}

/// The place and the fault of what is no dossier; `None` where it is one.
pub fn fault(dossier: &Value) -> Result<Option<(String, String)>, String> {
    let validator = VALIDATOR.as_ref().map_err(Clone::clone)?;
    let fault = validator.validate(dossier).err();
    Ok(fault.map(|fault| (fault.instance_path().to_string(), fault.to_string())))
}

/// All of a case that a dossier has, whomever it is for.
pub fn compose(case: &Case, base: &Base, now: Timestamp) -> Value {
    let filing = &case.filing;
    json!({
        "form": FORM,
        "made_at": now,
        "number": case.number,
        "received_on": case.received_on,
        "intake": case.entered,
        "parties": parties(case),
        "category": filing.category,
        "problem": filing.problem,
        "claim": filing.claim,
        "facts": {"statement": filing.statement, "stated": filing.facts, "order": filing.order},
        "evidence": case.evidence,
        "negotiation": {
            "messages": case.messages,
            "questions": case.questions,
            "offers": case.offers,
            "settlement": case.settlement,
            "confirmation": case.confirmation,
            "handling": case.handling,
        },
        "opinions": case.opinions,
        "decisions": case.runs.iter().map(run).collect::<Vec<_>>(),
        "clocks": case.clocks,
        "complaint": case.complaint,
        "consents": filing.consents,
        "documents": case.documents,
        "ended": ended(case),
        "visits": case.visits,
        "ledger": {"version": base.version, "head": base.head},
    })
}

/// When it was decided and brought to an end, and how.
fn ended(case: &Case) -> Value {
    let milestones = &case.milestones;
    let merged = case
        .complaint
        .as_ref()
        .and_then(|it| it.merged_into.as_ref());
    let is_it = |it: &&Link| Some(&it.to) == merged && it.relation == Relation::SameDispute;
    let reason = case.links.iter().rev().find(is_it);
    json!({
        "decided_at": milestones.decided,
        "mediation_ended_at": milestones.mediation_ended,
        "closed_at": milestones.closed,
        "closing": case.closing,
        "closed_by": case.closed_by,
        "reason": reason.map(|it| &it.reason),
    })
}

/// With an agent or people who complain together: who acts for whom, and by whose consent.
fn parties(case: &Case) -> Value {
    let filing = &case.filing;
    let mut parties = json!({"consumer": filing.consumer, "respondent": filing.respondent});
    if let Some(given) = case.representation() {
        parties["representation"] = json!(given);
        parties["representation"]["consents"] = json!(case.act_consents);
    }
    parties
}

/// An automated decision for others than its plugin: what the plugin remembers of
/// the case is its own.
pub fn run(run: &CaseRun) -> Value {
    let mut told = json!(run);
    told.as_object_mut().map(|run| run.remove("memory"));
    told
}
