//! A dossier that another authority hands over, read as a stranger's input: its form,
//! whom it is for, and of it as much as a complaint needs. The whole stays beside the
//! file, named by its digest.

use hejie_domain::case::Filing;
use hejie_domain::case::transfer::Origin;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::partner::{Partner, Taken};
use crate::body;
use crate::dossier;
use crate::members::without;
use crate::problem::Problem;

/// A dossier that is what it must be.
#[derive(Debug)]
pub struct Incoming {
    pub filing: Filing,
    pub origin: Origin,
    /// When it was made, by the other's clock.
    pub made_at: Option<Timestamp>,
    /// As it came: canonical JSON.
    pub body: String,
}

impl Incoming {
    /// The receipt of it, with the number that its file has here.
    pub fn taken(&self, number: &CaseNumber) -> Taken {
        Taken {
            number: number.to_string(),
            digest: self.origin.digest.clone(),
        }
    }
}

/// A dossier that was taken before: when it was made, and what it said.
pub fn taken(dossier: &str) -> Option<(Option<Timestamp>, Filing)> {
    let value: Value = serde_json::from_str(dossier).ok()?;
    Some((moment(&value), filing(&value).ok()?))
}

fn moment(dossier: &Value) -> Option<Timestamp> {
    dossier["made_at"].as_str()?.parse().ok()
}

/// As many pieces of evidence as a filing takes; the others stay in the dossier.
const MAX_EVIDENCE: usize = 30;

/// Reads a payload that `from` signed; `own` is the code of who is to have it.
pub fn read(payload: Vec<u8>, from: &Partner, own: &str) -> Result<Incoming, Problem> {
    let value: Value = body::parse(&payload).map_err(|problem| problem.all_within("/payload"))?;
    check_form(&value)?;
    check_way(&value["transfer"], from, own)?;
    let body = canonical(&value, payload)?;
    let origin = Origin {
        authority: from.code.clone(),
        name: from.name.clone(),
        number: text(&value["number"]),
        digest: Digest::of(body.as_bytes()),
        size: body.len() as u64,
    };
    Ok(Incoming {
        filing: filing(&value)?,
        origin,
        made_at: moment(&value),
        body,
    })
}

fn check_form(value: &Value) -> Result<(), Problem> {
    let fault = dossier::fault(value).map_err(|why| Problem::internal(&why))?;
    match fault {
        None => Ok(()),
        Some((place, why)) => {
            let text = Text::new("invalid-form").arg("detail", why);
            Err(Problem::invalid(format!("/payload{place}"), text))
        }
    }
}

/// It is for this server, and from who signed it: one that was for another is not
/// passed on.
fn check_way(transfer: &Value, from: &Partner, own: &str) -> Result<(), Problem> {
    let ways = [("from", from.code.as_str()), ("to", own)];
    for (member, wanted) in ways {
        if transfer[member] != wanted {
            let text = Text::new("invalid-other-way").arg("wanted", wanted);
            return Err(Problem::invalid(
                format!("/payload/transfer/{member}"),
                text,
            ));
        }
    }
    Ok(())
}

/// Only one text has the digest that both sides name.
fn canonical(value: &Value, payload: Vec<u8>) -> Result<String, Problem> {
    let canonical = serde_jcs::to_string(value).map_err(|fault| Problem::internal(&fault))?;
    match canonical.as_bytes() == payload {
        true => Ok(canonical),
        false => Err(Problem::invalid(
            "/payload",
            Text::new("invalid-not-canonical"),
        )),
    }
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

/// What a complaint needs (Order 121 art. 10), and no more of what the parties said.
fn filing(dossier: &Value) -> Result<Filing, Problem> {
    let mut respondent = dossier["parties"]["respondent"].clone();
    // An organisation there is none here.
    respondent
        .as_object_mut()
        .map(|it| it.remove("organisation"));
    let evidence = dossier["evidence"].as_array().into_iter().flatten();
    let evidence: Vec<Value> = evidence.take(MAX_EVIDENCE).map(reference).collect();
    let mut filing = json!({
        "consumer": dossier["parties"]["consumer"],
        "respondent": respondent,
        "category": dossier["category"],
        "problem": dossier["problem"],
        "claim": dossier["claim"],
        "statement": dossier["facts"]["statement"],
        "facts": dossier["facts"]["stated"],
        "evidence": evidence,
        "consents": dossier["consents"],
    });
    if !dossier["facts"]["order"].is_null() {
        filing["order"] = dossier["facts"]["order"].clone();
    }
    let representation = &dossier["parties"]["representation"];
    if !representation.is_null() {
        filing["representation"] = represented(representation);
    }
    let bytes = serde_json::to_vec(&filing).map_err(|fault| Problem::internal(&fault))?;
    body::parse(&bytes).map_err(in_dossier)
}

/// Who acts for whom. Accounts there are none here, and what was agreed to there was
/// agreed to for an act that is past.
fn represented(representation: &Value) -> Value {
    let mut here = representation.clone();
    without(&mut here, &["consents"]);
    if let Some(agent) = here.get_mut("agent") {
        without(agent, &["account"]);
    }
    let others = here
        .pointer_mut("/joint/others")
        .and_then(Value::as_array_mut);
    for other in others.into_iter().flatten() {
        without(other, &["account"]);
    }
    here
}

fn reference(evidence: &Value) -> Value {
    json!({
        "sha256": evidence["sha256"],
        "media_type": evidence["media_type"],
        "size": evidence["size"],
        "name": evidence["name"],
    })
}

/// The fields of a filing, where a dossier has them.
pub fn in_dossier(problem: Problem) -> Problem {
    problem
        .within(
            "/payload/parties",
            &["consumer", "respondent", "representation"],
        )
        .within("/payload/facts", &["statement", "order"])
        .within(
            "/payload",
            &[
                "category", "problem", "claim", "evidence", "number", "consents", "facts",
            ],
        )
}
