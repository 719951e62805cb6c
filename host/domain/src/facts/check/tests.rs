use jiff::civil::date;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;

fn field_of(facts: Value) -> Option<&'static str> {
    let facts: Facts = serde_json::from_value(facts).unwrap();
    facts
        .check(date(2026, 5, 18))
        .err()
        .map(|fault| fault.field)
}

#[rstest]
#[case(json!({"received_on": "2026-05-18"}), None)]
#[case(json!({"received_on": "2026-05-19"}), Some("/received_on"))]
#[case(json!({"requested_on": "1999-01-01"}), Some("/requested_on"))]
#[case(json!({"returned_on": "2026-05-19"}), Some("/returned_on"))]
fn days_to_come_and_long_gone_are_refused(
    #[case] facts: Value,
    #[case] field: Option<&'static str>,
) {
    assert_eq!(field_of(facts), field);
}

#[rstest]
#[case(json!({"received_on": "2026-05-10", "returned_on": "2026-05-10"}), None)]
#[case(json!({"received_on": "2026-05-10", "returned_on": "2026-05-09"}), Some("/returned_on"))]
#[case(json!({"received_on": "2026-05-10", "requested_on": "2026-05-10"}), None)]
#[case(json!({"received_on": "2026-05-10", "requested_on": "2026-05-09"}), Some("/requested_on"))]
#[case(json!({"prepaid": {"paid_fen": 1, "concluded_on": "2026-05-10", "ended_on": "2026-05-10"}}), None)]
#[case(json!({"prepaid": {"paid_fen": 1, "concluded_on": "2026-05-10", "ended_on": "2026-05-09"}}),
    Some("/prepaid/ended_on"))]
#[case(json!({"requested_on": "2026-05-09", "prepaid": {"paid_fen": 1, "concluded_on": "2026-05-10"}}),
    Some("/requested_on"))]
fn what_follows_is_not_earlier(#[case] facts: Value, #[case] field: Option<&'static str>) {
    assert_eq!(field_of(facts), field);
}

#[rstest]
#[case(json!({"price_fen": 10_000_000_000_u64, "loss_fen": 10_000_000_000_u64}), None)]
#[case(json!({"price_fen": 10_000_000_001_u64}), Some("/price_fen"))]
#[case(json!({"loss_fen": 10_000_000_001_u64}), Some("/loss_fen"))]
#[case(json!({"prepaid": {"paid_fen": 10_000_000_001_u64}}), Some("/prepaid/paid_fen"))]
#[case(json!({"prepaid": {"paid_fen": 1, "bonus_fen": 10_000_000_001_u64}}), Some("/prepaid/bonus_fen"))]
fn more_than_a_hundred_million_yuan_is_no_consumers_statement(
    #[case] facts: Value,
    #[case] field: Option<&'static str>,
) {
    assert_eq!(field_of(facts), field);
}

#[rstest]
#[case(json!({"paid_fen": 0}), Some("/prepaid/paid_fen"))]
#[case(json!({"paid_fen": 100, "consumed_list_fen": 50, "consumed_discount_fen": 51}),
    Some("/prepaid/consumed_discount_fen"))]
#[case(json!({"paid_fen": 100, "consumed_discount_fen": 51}), None)]
#[case(json!({"paid_fen": 100, "unlimited": {"total_days": 30, "elapsed_days": 30}}), None)]
#[case(json!({"paid_fen": 100, "unlimited": {"total_days": 30, "elapsed_days": 31}}),
    Some("/prepaid/unlimited/elapsed_days"))]
#[case(json!({"paid_fen": 100, "unlimited": {"total_days": 0, "elapsed_days": 0}}),
    Some("/prepaid/unlimited/total_days"))]
fn a_cards_figures_agree(#[case] card: Value, #[case] field: Option<&'static str>) {
    assert_eq!(field_of(json!({ "prepaid": card })), field);
}

#[rstest]
#[case(json!({"label_blemish_only": true, "food": {}}), None)]
#[case(json!({"food": {"label_blemish_only": true}}), None)]
#[case(json!({"label_blemish_only": false, "food": {"label_blemish_only": true}}), Some("/label_blemish_only"))]
fn a_blemish_is_not_stated_and_denied_at_once(
    #[case] facts: Value,
    #[case] field: Option<&'static str>,
) {
    assert_eq!(field_of(facts), field);
}
