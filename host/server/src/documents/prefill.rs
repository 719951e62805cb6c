//! What the file already says, field by field of a form: nothing is typed twice.

use std::collections::BTreeMap;

use hejie_documents::Form;
use hejie_domain::case::actor::Side;
use hejie_domain::case::complaint::{Complaint, ComplaintDecision};
use hejie_domain::case::document::forms;
use hejie_domain::case::mediation::{Ending, Means, Mode, Session};
use hejie_domain::case::moves::MoveKind;
use hejie_domain::case::representation::Mandate;
use hejie_domain::case::state::Settlement;
use hejie_domain::case::terms::total;
use hejie_domain::case::time::{civil_date, shanghai};
use hejie_domain::case::{Actor, Case};
use hejie_domain::text::Text;
use hejie_domain::units::{Unit, Units};
use jiff::Timestamp;
use serde_json::{Value, json};

use super::parties::{agreement, chinese, complainants, request, signer, subject};

/// Who fills in a document, and of what.
pub struct Desk<'a> {
    pub case: &'a Case,
    pub complaint: &'a Complaint,
    pub unit: &'a Unit,
    pub units: &'a Units,
    pub officer: &'a Actor,
    /// The side it is addressed to.
    pub to: Side,
}

/// All that is known; fields that are not in the map are the officer's.
pub fn values(form: &Form, desk: &Desk) -> BTreeMap<String, Value> {
    let known = |key: &str| value(&form.id, key, desk);
    let fields = form.fields.iter();
    fields
        .filter_map(|field| Some((field.key.clone(), known(&field.key)?)))
        .collect()
}

fn value(form: &str, key: &str, desk: &Desk) -> Option<Value> {
    party(key, desk)
        .or_else(|| of_the_file(form, key, desk))
        .or_else(|| match form {
            forms::REFUSAL => refusal(key, desk),
            forms::TERMINATION => termination(key, desk),
            forms::MEDIATION_NOTICE => session(key, desk),
            forms::DISPATCH_NOTICE => dispatch(key, desk),
            forms::MEDIATION_AGREEMENT | forms::SETTLEMENT_AGREEMENT => settlement(key, desk),
            forms::DOSSIER_COVER => cover(key, desk),
            forms::SERVICE_RECORD => service(key, desk),
            forms::IDENTITY_NOTICE => material(key, desk),
            _ => None,
        })
}

/// The two sides; a respondent's telephone is not in a file.
fn party(key: &str, desk: &Desk) -> Option<Value> {
    let filing = &desk.case.filing;
    let tick = |yes: bool| Some(json!(if yes { "yes" } else { "no" }));
    match key {
        "complainant_name" | "complainant" | "filer" | "recipient" => {
            Some(json!(complainants(desk.case)))
        }
        "complainant_agent" => agent(desk).map(|it| json!(it.name)),
        "complainant_agent_phone" => agent(desk).map(|it| json!(it.phone)),
        "complainant_phone" | "recipient_phone" => Some(json!(filing.consumer.phone)),
        "complainant_address" | "recipient_address" => {
            filing.consumer.address.as_ref().map(|it| json!(it))
        }
        "respondent_name" | "respondent" => Some(json!(filing.respondent.name)),
        "respondent_address" | "premises" => filing.respondent.address.as_ref().map(|it| json!(it)),
        "may_publish" => tick(filing.consents.publication),
        "may_delegate" => tick(filing.consents.delegated_mediation),
        _ => None,
    }
}

fn agent<'a>(desk: &'a Desk) -> Option<&'a Mandate> {
    desk.case.representation()?.agent.as_ref()
}

fn of_the_file(form: &str, key: &str, desk: &Desk) -> Option<Value> {
    let (case, complaint) = (desk.case, desk.complaint);
    match key {
        "addressee" if form != forms::DISPATCH_NOTICE => Some(json!(match desk.to {
            Side::Respondent => case.filing.respondent.name.clone(),
            _ => complainants(case),
        })),
        "subject" | "case_subject" => Some(json!(subject(case))),
        "received_on" | "registered_on" | "filed_on" => Some(json!(complaint.received_on)),
        "facts" | "dispute" => Some(json!(case.filing.statement)),
        "request" | "claim" => Some(json!(request(case))),
        "amount" if form == forms::REGISTRATION => Some(json!(total(&case.filing.claim.remedies))),
        "officer" | "handler" | "server" => name(desk.officer),
        _ => None,
    }
}

fn name(officer: &Actor) -> Option<Value> {
    match officer {
        Actor::Officer { name, .. } => Some(json!(name)),
        _ => None,
    }
}

fn refusal(key: &str, desk: &Desk) -> Option<Value> {
    let Some(ComplaintDecision::Refused { ground, reason, .. }) = &desk.complaint.decision else {
        return None;
    };
    match key {
        "ground" => Some(json!(ground)),
        "reason" => Some(json!(reason)),
        _ => None,
    }
}

