use jiff::civil::{Date, date};
use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::facts::Prepaid;
use crate::rules::RuleBook;

const FILED: Date = date(2026, 5, 18);

fn assessed(facts: Value) -> Assessment {
    assessed_on(facts, FILED)
}

fn assessed_on(facts: Value, day: Date) -> Assessment {
    let facts: Facts = serde_json::from_value(facts).unwrap();
    assess(
        &facts,
        day,
        RuleBook::builtin().unwrap().entitlement_packs(),
    )
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

#[rstest]
#[case("2026-05-11", true)]
#[case("2026-05-10", false)]
fn a_distance_purchase_goes_back_within_seven_days(#[case] received: &str, #[case] in_time: bool) {
    let assessment =
        assessed(json!({"channel": "online", "price_fen": 12_900, "received_on": received}));
    let (unconditional, conditional) = given(&assessment);
    let expected: &[(&str, u64)] = if in_time {
        &[("seven-day-return", 12_900)]
    } else {
        &[]
    };
    assert_eq!(unconditional, expected);
    assert!(conditional.is_empty());
    assert_eq!(assessment.not_given.len(), usize::from(!in_time));
}

#[rstest]
#[case(json!({"nature": ["custom_made"]}), false)]
#[case(json!({"nature": ["fresh_or_perishable"]}), false)]
#[case(json!({"nature": ["opened_media_or_software"]}), false)]
#[case(json!({"nature": ["delivered_newspaper"]}), false)]
#[case(json!({"nature": ["opened_health_or_safety"]}), true)]
#[case(json!({"nature": ["opened_health_or_safety"], "exclusion_confirmed": true}), false)]
#[case(json!({"nature": ["value_lost_once_used"], "exclusion_confirmed": false}), true)]
#[case(json!({"exclusion_confirmed": true}), true)]
#[case(json!({"intact": false}), false)]
#[case(json!({"channel": "store"}), false)]
fn the_exceptions_of_the_seven_day_return(#[case] changes: Value, #[case] gives: bool) {
    let mut facts = json!({"channel": "online", "price_fen": 5_000, "received_on": "2026-05-15"});
    for (name, value) in changes.as_object().unwrap() {
        facts[name] = value.clone();
    }
    assert_eq!(!assessed(facts).unconditional.is_empty(), gives);
}

#[rstest]
#[case(10_000, 50_000)]
#[case(16_667, 50_001)]
#[case(16_666, 50_000)]
#[case(300_000, 900_000)]
fn fraud_gives_three_times_the_price_and_at_least_500_yuan(#[case] price: u64, #[case] sum: u64) {
    let assessment = assessed(json!({"price_fen": price, "fraud_alleged": true}));
    let (unconditional, conditional) = given(&assessment);
    assert!(
        unconditional.is_empty(),
        "damages for fraud are never unconditional"
    );
    assert_eq!(conditional, [("fraud-damages", sum)]);
    assert!(assessment.conditional[0].condition.is_some());
    assert_eq!(assessment.conditional[0].article.article, "55(1)");
}

#[rstest]
#[case(json!({"price_fen": 3_000}), Some(100_000))]
#[case(json!({"price_fen": 30_000}), Some(300_000))]
#[case(json!({"price_fen": 3_000, "loss_fen": 50_000}), Some(150_000))]
#[case(json!({"price_fen": 3_000, "blemish": true}), None)]
fn unsafe_food_gives_ten_times_or_three_losses(#[case] case: Value, #[case] sum: Option<u64>) {
    let mut facts = json!({"price_fen": case["price_fen"],
        "food": {"unsafe_alleged": true, "label_blemish_only": case["blemish"] == true}});
    if !case["loss_fen"].is_null() {
        facts["loss_fen"] = case["loss_fen"].clone();
    }
    let assessment = assessed(facts);
    let found = assessment
        .conditional
        .iter()
        .find(|one| one.id == "unsafe-food");
    assert_eq!(found.and_then(|one| one.amount).map(Fen::get), sum);
    assert!(assessment.unconditional.is_empty());
}

#[test]
fn injury_gives_up_to_twice_the_loss() {
    let assessment = assessed(json!({"injury_alleged": true, "loss_fen": 80_000}));
    assert_eq!(given(&assessment).1, [("injury-damages", 160_000)]);
}

#[test]
fn non_conforming_goods_go_back_at_the_operators_cost() {
    let facts = json!({"channel": "store", "price_fen": 9_900, "received_on": "2026-05-12",
                       "non_conforming": true});
    let assessment = assessed(facts);
    assert_eq!(given(&assessment).0, [("non-conforming-return", 9_900)]);
    assert!(
        assessment.unconditional[0]
            .arithmetic
            .iter()
            .any(|line| line.id == "entitlement-freight-operator")
    );
}

#[rstest]
#[case("2026-05-11", &[])]
#[case("2026-05-10", &["refund-seven-days"])]
#[case("2026-05-02", &["refund-seven-days", "refund-deliberate-delay"])]
fn a_refund_is_late_after_seven_days_and_delayed_after_fifteen(
    #[case] returned: &str,
    #[case] expected: &[&str],
) {
    let assessment = assessed(json!({"price_fen": 100, "returned_on": returned}));
    let all = assessment
        .unconditional
        .iter()
        .chain(&assessment.conditional);
    let ids: Vec<&str> = all.map(|one| one.id.as_str()).collect();
    assert_eq!(ids, expected);
}

fn card(paid: u64, bonus: u64, list: u64, discount: u64) -> Prepaid {
    serde_json::from_value(json!({"paid_fen": paid, "bonus_fen": bonus,
        "consumed_list_fen": list, "consumed_discount_fen": discount}))
    .unwrap()
}

#[rstest]
// No bonus: 3,000 paid, 1,000 list, 800 at the card's price.
#[case(card(300_000, 0, 100_000, 80_000), 220_000, 200_000)]
// 1,000 paid and 200 given: of 600 consumed 500 were own money.
#[case(card(100_000, 20_000, 60_000, 60_000), 50_000, 40_000)]
// More consumed at list price than was paid: nothing left by the consumer's cause.
#[case(card(100_000, 0, 150_000, 90_000), 10_000, 0)]
fn a_card_is_refunded_by_whose_cause(
    #[case] card: Prepaid,
    #[case] operator: u64,
    #[case] consumer: u64,
) {
    let refunds = refunds(&card);
    assert_eq!(
        (refunds.by_operator.get(), refunds.by_consumer.get()),
        (operator, consumer)
    );
}

#[test]
fn a_card_without_limit_of_use_is_refunded_by_time() {
    let facts = json!({"prepaid": {"paid_fen": 365_000, "unlimited": {"total_days": 365, "used_days": 65}}});
    let assessment = assessed(facts);
    let refund = assessment
        .conditional
        .iter()
        .find(|one| one.id == "prepaid-operator-cause")
        .unwrap();
    assert_eq!(refund.amount.map(Fen::get), Some(300_000));
}

#[rstest]
#[case("2026-05-08", false, true)]
#[case("2026-05-09", false, false)]
#[case("2026-05-08", true, false)]
fn a_new_card_may_be_given_back_within_seven_days(
    #[case] ended: &str,
    #[case] known: bool,
    #[case] gives: bool,
) {
    let facts = json!({"prepaid": {"paid_fen": 200_000, "concluded_on": "2026-05-01",
                                   "ended_on": ended, "known_service": known}});
    let found = assessed(facts)
        .unconditional
        .iter()
        .any(|one| one.id == "prepaid-cooling-off");
    assert_eq!(found, gives);
}

#[test]
fn the_interpretation_on_prepayment_speaks_from_its_day_on() {
    let facts = json!({"prepaid": {"paid_fen": 200_000}});
    let before = assessed_on(facts.clone(), date(2025, 4, 30));
    let after = assessed_on(facts, date(2025, 5, 1));
    assert!(
        given(&before)
            .1
            .iter()
            .all(|(id, _)| !id.starts_with("prepaid"))
    );
    assert_eq!(given(&after).1.len(), 2);
}

proptest! {
    #[test]
    fn a_refund_lies_between_nothing_and_what_was_paid(
        paid in 1u64..10_000_000, bonus in 0u64..5_000_000, list in 0u64..20_000_000, off in 0u64..100,
    ) {
        let card = card(paid, bonus, list, list * (100 - off) / 100);
        let refunds = refunds(&card);
        prop_assert!(refunds.by_operator <= card.paid);
        prop_assert!(refunds.by_consumer <= refunds.by_operator);
    }

    #[test]
    fn consuming_more_never_raises_a_refund(
        paid in 1u64..10_000_000, bonus in 0u64..5_000_000, used in 0u64..9_000_000, more in 0u64..1_000_000,
    ) {
        let less = refunds(&card(paid, bonus, used, used));
        let greater = refunds(&card(paid, bonus, used + more, used + more));
        prop_assert!(greater.by_operator <= less.by_operator);
        prop_assert!(greater.by_consumer <= less.by_consumer);
    }
}
