use proptest::prelude::*;
use rstest::rstest;
use serde_json::{Value, json};

use super::*;

fn sent_back(returned: &str) -> Value {
    json!({"channel": "online", "price_fen": 100, "received_on": "2026-04-30",
           "requested_on": "2026-05-01", "returned_on": returned})
}

#[rstest]
// 18 May less 7, 8, 15 and 16 days.
#[case("2026-05-11", &["seven-day-return"], &[])]
#[case("2026-05-10", &["seven-day-return", "refund-seven-days"], &[])]
#[case("2026-05-03", &["seven-day-return", "refund-seven-days"], &[])]
#[case("2026-05-02", &["seven-day-return", "refund-seven-days"], &["refund-deliberate-delay"])]
fn a_refund_is_late_after_seven_days_and_delayed_after_fifteen(
    #[case] returned: &str,
    #[case] unconditional: &[&str],
    #[case] conditional: &[&str],
) {
    let assessment = assessed(sent_back(returned));
    assert_eq!(ids(&assessment.unconditional), unconditional);
    assert_eq!(ids(&assessment.conditional), conditional);
}

#[rstest]
#[case(json!({"channel": "store"}), None)]
#[case(json!({"channel": null}), None)]
#[case(json!({"nature": ["custom_made"]}), Some("entitlement-goods-left-out"))]
#[case(json!({"nature": ["unsuitable_by_nature"], "exclusion_confirmed": true}),
    Some("entitlement-exclusion-confirmed"))]
#[case(json!({"intact": false}), Some("entitlement-not-intact"))]
#[case(json!({"received_on": "2026-04-20"}), Some("entitlement-window"))]
#[case(json!({"received_on": null}), Some("entitlement-missing-received"))]
fn only_a_return_that_is_due_has_a_late_refund(#[case] changes: Value, #[case] why: Option<&str>) {
    let assessment = assessed(with(sent_back("2026-05-02"), changes));
    assert_eq!(given(&assessment), (vec![], vec![]));
    assert_eq!(why_not(&assessment, "refund-seven-days"), why);
    assert_eq!(why_not(&assessment, "refund-deliberate-delay"), why);
}

#[test]
fn a_late_refund_says_what_its_return_takes_as_given() {
    let assessment = assessed(sent_back("2026-05-02"));
    let one = found(&assessment, "refund-seven-days");
    assert!(says(one, "entitlement-taken-intact"));
    assert_eq!(one.arithmetic[0].args["passed"], 16);
    let delay = found(&assessment, "refund-deliberate-delay");
    assert!(delay.condition.as_ref().unwrap().zh.contains("正当理由"));
    assert_eq!(delay.article.article, "9(4)");
}

#[rstest]
// 18 May less 15 and 16 days.
#[case(json!({"requested_on": "2026-05-03"}), false)]
#[case(json!({"requested_on": "2026-05-02"}), true)]
#[case(json!({"requested_on": "2026-05-02", "nature": ["custom_made"]}), false)]
#[case(json!({"requested_on": "2026-05-02", "returned_on": "2026-05-17"}), false)]
#[case(json!({"requested_on": "2026-05-02", "channel": "store"}), false)]
fn a_return_that_waits_over_fifteen_days_counts_as_delay(
    #[case] changes: Value,
    #[case] gives: bool,
) {
    let facts = json!({"channel": "online", "price_fen": 100, "received_on": "2026-04-30"});
    let assessment = assessed(with(facts, changes));
    let expected: &[(&str, u64)] = if gives {
        &[("return-deliberate-delay", 0)]
    } else {
        &[]
    };
    assert_eq!(given(&assessment).1, expected);
}

#[rstest]
#[case(json!({"requested_on": "2026-05-03"}), false)]
#[case(json!({"requested_on": "2026-05-02"}), true)]
#[case(json!({}), false)]
#[case(json!({"prepaid": {"paid_fen": 100, "refund_refused": true}}), true)]
#[case(json!({"prepaid": {"paid_fen": 100, "refund_refused": false}}), false)]
fn a_prepaid_refund_that_is_refused_or_waits_counts_as_delay(
    #[case] changes: Value,
    #[case] gives: bool,
) {
    let assessment = assessed(with(json!({"prepaid": {"paid_fen": 100}}), changes));
    let expected: &[(&str, u64)] = if gives {
        &[("prepaid-refund-deliberate-delay", 0)]
    } else {
        &[]
    };
    assert_eq!(given(&assessment), (vec![], expected.to_vec()));
}

fn day() -> impl Strategy<Value = Option<Date>> {
    proptest::option::of((1i64..40).prop_map(|back| {
        FILED
            .checked_sub(jiff::Span::new().days(back))
            .unwrap_or(FILED)
    }))
}

proptest! {
    #[test]
    fn no_answer_on_possible_facts_counts_days_backwards(
        received in day(), requested in day(), returned in day(), concluded in day(), ended in day(),
    ) {
        let facts: Facts = serde_json::from_value(json!({
            "channel": "online", "price_fen": 100, "non_conforming": true, "received_on": received,
            "requested_on": requested, "returned_on": returned,
            "prepaid": {"paid_fen": 100, "concluded_on": concluded, "ended_on": ended},
        })).unwrap();
        prop_assume!(facts.check(FILED).is_ok());
        let book = RuleBook::builtin().unwrap();
        let answer = serde_json::to_value(assess(&facts, FILED, book.entitlement_packs())).unwrap();
        prop_assert!(!answer.to_string().contains("\"passed\":-"), "{answer}");
    }
}
