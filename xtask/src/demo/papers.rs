//! The official documents of the demo's complaints: issued and served, each to whom it is
//! for.

use anyhow::{Context, Result};
use hejie_tests::Client;
use serde_json::{Value, json};

/// The forms that the demo must have issued and served, with what the account says of them.
pub const FORMS: [(&str, &str); 4] = [
    ("complaint-acceptance", "told of its acceptance in writing"),
    (
        "complaint-refusal",
        "refused in writing, with the ground and the other routes",
    ),
    ("mediation-agreement", "agreed in a mediation record"),
    (
        "mediation-termination",
        "ended by a decision served on both sides",
    ),
];

/// What only the officer knows of a decision to accept.
pub fn contact() -> Value {
    json!({"contact": "周敏", "phone": "027-88930000"})
}

/// And of the shop that signs the record.
pub fn signatory() -> Value {
    json!({"legal_representative": "陈江汉", "respondent_phone": "02785550000"})
}

/// Issues a document to each of these sides and serves it on them.
pub async fn tell(
    officer: &Client,
    number: &str,
    form: &str,
    values: &Value,
    sides: &[&str],
) -> Result<()> {
    for side in sides {
        let order = json!({"form": form, "to": side, "values": values});
        officer.act(number, "documents", order).await?;
        let case = officer.case(number).await?;
        let issued = case["documents"].as_array().context("no documents")?.len();
        let service = format!("documents/{issued}/service");
        let served = json!({"to": side, "means": "letter", "note": null});
        officer.act(number, &service, served).await?;
    }
    Ok(())
}

/// What a complaint's documents say of its way.
pub fn ways_of(case: &Value) -> Vec<&'static str> {
    let all = case["documents"].as_array();
    let served = |form: &str| {
        let mut all = all.into_iter().flatten();
        all.any(|it| it["form"] == form && it["services"][0].is_object())
    };
    let told = FORMS.into_iter().filter(|(form, _)| served(form));
    told.map(|(_, way)| way).collect()
}
