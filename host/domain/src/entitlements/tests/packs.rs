use std::collections::BTreeSet;

use super::pack::{Delay, Exclusion};
use super::*;
use crate::rules::schema_of;

fn packs() -> Vec<EntitlementPack> {
    RuleBook::builtin().unwrap().entitlement_packs().to_vec()
}

/// The id of the other rule that this one speaks of.
fn other(rule: &Rule) -> Option<&str> {
    match &rule.kind {
        RuleKind::LateRefund(Delay { of, .. }) | RuleKind::LateReturn(Delay { of, .. }) => Some(of),
        RuleKind::BlemishExclusion(Exclusion { excludes }) => Some(excludes),
        _ => None,
    }
}

#[test]
fn a_rule_that_speaks_of_another_finds_it_on_every_day() {
    let packs = packs();
    for pack in &packs {
        let on = |day: Date| -> BTreeSet<String> {
            let in_force = packs.iter().filter(|pack| pack.is_in_force(day));
            in_force
                .flat_map(|pack| pack.rules.iter().map(|rule| rule.id.clone()))
                .collect()
        };
        let (first, later) = (on(pack.in_force_from), on(FILED));
        for id in pack.rules.iter().filter_map(other) {
            assert!(first.contains(id) && later.contains(id), "{id}");
        }
    }
}

#[test]
fn a_rule_has_one_version_on_a_day() {
    let packs = packs();
    for day in packs.iter().map(|pack| pack.in_force_from) {
        let mut seen = BTreeSet::new();
        let in_force = packs.iter().filter(|pack| pack.is_in_force(day));
        for rule in in_force.flat_map(|pack| &pack.rules) {
            assert!(seen.insert(&rule.id), "{} is there twice on {day}", rule.id);
        }
    }
}

#[test]
fn a_rule_that_rests_on_a_finding_cannot_be_written_without_its_condition() {
    let validator = jsonschema::validator_for(&schema_of("entitlement-pack").unwrap()).unwrap();
    let mut conditional = 0;
    for pack in packs() {
        for index in 0..pack.rules.len() {
            let mut bare = pack.clone();
            if bare.rules[index].condition.take().is_none() {
                continue;
            }
            conditional += 1;
            let is_late_refund = matches!(bare.rules[index].kind, RuleKind::LateRefund(_));
            // One law sets a condition for a late refund, and another none.
            let valid = validator.is_valid(&serde_json::to_value(&bare).unwrap());
            assert_eq!(valid, is_late_refund, "{}", bare.rules[index].id);
        }
    }
    assert_eq!(conditional, 10);
}
