mod damages;
mod delays;
mod packs;
mod prepaid;
mod returns;

use jiff::civil::{Date, date};
use serde_json::Value;

use super::*;
use crate::rules::RuleBook;

const FILED: Date = date(2026, 5, 18);

fn assessed(facts: Value) -> Assessment {
    assessed_on(facts, FILED)
}

fn assessed_on(facts: Value, day: Date) -> Assessment {
    let facts: Facts = serde_json::from_value(facts).unwrap();
    facts.check(day).unwrap();
    assess(
        &facts,
        day,
        RuleBook::builtin().unwrap().entitlement_packs(),
    )
}

/// The base with fields changed.
fn with(mut base: Value, changes: Value) -> Value {
    for (name, value) in changes.as_object().unwrap() {
        base[name] = value.clone();
    }
    base
}

/// Ids with amounts.
type Pairs<'a> = Vec<(&'a str, u64)>;

/// What is given: unconditional, then conditional.
fn given(assessment: &Assessment) -> (Pairs<'_>, Pairs<'_>) {
    (
        pairs(&assessment.unconditional),
        pairs(&assessment.conditional),
    )
}

fn pairs(entitlements: &[Entitlement]) -> Pairs<'_> {
    entitlements
        .iter()
        .map(|one| (one.id.as_str(), one.amount.map_or(0, Fen::get)))
        .collect()
}

fn ids(entitlements: &[Entitlement]) -> Vec<&str> {
    entitlements.iter().map(|one| one.id.as_str()).collect()
}

/// The entitlement with this id, in whichever list.
fn found<'a>(assessment: &'a Assessment, id: &str) -> &'a Entitlement {
    let mut all = assessment
        .unconditional
        .iter()
        .chain(&assessment.conditional);
    all.find(|one| one.id == id).unwrap()
}

/// Why the rule with this id gives nothing; `None` where it says nothing.
fn why_not<'a>(assessment: &'a Assessment, id: &str) -> Option<&'a str> {
    let mut all = assessment.not_given.iter();
    all.find(|one| one.id == id).map(|one| one.why.id.as_str())
}

fn says(entitlement: &Entitlement, line: &str) -> bool {
    entitlement.arithmetic.iter().any(|text| text.id == line)
}
