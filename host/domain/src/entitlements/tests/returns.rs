use rstest::rstest;
use serde_json::{Value, json};

use super::*;

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
#[case(json!({"nature": ["downloaded_media"]}), false)]
#[case(json!({"nature": ["opened_media_or_software"]}), false)]
#[case(json!({"nature": ["delivered_newspaper"]}), false)]
#[case(json!({"nature": ["opened_health_or_safety"]}), true)]
#[case(json!({"nature": ["opened_health_or_safety"], "exclusion_confirmed": true}), false)]
#[case(json!({"nature": ["quality_changes_once_opened"], "exclusion_confirmed": true}), false)]
#[case(json!({"nature": ["quality_changes_once_opened"]}), true)]
#[case(json!({"nature": ["unsuitable_by_nature"], "exclusion_confirmed": true}), false)]
#[case(json!({"nature": ["unsuitable_by_nature"], "exclusion_confirmed": false}), true)]
#[case(json!({"nature": ["value_lost_once_used"], "exclusion_confirmed": false}), true)]
#[case(json!({"exclusion_confirmed": true}), true)]
#[case(json!({"intact": false}), false)]
#[case(json!({"channel": "store"}), false)]
fn the_exceptions_of_the_seven_day_return(#[case] changes: Value, #[case] gives: bool) {
    let facts = json!({"channel": "online", "price_fen": 5_000, "received_on": "2026-05-15"});
    let assessment = assessed(with(facts, changes));
    assert_eq!(!assessment.unconditional.is_empty(), gives);
}

#[rstest]
#[case(json!({}), &["entitlement-taken-intact", "entitlement-taken-ordinary"])]
#[case(json!({"intact": true}), &["entitlement-taken-ordinary"])]
#[case(json!({"intact": true, "nature": ["near_expiry_or_flawed"]}), &["entitlement-taken-not-confirmed"])]
#[case(json!({"intact": true, "nature": ["near_expiry_or_flawed"], "exclusion_confirmed": false}), &[])]
fn what_a_return_takes_as_given_is_said(#[case] changes: Value, #[case] expected: &[&str]) {
    let facts = json!({"channel": "online", "price_fen": 5_000, "received_on": "2026-05-15"});
    let assessment = assessed(with(facts, changes));
    let lines = &found(&assessment, "seven-day-return").arithmetic;
    let taken: Vec<&str> = lines
        .iter()
        .map(|line| line.id.as_str())
        .filter(|id| id.starts_with("entitlement-taken"))
        .collect();
    assert_eq!(taken, expected);
}

#[test]
fn a_return_without_a_day_of_receipt_says_what_is_missing() {
    let assessment = assessed(json!({"channel": "online", "price_fen": 5_000}));
    assert!(assessment.unconditional.is_empty());
    assert_eq!(
        why_not(&assessment, "seven-day-return"),
        Some("entitlement-missing-received")
    );
}

#[test]
fn goods_that_are_back_were_asked_to_be() {
    let facts = json!({"channel": "online", "price_fen": 5_000, "received_on": "2026-05-01",
                       "returned_on": "2026-05-08"});
    let assessment = assessed(facts);
    let line = &found(&assessment, "seven-day-return").arithmetic[0];
    assert_eq!(line.args["asked"], "2026-05-08");
    assert_eq!(line.args["passed"], 7);
}

#[test]
fn non_conforming_goods_go_back_at_the_operators_cost_if_found_so() {
    let facts = json!({"channel": "store", "price_fen": 9_900, "received_on": "2026-05-12",
                       "non_conforming": true});
    let assessment = assessed(facts);
    let (unconditional, conditional) = given(&assessment);
    assert!(unconditional.is_empty(), "her word alone is no finding");
    assert_eq!(conditional, [("non-conforming-return", 9_900)]);
    let one = found(&assessment, "non-conforming-return");
    let condition = one.condition.as_ref().unwrap();
    assert!(condition.zh.contains("不符合质量要求") && condition.zh.contains("没有国家规定"));
    assert!(says(one, "entitlement-freight-operator"));
}
