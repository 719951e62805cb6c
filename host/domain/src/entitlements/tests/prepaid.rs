use rstest::rstest;
use serde_json::{Value, json};

use super::*;

#[test]
fn with_bonus_credit_consumption_counts_in_proportion_of_what_was_paid() {
    // 1000 − 600 × 1000 / 1200 yuan.
    let facts = json!({"prepaid": {"paid_fen": 100_000, "bonus_fen": 20_000,
                                   "consumed_list_fen": 60_000}});
    let assessment = assessed(facts);
    let one = found(&assessment, "prepaid-operator-cause");
    assert_eq!(one.amount.map(Fen::get), Some(50_000));
    assert_eq!(one.article.article, "15, 18, 20");
    assert!(
        one.condition
            .as_ref()
            .unwrap()
            .zh
            .contains("非因消费者原因")
    );
    let line = &one.arithmetic[0];
    assert_eq!(line.id, "entitlement-prepaid-bonus");
    assert_eq!(
        [&line.args["consumed"], &line.args["own"]],
        ["¥600.00", "¥500.00"]
    );
}

#[rstest]
#[case(json!({}), Some("entitlement-missing-consumed-discount"), Some("entitlement-missing-consumed-list"))]
#[case(json!({"consumed_list_fen": 100}), Some("entitlement-missing-consumed-discount"), None)]
#[case(json!({"consumed_list_fen": 100, "bonus_fen": 0}), Some("entitlement-missing-consumed-discount"), None)]
#[case(json!({"consumed_list_fen": 0}), None, None)]
#[case(json!({"consumed_list_fen": 100, "bonus_fen": 1}), None, None)]
#[case(json!({"consumed_discount_fen": 100}), None, Some("entitlement-missing-consumed-list"))]
fn a_missing_figure_is_named_and_never_counts_as_nothing(
    #[case] figures: Value,
    #[case] operator: Option<&str>,
    #[case] consumer: Option<&str>,
) {
    let card = with(json!({"paid_fen": 1_000}), figures);
    let assessment = assessed(json!({ "prepaid": card }));
    assert_eq!(why_not(&assessment, "prepaid-operator-cause"), operator);
    assert_eq!(why_not(&assessment, "prepaid-consumer-cause"), consumer);
    let given = usize::from(operator.is_none()) + usize::from(consumer.is_none());
    assert_eq!(assessment.conditional.len(), given);
}

#[test]
fn a_card_without_limit_of_use_is_refunded_by_the_term_left() {
    // 3,650 yuan for 365 days of which 65 have run: 300 days at 10 yuan.
    let facts = json!({"prepaid": {"paid_fen": 365_000,
                                   "unlimited": {"total_days": 365, "elapsed_days": 65}}});
    let assessment = assessed(facts);
    for id in ["prepaid-operator-cause", "prepaid-consumer-cause"] {
        let one = found(&assessment, id);
        assert_eq!(one.amount.map(Fen::get), Some(300_000));
        assert_eq!(one.article.article, "22");
        assert!(says(one, "entitlement-prepaid-unused-time"));
    }
}

#[rstest]
#[case(json!({"ended_on": "2026-05-08"}), true)]
#[case(json!({"ended_on": "2026-05-09"}), false)]
#[case(json!({"ended_on": "2026-05-08", "known_service": true}), false)]
// Without a day of its own the filing of 18 May counts.
#[case(json!({"concluded_on": "2026-05-11"}), true)]
#[case(json!({"concluded_on": "2026-05-10"}), false)]
fn a_new_card_may_be_given_back_within_seven_days(#[case] changes: Value, #[case] gives: bool) {
    let card = json!({"paid_fen": 200_000, "consumed_list_fen": 0, "concluded_on": "2026-05-01"});
    let assessment = assessed(json!({"prepaid": with(card, changes)}));
    let expected: &[(&str, u64)] = if gives {
        &[("prepaid-cooling-off", 200_000)]
    } else {
        &[]
    };
    assert_eq!(given(&assessment).0, expected);
}

#[test]
fn a_new_card_counts_to_the_day_she_asked() {
    let facts = json!({"requested_on": "2026-05-08",
                       "prepaid": {"paid_fen": 200_000, "concluded_on": "2026-05-01"}});
    let assessment = assessed(facts);
    let line = &found(&assessment, "prepaid-cooling-off").arithmetic[0];
    assert_eq!(line.args["asked"], "2026-05-08");
    assert_eq!(line.args["passed"], 7);
}

#[test]
fn a_new_card_with_consumption_unstated_comes_back_without_a_number() {
    let facts = json!({"prepaid": {"paid_fen": 200_000, "concluded_on": "2026-05-15"}});
    let assessment = assessed(facts);
    let one = found(&assessment, "prepaid-cooling-off");
    assert_eq!((one.amount, one.article.article.as_str()), (None, "14"));
    assert!(says(one, "entitlement-missing-consumed-discount"));
    assert!(says(one, "entitlement-taken-first-time"));
}

#[test]
fn a_new_card_without_limit_of_use_cites_the_calculation_by_time() {
    let facts = json!({"prepaid": {"paid_fen": 30_000, "concluded_on": "2026-05-15",
        "known_service": false, "unlimited": {"total_days": 30, "elapsed_days": 3}}});
    let assessment = assessed(facts);
    let one = found(&assessment, "prepaid-cooling-off");
    assert_eq!(one.amount.map(Fen::get), Some(27_000));
    assert_eq!(one.article.article, "14, 22");
    assert!(!says(one, "entitlement-taken-first-time"));
}

#[test]
fn the_interpretation_on_prepayment_speaks_from_its_day_on() {
    let facts = json!({"prepaid": {"paid_fen": 200_000, "consumed_list_fen": 0}});
    let before = assessed_on(facts.clone(), date(2025, 4, 30));
    let after = assessed_on(facts, date(2025, 5, 1));
    assert!(before.conditional.is_empty());
    assert_eq!(
        ids(&after.conditional),
        ["prepaid-operator-cause", "prepaid-consumer-cause"]
    );
}
