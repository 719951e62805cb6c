//! A case as one of its parties sees it: phone masked for the other side, notes
//! only for those who wrote them, look-ups only for those whose plugin asked.

use std::collections::BTreeSet;

use hejie_domain::case::actor::Side;
use hejie_domain::case::clocks::{CaseClock, periods};
use hejie_domain::case::document::readers;
use hejie_domain::case::entries::Evidence;
use hejie_domain::case::event::Event;
use hejie_domain::case::filing::Consumer;
use hejie_domain::case::{Actor, Case};
use hejie_domain::clock::explain;
use hejie_domain::entitlements::assess;
use hejie_domain::rules::RuleBook;
use hejie_store::Entry;
use hejie_texts::Language;
use serde_json::{Value, json};

use super::representation;
use crate::api::documents::documents;
use crate::auth::Principal;
use crate::members::without;

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
        "representation": representation::view(case, principal),
        "entered": entered(case, principal),
        "handling": case.handling,
        "messages": case.messages,
        "questions": case.questions,
        "evidence": evidence(case, principal),
        "offers": case.offers,
        "opinions": case.opinions,
        "entitlements": assessment,
        "clocks": clocks(case, principal),
        "mediation_requested": case.mediation_requested,
        "mediator_awaited": case.mediator_awaited,
        "escalation_proposed": case.escalation_proposed,
        "settlement": case.settlement,
        "confirmation": case.confirmation,
        "complaint": super::complaint::view(case, principal, rules),
        "supervisions": is_of_authority(principal).then_some(&case.supervisions),
        "extensions": is_of_authority(principal).then_some(&case.extensions),
        "parts": is_of_authority(principal).then_some(&case.parts),
        "visits": is_of_authority(principal).then_some(&case.visits),
        "documents": documents(case, &principal.actor()).collect::<Vec<_>>(),
        "links": is_of_authority(principal).then_some(&case.links),
        "closing": case.closing,
        "origin": is_of_authority(principal).then_some(&case.origin),
    })
}

fn filing(case: &Case, principal: &Principal) -> Value {
    let mut filing = json!(case.filing);
    if hides_contact(principal) {
        hide_contact(&mut filing["consumer"], &case.filing.consumer);
        if let Some(given) = case.representation() {
            representation::hide(&mut filing["representation"], given);
        }
    }
    filing
}

/// What the other side may see of it, and a mediator: not the papers that the authority
/// asked her for.
fn evidence<'a>(case: &'a Case, principal: &Principal) -> Vec<&'a Evidence> {
    let hides = hides_contact(principal);
    let all = case.evidence.iter();
    all.filter(|it| !(hides && it.for_authority)).collect()
}

/// How it came in, where it went straight to the authority.
fn entered(case: &Case, principal: &Principal) -> Value {
    let mut shown = json!(case.entered);
    if hides_contact(principal) {
        without(&mut shown, &["caller"]);
    }
    shown
}

fn hide_contact(shown: &mut Value, consumer: &Consumer) {
    shown["phone"] = json!(consumer.phone.masked());
    shown.as_object_mut().map(|shown| shown.remove("address"));
}

/// The other side and mediators need neither her phone nor her address to
/// negotiate here.
pub fn hides_contact(principal: &Principal) -> bool {
    matches!(
        principal,
        Principal::Agent { .. } | Principal::Mediator { .. }
    )
}

/// Each clock that is the reader's to see, with its arithmetic in words.
pub fn clocks(case: &Case, principal: &Principal) -> Value {
    clocks_of(&case.clocks, is_of_authority(principal))
}

