//! A dossier to be read by people: the whole of it, section by section, made of what the
//! sealed one has and of nothing else. That a file moved is told; what authorities say among
//! themselves then, urge it on or weigh it has no section; who reported is in no dossier.

mod course;
mod decided;
mod held;
mod words;

use std::collections::BTreeMap;

use hejie_documents::Document;
use hejie_domain::case::Case;
use hejie_domain::case::actor::Actor;
use hejie_domain::case::clocks::CaseClock;
use hejie_domain::case::complaint::Complaint;
use hejie_domain::case::document::{IssuedDocument, forms};
use hejie_domain::case::entries::{Evidence, Message, Offer, Opinion, Question};
use hejie_domain::case::filing::{Claim, Consumer, OrderReference, Respondent};
use hejie_domain::case::phase::{Closing, Confirmation};
use hejie_domain::case::representation::{ActConsent, JointComplaint, Mandate};
use hejie_domain::case::run::CaseRun;
use hejie_domain::case::state::Settlement;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::visit::Visit;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::RuleBook;
use jiff::Timestamp;
use jiff::civil::Date;
use serde::Deserialize;
use serde_json::{Value, json};

use super::parties::{agreement, asked_for};
use super::prefill::Desk;
use crate::dossier;
use words::{Words, minute, said, word};

/// A sealed dossier of this server (`schemas/json/dossier.schema.json`), as far as it is read.
#[derive(Deserialize)]
pub struct Dossier {
    made_at: Timestamp,
    number: CaseNumber,
    received_on: Date,
    parties: Parties,
    category: String,
    problem: String,
    claim: Claim,
    facts: Facts,
    evidence: Vec<Evidence>,
    negotiation: Negotiation,
    opinions: Vec<Opinion>,
    decisions: Vec<CaseRun>,
    clocks: Vec<CaseClock>,
    complaint: Complaint,
    #[serde(default)]
    documents: Vec<IssuedDocument>,
    #[serde(default)]
    ended: Ended,
    #[serde(default)]
    visits: Vec<Visit>,
    ledger: Ledger,
}

/// When it was decided and brought to an end, and how; dossiers before 1.3.0 do not say.
#[derive(Default, Deserialize)]
struct Ended {
    decided_at: Option<Timestamp>,
    mediation_ended_at: Option<Timestamp>,
    closed_at: Option<Timestamp>,
    closing: Option<Closing>,
    closed_by: Option<Actor>,
    /// Of a merger.
    reason: Option<String>,
}

#[derive(Deserialize)]
struct Parties {
    consumer: Consumer,
    respondent: Respondent,
    #[serde(default)]
    representation: Representation,
}

#[derive(Default, Deserialize)]
struct Representation {
    agent: Option<Mandate>,
    joint: Option<JointComplaint>,
    #[serde(default)]
    consents: Vec<ActConsent>,
}

#[derive(Deserialize)]
struct Facts {
    statement: String,
    order: Option<OrderReference>,
}

#[derive(Deserialize)]
struct Negotiation {
    messages: Vec<Message>,
    questions: Vec<Question>,
    offers: Vec<Offer>,
    settlement: Option<Settlement>,
    confirmation: Option<Confirmation>,
}

#[derive(Deserialize)]
struct Ledger {
    version: u64,
    head: Digest,
}

/// What the form says of a file as it is now.
pub fn whole(desk: &Desk<Case>) -> Result<BTreeMap<String, Value>, serde_json::Error> {
    let now = dossier::compose(desk.file, desk.base, desk.now);
    let read: Dossier = serde_json::from_value(now)?;
    Ok(read.values(desk.rules))
}

/// The form that says all of a sealed dossier, and the hash of what it was read from.
pub fn of_sealed(sealed: &str, rules: &RuleBook) -> Result<Document, serde_json::Error> {
    let read: Dossier = serde_json::from_str(sealed)?;
    let mut values = read.values(rules);
    let digest = Digest::of(sealed.as_bytes());
    values.insert("sealed".to_owned(), json!(digest));
    Ok(Document {
        form: forms::DOSSIER.to_owned(),
        number: read.number.to_string(),
        issued_on: civil_date(read.made_at),
        unit: Words { rules }.unit(&read.complaint.unit),
        values,
    })
}

