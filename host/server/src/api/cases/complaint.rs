//! The complaint with its decision in the law's words: a refusal names its ground and
//! the other routes that remain open (Order 121 art. 15), a termination its ground
//! and those routes too (art. 25). What authorities say among themselves, and her
//! papers, are shown to those they concern.

use hejie_domain::case::Case;
use hejie_domain::case::complaint::ComplaintDecision;
use hejie_domain::case::mediation::Ending;
use hejie_domain::case::phase::{Closing, Phase};
use hejie_domain::rules::{Ground, Procedure, RuleBook};
use serde_json::{Value, json};

use super::view::is_of_authority;
use crate::auth::Principal;
use crate::members::without;

pub fn view(case: &Case, principal: &Principal, rules: &RuleBook) -> Value {
    let Some(complaint) = &case.complaint else {
        return Value::Null;
    };
    let mut shown = json!(complaint);
    shown["unit_name"] = json!(rules.units().get(&complaint.unit).map(|unit| &unit.name));
    if !is_of_authority(principal) {
        hide_talk_of_authorities(&mut shown);
    }
    if matches!(
        principal,
        Principal::Agent { .. } | Principal::Mediator { .. }
    ) {
        without(&mut shown, &["material", "earlier_material"]);
    }
    let Some(procedure) = rules.procedure(&complaint.procedure) else {
        return shown;
    };
    if let Some(ComplaintDecision::Refused { ground, .. }) = &complaint.decision {
        explain(
            &mut shown["decision"],
            &procedure.refusal_grounds,
            ground,
            procedure,
        );
    }
    let ending = complaint
        .mediation
        .as_ref()
        .and_then(|it| it.ending.as_ref());
    if let Some(Ending::Terminated { ground, .. }) = ending {
        let grounds = &procedure.termination_grounds;
        explain(
            &mut shown["mediation"]["ending"],
            grounds,
            ground,
            procedure,
        );
    }
    // What was agreed did not solve it: where else she may go (art. 24, 25).
    let is_unsolved = case.closing == Some(Closing::NotSolved);
    if is_unsolved || case.phase == Phase::Open {
        shown["other_routes"] = json!(procedure.other_routes);
    }
    shown
}

fn hide_talk_of_authorities(shown: &mut Value) {
    without(shown, &["weighed"]);
    if let Some(moves) = shown["moves"].as_array_mut() {
        moves
            .iter_mut()
            .for_each(|step| without(step, &["note", "reason", "reported"]));
    }
    for what in ["revoked", "corrected"] {
        let all = shown[what].as_array_mut();
        all.into_iter()
            .flatten()
            .for_each(|it| without(it, &["reason", "before"]));
    }
    without(&mut shown["dispute"], &["reason"]);
    let transfers = shown["transfers"].as_array_mut();
    for transfer in transfers.into_iter().flatten() {
        without(transfer, &["reason"]);
        without(&mut transfer["state"], &["why", "reason"]);
    }
}

/// The ground with its article and text, its id alone where the pack lost it; and
/// where else one may go.
fn explain(shown: &mut Value, grounds: &[Ground], id: &str, procedure: &Procedure) {
    let found = grounds.iter().find(|it| it.id == id);
    shown["ground"] = found.map_or_else(|| json!({ "id": id }), |ground| json!(ground));
    shown["other_routes"] = json!(procedure.other_routes);
}