fn termination(key: &str, desk: &Desk) -> Option<Value> {
    let mediation = desk.complaint.mediation.as_ref()?;
    let Some(Ending::Terminated { ground, reason, .. }) = &mediation.ending else {
        return None;
    };
    match key {
        "ground" => Some(json!(ground)),
        "reason" => reason.as_ref().map(|reason| json!(reason)),
        _ => None,
    }
}

/// The mediation that was set last.
fn session(key: &str, desk: &Desk) -> Option<Value> {
    let Session {
        at,
        mode,
        place,
        mediator,
        ..
    } = desk.complaint.mediation.as_ref()?.sessions.last()?;
    match key {
        "held_at" => Some(json!(to_the_minute(*at))),
        "means" => Some(json!(match mode {
            Mode::OnSite => "on-site",
            Mode::Phone => "telephone",
            Mode::Internet | Mode::Audio | Mode::Video => "online",
        })),
        "place" => place.as_ref().map(|place| json!(place)),
        "mediator" => Some(json!(mediator)),
        _ => None,
    }
}

fn dispatch(key: &str, desk: &Desk) -> Option<Value> {
    let mut moves = desk.complaint.moves.iter().rev();
    let sent = moves.find(|it| it.why == MoveKind::Dispatched)?;
    match key {
        "addressee" => desk.units.get(&sent.to).map(|unit| json!(unit.name)),
        "track" => Some(json!("complaint")),
        "report_back_by" => sent.report_by.map(|day| json!(day)),
        "reason" => Some(json!(sent.note)),
        _ => None,
    }
}

fn settlement(key: &str, desk: &Desk) -> Option<Value> {
    let Settlement { terms, at, .. } = desk.case.settlement.as_ref()?;
    let signed = |name: &str| {
        let text = Text::new("document-signed").arg("name", name);
        Some(json!(chinese(&text)))
    };
    match key {
        "agreement" | "terms" => Some(json!(agreement(terms))),
        "amount" => Some(json!(terms.money())),
        "perform_by" => terms.perform_by.map(|day| json!(day)),
        "complainant_signed" => signed(&signer(desk.case)),
        "respondent_signed" => signed(&desk.case.filing.respondent.name),
        "complainant_signed_on" | "respondent_signed_on" => Some(json!(civil_date(*at))),
        "mediator" => name(desk.officer),
        _ => None,
    }
}

fn cover(key: &str, desk: &Desk) -> Option<Value> {
    match key {
        "manifest" => Some(Value::Array(manifest(desk))),
        _ => None,
    }
}

/// Every document and every piece of evidence, in the order of the file.
fn manifest(desk: &Desk) -> Vec<Value> {
    let title = |form: &str| {
        let name = format!("form-{form}");
        chinese(&Text::new(name))
    };
    let documents = desk.case.documents.iter().map(|it| {
        json!({"title": title(&it.form), "number": it.number, "made_on": it.issued_on,
               "digest": it.content.pdf.to_string()})
    });
    let evidence = desk.case.evidence.iter().map(|it| {
        json!({"title": it.reference.name, "made_on": civil_date(it.at),
               "digest": it.reference.sha256.to_string()})
    });
    let mut rows: Vec<Value> = documents.chain(evidence).collect();
    for (index, row) in rows.iter_mut().enumerate() {
        row["index"] = json!(index + 1);
    }
    rows
}

fn service(key: &str, desk: &Desk) -> Option<Value> {
    let title = |form: &str| chinese(&Text::new(format!("form-{form}")));
    match key {
        "services" => {
            let documents = desk.case.documents.iter();
            let rows = documents.flat_map(|document| {
                let title = title(&document.form);
                document.services.iter().map(move |service| {
                    json!({"document": title, "document_number": document.number,
                           "served_at": to_the_minute(service.at), "means": means(service.means),
                           "outcome": "delivered"})
                })
            });
            Some(Value::Array(rows.collect()))
        }
        _ => None,
    }
}

fn means(means: Means) -> &'static str {
    match means {
        Means::Platform | Means::Internet => "internet",
        Means::Phone => "telephone",
        Means::Sms => "sms",
        Means::Email => "e-mail",
        Means::Letter => "letter",
        Means::InPerson => "in-person",
    }
}

fn material(key: &str, desk: &Desk) -> Option<Value> {
    let request = desk.complaint.material.as_ref()?;
    match key {
        "due_on" => Some(json!(request.due)),
        "materials" => Some(json!(["other"])),
        "other_material" => Some(json!(request.items.join("\n"))),
        _ => None,
    }
}

/// `2026-05-18T14:30` in Shanghai.
fn to_the_minute(at: Timestamp) -> String {
    at.to_zoned_datetime(shanghai())
        .strftime("%Y-%m-%dT%H:%M")
        .to_string()
}
