//! The complaint with its decision in the law's words: a refusal names its ground
//! and the other routes that remain open (Order 121 art. 15).

use hejie_domain::case::Case;
use hejie_domain::case::complaint::ComplaintDecision;
use hejie_domain::rules::{Procedure, RuleBook};
use serde_json::{Value, json};

pub fn view(case: &Case, rules: &RuleBook) -> Value {
    let Some(complaint) = &case.complaint else {
        return Value::Null;
    };
    let mut shown = json!(complaint);
    if let Some(ComplaintDecision::Refused { ground, .. }) = &complaint.decision
        && let Some(procedure) = rules.procedure(&complaint.procedure)
    {
        shown["decision"]["ground"] = grounds(procedure, ground);
        shown["decision"]["other_routes"] = json!(procedure.other_routes);
    }
    shown
}

/// The ground with its article and text; its id alone where the pack lost it.
fn grounds(procedure: &Procedure, id: &str) -> Value {
    let found = procedure.refusal_grounds.iter().find(|it| it.id == id);
    found.map_or_else(|| json!({ "id": id }), |ground| json!(ground))
}