/// The same of any file; what authorities set each other is theirs.
pub fn clocks_of(clocks: &[CaseClock], all: bool) -> Value {
    let shown = |clock: &&CaseClock| all || !periods::is_among_authorities(&clock.period);
    let clocks = clocks.iter().filter(shown).map(|clock| {
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

/// Officers, and the operator who answers for the platform.
pub fn is_of_authority(principal: &Principal) -> bool {
    matches!(
        principal,
        Principal::Officer { .. } | Principal::Operator { .. }
    )
}

/// The clocks whose entries are not for this reader, by their numbers.
pub fn hidden_clocks(case: &Case, principal: &Principal) -> BTreeSet<u32> {
    let all = is_of_authority(principal);
    let hidden = |it: &&CaseClock| !all && periods::is_among_authorities(&it.period);
    case.clocks.iter().filter(hidden).map(|it| it.seq).collect()
}

/// An entry of the timeline; `None` where it is not for this reader, as those of `hidden`
/// clocks are not.
pub fn entry(entry: &Entry, principal: &Principal, hidden: &BTreeSet<u32>) -> Option<Value> {
    let actor: Actor = serde_json::from_value(entry.actor.clone()).ok()?;
    let event = Event::read(&entry.kind, entry.version, entry.payload.clone()).ok()?;
    let mut data = entry.payload.clone();
    match &event {
        Event::NoteAdded { .. } if !wrote(principal, &actor) => return None,
        // The answer is what the organisation's own systems hold.
        Event::LookUpRequested { .. } if !owns(principal, actor.organisation()) => return None,
        Event::LookUpAnswered { requester, .. }
            if !owns(principal, Some(&requester.organisation)) =>
        {
            return None;
        }
        // What a plugin remembers is its own business.
        Event::PluginDecided { .. } => {
            data["run"].as_object_mut().map(|run| run.remove("memory"));
        }
        // What authorities say among themselves is theirs; where the file is, is not.
        Event::SupervisionOpened { .. }
        | Event::SupervisionAnswered { .. }
        | Event::SupervisionRaised { .. }
        | Event::VisitRecorded { .. }
        | Event::ExtensionRequested { .. }
        | Event::ExtensionDenied { .. }
        | Event::UnitInvited { .. }
        | Event::InvitationAnswered { .. }
        | Event::PartReported { .. }
        | Event::PartEnded { .. }
        | Event::PartFellDue { .. }
        | Event::DispatchReported { .. }
        | Event::FileLinked { .. }
        | Event::GroundWeighed { .. }
        | Event::IdentityChecked { .. }
        | Event::DocumentServed { .. }
            if !is_of_authority(principal) =>
        {
            return None;
        }
        Event::ClockStarted { clock, .. }
        | Event::ClockMet { clock }
        | Event::ClockStopped { clock }
        | Event::ClockExpired { clock, .. }
        | Event::ClockRecomputed { clock, .. }
        | Event::ClockPaused { clock, .. }
        | Event::ClockResumed { clock, .. }
        | Event::PeriodExtended { clock, .. }
            if hidden.contains(clock) =>
        {
            return None;
        }
        Event::IdentityChecked { .. } => without(&mut data["check"], &["token"]),
        Event::FileDispatched { .. }
        | Event::FileReturned { .. }
        | Event::HandlingDisputed { .. }
        | Event::HandlingDesignated { .. }
        | Event::DecisionRevoked { .. }
        | Event::FileTakenUp { .. }
        | Event::TransferredOut { .. }
        | Event::TransferFailed { .. }
        | Event::TransferWithdrawn { .. }
        | Event::PeriodExtended { .. }
            if !is_of_authority(principal) =>
        {
            without(&mut data, &["note", "reason", "why", "minutes"]);
        }
        Event::DocumentIssued { form, .. }
            if !is_of_authority(principal)
                && !readers(form).contains(&principal.actor().side()) =>
        {
            return None;
        }
        // Her papers are between her and the authority.
        Event::MaterialRequested { .. }
        | Event::MaterialProvided { .. }
        | Event::EvidenceAdded {
            for_authority: true,
            ..
        } if hides_contact(principal) => {
            return None;
        }
        // What the others agreed to among themselves is theirs until it is agreed.
        Event::ConsentRecorded { .. } if hides_contact(principal) => return None,
        Event::RepresentationRecorded {
            representation: given,
        } if hides_contact(principal) => {
            representation::hide(&mut data["representation"], given);
        }
        Event::CaseFiled { filing, .. } if hides_contact(principal) => {
            hide_contact(&mut data["filing"]["consumer"], &filing.consumer);
            if let Some(given) = &filing.representation {
                representation::hide(&mut data["filing"]["representation"], given);
            }
            if let Some(intake) = data.get_mut("intake") {
                without(intake, &["caller"]);
            }
        }
        Event::FilingCorrected { .. } if !is_of_authority(principal) => {
            without(&mut data, &["reason"]);
            if hides_contact(principal) {
                hide_corrected(&mut data["correction"]);
            }
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

/// Of whom something was put right the other side reads the name alone.
fn hide_corrected(correction: &mut Value) {
    let hidden = ["phone", "address"];
    if let Some(consumer) = correction.get_mut("consumer") {
        without(consumer, &hidden);
    }
    let others = correction.get_mut("others").and_then(Value::as_array_mut);
    for other in others.into_iter().flatten() {
        without(other, &hidden);
    }
}

/// A note is for its author's own people: the organisation, or the authority that
/// handles the case and those above it, or the person alone.
fn wrote(reader: &Principal, author: &Actor) -> bool {
    let reader = reader.actor();
    match (reader.organisation(), author.organisation()) {
        (Some(reader), Some(author)) => reader == author,
        (None, None) => match (&reader, author) {
            (Actor::Operator { .. }, Actor::Operator { .. }) => true,
            _ => reader.side() == author.side() && reader.side() != Side::Platform,
        },
        _ => false,
    }
}

/// The operator, and whoever belongs to this organisation.
fn owns(reader: &Principal, organisation: Option<&str>) -> bool {
    match reader {
        Principal::Operator { .. } => true,
        Principal::Agent {
            organisation: own, ..
        }
        | Principal::Mediator {
            organisation: own, ..
        } => organisation == Some(own),
        Principal::Consumer { .. } | Principal::Reporter { .. } | Principal::Officer { .. } => {
            false
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_domain::case::{PluginIdentity, PluginRole};
    use hejie_domain::identifiers::digest::Digest;

    fn agent(organisation: &str) -> Principal {
        Principal::Agent {
            id: "a".to_owned(),
            organisation: organisation.to_owned(),
            name: "陈".to_owned(),
            admin: false,
        }
    }

    fn mediator(organisation: &str) -> Principal {
        Principal::Mediator {
            id: "m".to_owned(),
            organisation: organisation.to_owned(),
            name: "马".to_owned(),
            admin: false,
        }
    }

    fn reviewer(organisation: &str) -> Actor {
        Actor::Plugin(PluginIdentity {
            role: PluginRole::Reviewer,
            organisation: organisation.to_owned(),
            id: "floor".to_owned(),
            version: "1.0.0".to_owned(),
            digest: Digest::ZERO,
        })
    }

    #[test]
    fn a_note_is_for_the_own_organisation() {
        assert!(wrote(&agent("shop"), &agent("shop").actor()));
        assert!(!wrote(&agent("rival"), &agent("shop").actor()));
        assert!(!wrote(&mediator("guild"), &mediator("council").actor()));
        assert!(wrote(&mediator("council"), &reviewer("council")));
        assert!(!wrote(&agent("shop"), &reviewer("council")));
    }

    #[test]
    fn the_operator_sees_the_operators_notes_and_no_others() {
        let operator = Principal::Operator { id: "o".to_owned() };
        assert!(wrote(&operator, &operator.actor()));
        assert!(!wrote(&operator, &agent("shop").actor()));
        assert!(!wrote(&operator, &reviewer("council")));
        assert!(!wrote(&operator, &Actor::Platform));
        assert!(!wrote(&agent("shop"), &operator.actor()));
    }

    #[test]
    fn a_look_up_is_its_organisations_own() {
        let consumer = Principal::Consumer { id: "c".to_owned() };
        let operator = Principal::Operator { id: "o".to_owned() };
        assert!(owns(&agent("shop"), Some("shop")) && owns(&operator, Some("shop")));
        assert!(!owns(&agent("rival"), Some("shop")));
        assert!(!owns(&consumer, Some("shop")) && !owns(&consumer, None));
    }
}
