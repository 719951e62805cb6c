use hejie_sdk::actions::ReviewerAction;
use hejie_sdk::{Context, Event, Floor, Opinion, review};
use serde_json::{Value, json};

use crate::StatutoryFloor;

fn entitlement(id: &str, unconditional: bool, amount: Option<u64>) -> Value {
    json!({"id": id, "article": {"zh": "消法25", "en": "CPL 25"}, "unconditional": unconditional,
           "remedy": {"kind": "Refund", "amount": amount}, "summary": {"zh": "退款", "en": "Refund"}})
}

fn opinion(entitlements: Value, offered: u64) -> Opinion {
    let context: Context = serde_json::from_value(json!({
        "contract": "1.0.0", "now": 0, "today": "2026-05-18", "settings": "{}", "memory": [],
        "dispute": {"number": "HJ-1", "version": 2, "category": "clothing", "problem": "quality",
            "received_on": "2026-05-18", "consumer": null, "respondent": null, "facts": null,
            "claim": {"remedies": [{"kind": "Refund", "amount": offered}], "reason": "x"},
            "order": null, "evidence": [], "messages": [], "questions": [], "offers": []},
        "clocks": [], "entitlements": entitlements
    }))
    .unwrap();
    let event: Event = serde_json::from_value(json!({"OfferMade": {"seq": 3, "by": "Respondent",
        "terms": {"remedies": [{"kind": "Refund", "amount": offered}], "perform_by": null,
                  "conditions": []}}}))
    .unwrap();
    let (mut actions, reasons) = review::<StatutoryFloor>(context, event).into_parts();
    assert_eq!(reasons.len(), 1);
    match actions.remove(0) {
        ReviewerAction::Opine(opinion) => opinion,
        other => panic!("{other:?}"),
    }
}

#[test]
fn an_offer_below_the_unconditional_floor_is_told_with_the_difference() {
    let found = opinion(
        json!([entitlement("seven-day-return", true, Some(12_900))]),
        10_000,
    );
    assert_eq!(found.floor, Floor::NotMet);
    assert_eq!(found.findings[0].short_by, 2_900);
    assert!(found.summary.zh.contains("¥29.00"), "{}", found.summary.zh);
    let enough = opinion(
        json!([entitlement("seven-day-return", true, Some(12_900))]),
        12_900,
    );
    assert_eq!((enough.floor, enough.findings[0].short_by), (Floor::Met, 0));
}

#[test]
fn what_must_be_established_first_never_makes_a_floor() {
    let found = opinion(
        json!([entitlement("fraud-damages", false, Some(50_000))]),
        100,
    );
    assert_eq!(found.floor, Floor::NoneApplies);
    assert_eq!(found.findings[0].short_by, 0);
    assert!(!found.findings[0].unconditional);
    assert!(found.findings[0].explanation.en.contains("If established"));
}

#[test]
fn an_open_amount_is_unclear_and_not_zero() {
    let found = opinion(json!([entitlement("seven-day-return", true, None)]), 100);
    assert_eq!(found.floor, Floor::Unclear);
}
