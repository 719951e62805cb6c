//! The dossier: everything an officer needs, handed over with the complaint so
//! that nothing is typed twice. Its form is `schemas/json/dossier.schema.json`.

use std::sync::LazyLock;

use hejie_domain::case::Case;
use hejie_domain::case::run::CaseRun;
use hejie_domain::rules::schema_of;
use jiff::Timestamp;
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::commit::Base;

/// The form's version; a change of form raises it.
const FORM: &str = "1.0.0";

static VALIDATOR: LazyLock<Result<Validator, String>> = LazyLock::new(|| {
    let schema = schema_of("dossier").map_err(|fault| fault.to_string())?;
    jsonschema::validator_for(&schema).map_err(|fault| fault.to_string())
});

/// The dossier of a case as canonical JSON (RFC 8785), checked against its schema.
pub fn seal(case: &Case, base: &Base, now: Timestamp) -> Result<String, String> {
    let dossier = compose(case, base, now);
    let validator = VALIDATOR.as_ref().map_err(Clone::clone)?;
    validator
        .validate(&dossier)
        .map_err(|fault| format!("{}: {fault}", fault.instance_path()))?;
    serde_jcs::to_string(&dossier).map_err(|fault| fault.to_string())
}

fn compose(case: &Case, base: &Base, now: Timestamp) -> Value {
    let filing = &case.filing;
    json!({
        "form": FORM,
        "made_at": now,
        "number": case.number,
        "received_on": case.received_on,
        "intake": case.entered,
        "parties": {"consumer": filing.consumer, "respondent": filing.respondent},
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
        "ledger": {"version": base.version, "head": base.head},
    })
}

/// An automated decision for others than its plugin: what the plugin remembers of
/// the case is its own.
pub fn run(run: &CaseRun) -> Value {
    let mut told = json!(run);
    told.as_object_mut().map(|run| run.remove("memory"));
    told
}
