use hejie_sdk::actions::MediatorAction;
use hejie_sdk::{Context, Event, mediate};
use serde_json::{Value, json};

use crate::PrepaidCard;

fn decide(facts: Value, event: Value) -> Vec<MediatorAction> {
    let context: Context = serde_json::from_value(json!({
        "contract": "1.0.0", "now": 0, "today": "2026-05-18", "settings": "{}", "memory": [],
        "dispute": {"number": "HJ-1", "version": 2, "category": "beauty-bathing",
            "problem": "contract", "received_on": "2026-05-18", "consumer": null,
            "respondent": null, "claim": null,
            "facts": {"statement": "退卡", "stated": facts.to_string()},
            "order": null, "evidence": [], "messages": [], "questions": [], "offers": []},
        "clocks": [], "entitlements": []
    }))
    .unwrap();
    let event: Event = serde_json::from_value(event).unwrap();
    mediate::<PrepaidCard>(context, event).0.into_parts().0
}

fn proposed(card: Value) -> u64 {
    let actions = decide(
        json!({ "prepaid": card }),
        json!({"MediationRequested": "Consumer"}),
    );
    match &actions[..] {
        [MediatorAction::Say(said), MediatorAction::Propose(propose)] => {
            assert!(said.body.zh.contains("经营者原因") && said.body.zh.contains("消费者原因"));
            propose.terms.money()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_stated_cause_decides_and_without_one_it_is_halfway() {
    let card = |cause: Value| {
        json!({"paid_fen": 100_000, "bonus_fen": 20_000, "consumed_list_fen": 60_000,
               "consumed_discount_fen": 60_000, "cause": cause})
    };
    assert_eq!(proposed(card(json!("operator"))), 50_000);
    assert_eq!(proposed(card(json!("consumer"))), 40_000);
    assert_eq!(proposed(card(Value::Null)), 45_000);
}

#[test]
fn with_bonus_credit_the_list_price_is_enough() {
    // 1000 − 600 × 1000 / 1200 yuan by the operator's cause, 1000 − 600 by hers.
    let card = |cause: &str| {
        json!({"paid_fen": 100_000, "bonus_fen": 20_000, "consumed_list_fen": 60_000,
               "cause": cause})
    };
    assert_eq!(proposed(card("operator")), 50_000);
    assert_eq!(proposed(card("consumer")), 40_000);
}

#[test]
fn a_card_without_limit_of_use_goes_by_time() {
    let unlimited = json!({"total_days": 365, "elapsed_days": 65});
    assert_eq!(
        proposed(json!({"paid_fen": 365_000, "unlimited": unlimited})),
        300_000
    );
}

#[test]
fn without_figures_it_asks_and_with_nothing_left_a_person_goes_on() {
    let asked = decide(json!({}), json!({"MediationRequested": "Consumer"}));
    assert!(matches!(&asked[..], [MediatorAction::Ask(_)]));
    let unstated = json!({"prepaid": {"paid_fen": 100_000, "consumed_list_fen": 60_000}});
    let asked = decide(unstated, json!({"MediationRequested": "Consumer"}));
    assert!(matches!(&asked[..], [MediatorAction::Ask(_)]));
    let spent = json!({"prepaid": {"paid_fen": 100, "consumed_list_fen": 500,
                       "consumed_discount_fen": 100, "cause": "consumer"}});
    let actions = decide(spent, json!({"MediationRequested": "Consumer"}));
    assert!(matches!(&actions[..], [MediatorAction::HandOver(_)]));
}
