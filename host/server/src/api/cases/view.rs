//! A case as one of its parties sees it: phone masked for the other side, notes
//! only for the side that wrote them.

use hejie_domain::case::actor::Side;
use hejie_domain::case::event::Event;
use hejie_domain::case::filing::Consumer;
use hejie_domain::case::{Actor, Case};
use hejie_domain::clock::explain;
use hejie_domain::entitlements::assess;
use hejie_domain::rules::RuleBook;
use hejie_store::Entry;
use hejie_texts::Language;
use serde_json::{Value, json};

use crate::auth::Principal;

/// Everything about a case on one page.
pub fn case(case: &Case, principal: &Principal, rules: &RuleBook) -> Value {
    let assessment = assess(
        &case.filing.facts,
        case.received_on,
        rules.entitlement_packs(),
    );
    json!({
        "number": case.number,
        "version": case.version,
        "phase": case.phase,
        "turn": case.turn(),
        "received_on": case.received_on,
        "procedure": case.procedure,
        "filing": filing(case, principal),
        "handling": case.handling,
        "messages": case.messages,
        "questions": case.questions,
        "evidence": case.evidence,
        "offers": case.offers,
        "opinions": case.opinions,
        "entitlements": assessment,
        "clocks": clocks(case),
        "mediation_requested": case.mediation_requested,
        "mediator_awaited": case.mediator_awaited,
        "escalation_proposed": case.escalation_proposed,
        "settlement": case.settlement,
        "confirmation": case.confirmation,
        "complaint": super::complaint::view(case, rules),
        "closing": case.closing,
    })
}

fn filing(case: &Case, principal: &Principal) -> Value {
    let mut filing = json!(case.filing);
    if hides_contact(principal) {
        hide_contact(&mut filing["consumer"], &case.filing.consumer);
    }
    filing
}

fn hide_contact(shown: &mut Value, consumer: &Consumer) {
    shown["phone"] = json!(consumer.phone.masked());
    shown.as_object_mut().map(|shown| shown.remove("address"));
}

/// The other side and mediators need neither her phone nor her address to
/// negotiate here.
fn hides_contact(principal: &Principal) -> bool {
    matches!(
        principal,
        Principal::Agent { .. } | Principal::Mediator { .. }
    )
}

/// Each clock with its arithmetic in words.
pub fn clocks(case: &Case) -> Value {
    let clocks = case.clocks.iter().map(|clock| {
        let lines = explain(&clock.reading);
        let words = |language| {
            lines
                .iter()
                .map(|line| hejie_texts::render(line, language))
                .collect::<Vec<_>>()
        };
        json!({
            "clock": clock.seq,
            "period": clock.period,
            "pack": clock.pack,
            "start": clock.start,
            "ends_on": clock.reading.ends_on(),
            "state": clock.state,
            "reading": clock.reading,
            "explanation": {"zh": words(Language::Chinese), "en": words(Language::English)},
        })
    });
    Value::Array(clocks.collect())
}

/// An entry of the timeline; `None` where it is not for this reader.
pub fn entry(entry: &Entry, principal: &Principal) -> Option<Value> {
    let actor: Actor = serde_json::from_value(entry.actor.clone()).ok()?;
    let event = Event::read(&entry.kind, entry.version, entry.payload.clone()).ok()?;
    let mut data = entry.payload.clone();
    match &event {
        Event::NoteAdded { .. } if !same_side(&actor, principal) => return None,
        // What a plugin remembers is its own business.
        Event::PluginDecided { .. } => {
            data["run"].as_object_mut().map(|run| run.remove("memory"));
        }
        Event::CaseFiled { filing, .. } if hides_contact(principal) => {
            hide_contact(&mut data["filing"]["consumer"], &filing.consumer);
        }
        Event::Escalated { .. } if hides_contact(principal) => {
            data.as_object_mut()
                .map(|data| data.remove("consumer_address"));
        }
        _ => {}
    }
    Some(json!({
        "seq": entry.seq,
        "at": entry.at,
        "by": entry.actor,
        "type": entry.kind,
        "data": data,
    }))
}

fn same_side(actor: &Actor, principal: &Principal) -> bool {
    let reader = principal.actor().side();
    reader == actor.side() && reader != Side::Platform
}