impl Dossier {
    fn values(&self, rules: &RuleBook) -> BTreeMap<String, Value> {
        let words = Words { rules };
        let settled = self.negotiation.settlement.as_ref();
        let order = self.facts.order.as_ref();
        let values = [
            ("received_on", Some(json!(self.received_on))),
            ("registered_on", Some(json!(self.complaint.received_on))),
            ("authority", Some(json!(words.unit(&self.complaint.unit)))),
            ("category", Some(json!(words.category(&self.category)))),
            ("problem", Some(json!(words.problem(&self.problem)))),
            ("order", order.map(|it| json!(it.reference))),
            ("parties", Some(self.people(&words))),
            ("claim", Some(json!(asked_for(&self.claim)))),
            ("statement", Some(json!(self.facts.statement))),
            (
                "decided",
                Some(decided::all(&self.complaint, &self.ended, &words)),
            ),
            ("offers", Some(self.offers(&words))),
            ("agreed_on", settled.map(|it| json!(civil_date(it.at)))),
            (
                "performed_on",
                settled.and_then(|it| it.performed_on).map(|it| json!(it)),
            ),
            ("terms", settled.map(|it| json!(agreement(&it.terms)))),
            ("confirmation", self.confirmation()),
            ("timeline", Some(course::timeline(self, &words))),
            ("evidence", Some(held::evidence(&self.evidence))),
            ("clocks", Some(held::clocks(&self.clocks))),
            ("opinions", Some(held::opinions(&self.opinions, &words))),
            ("automated", Some(held::automated(&self.decisions, &words))),
            ("documents", Some(held::documents(&self.documents))),
            ("entries", Some(json!(self.ledger.version))),
            ("head", Some(json!(self.ledger.head))),
        ];
        let told = values.into_iter();
        told.filter_map(|(key, value)| Some((key.to_owned(), value?)))
            .collect()
    }

    /// All who are in it, with what identifies them or lets them act.
    fn people(&self, words: &Words) -> Value {
        let person = |role: &str, name: &str, phone: String, address: Option<&String>| {
            let role = said(&format!("dossier-party-{role}"));
            json!({"role": role, "name": name, "phone": phone,
                   "address": address.cloned().unwrap_or_default()})
        };
        let (consumer, respondent) = (&self.parties.consumer, &self.parties.respondent);
        let phone = consumer.phone.to_string();
        let mut rows = vec![person(
            "consumer",
            &consumer.name,
            phone,
            consumer.address.as_ref(),
        )];
        let joint = self.parties.representation.joint.iter();
        for other in joint.flat_map(|it| &it.others) {
            let (phone, address) = (other.phone.to_string(), Some(&other.address));
            rows.push(person("joint", &other.name, phone, address));
        }
        if let Some(agent) = &self.parties.representation.agent {
            let (phone, address) = (agent.phone.to_string(), agent.address.as_ref());
            let mut row = person("agent", &agent.name, phone, address);
            row["detail"] = json!(words.mandate(agent));
            rows.push(row);
        }
        let address = respondent.address.as_ref();
        let mut row = person("respondent", &respondent.name, String::new(), address);
        let code = respondent.credit_code.as_ref();
        row["detail"] = json!(code.map(ToString::to_string).unwrap_or_default());
        rows.push(row);
        Value::Array(rows)
    }

    fn offers(&self, words: &Words) -> Value {
        let offer = |offer: &Offer| {
            json!({"index": offer.seq, "at": minute(offer.at), "by": words.actor(&offer.by),
                   "terms": agreement(&offer.terms), "state": word("dossier-offer", &offer.state)})
        };
        self.negotiation.offers.iter().map(offer).collect()
    }

    fn confirmation(&self) -> Option<Value> {
        let confirmed = self.negotiation.confirmation?;
        Some(json!(word("dossier-confirmation", &confirmed)))
    }
}
