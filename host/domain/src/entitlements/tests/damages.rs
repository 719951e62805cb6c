use rstest::rstest;
use serde_json::{Value, json};

use super::*;

#[rstest]
#[case(10_000, 50_000)]
#[case(16_667, 50_001)]
#[case(16_666, 50_000)]
#[case(300_000, 900_000)]
#[case(10_000_000_000, 30_000_000_000)]
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
#[case(json!({"label_blemish_only": true}), false)]
#[case(json!({"food": {"label_blemish_only": true}}), false)]
#[case(json!({"label_blemish_only": false}), true)]
fn a_mere_blemish_of_the_label_is_no_fraud_since_july_2024(
    #[case] changes: Value,
    #[case] gives: bool,
) {
    let facts = with(json!({"price_fen": 10_000, "fraud_alleged": true}), changes);
    let before = assessed_on(facts.clone(), date(2024, 6, 30));
    assert_eq!(given(&before).1, [("fraud-damages", 50_000)]);
    let after = assessed_on(facts, date(2024, 7, 1));
    assert_eq!(!after.conditional.is_empty(), gives);
    let why = (!gives).then_some("entitlement-blemish-no-fraud");
    assert_eq!(why_not(&after, "fraud-damages"), why);
    for one in &after.not_given {
        assert_eq!(one.article.article, "49(1)");
        assert_eq!(one.article.law.zh, "消费者权益保护法实施条例");
    }
}

#[rstest]
// 30 yuan: 300, at least 1,000.
#[case(json!({"price_fen": 3_000}), Some(100_000))]
// 300 yuan: 3,000.
#[case(json!({"price_fen": 30_000}), Some(300_000))]
// 30 yuan and a loss of 500: 300 or 1,500.
#[case(json!({"price_fen": 3_000, "loss_fen": 50_000}), Some(150_000))]
// A loss of 800 alone: 2,400.
#[case(json!({"loss_fen": 80_000}), Some(240_000))]
// A loss of 100 alone: 300, at least 1,000.
#[case(json!({"loss_fen": 10_000}), Some(100_000))]
#[case(json!({"price_fen": 10_000_000_000_u64}), Some(100_000_000_000))]
#[case(json!({"price_fen": 3_000, "label_blemish_only": true}), None)]
#[case(json!({"price_fen": 3_000, "food": {"unsafe_alleged": true, "label_blemish_only": true}}), None)]
#[case(json!({}), None)]
fn unsafe_food_gives_ten_times_the_price_or_three_losses(
    #[case] changes: Value,
    #[case] sum: Option<u64>,
) {
    let assessment = assessed(with(json!({"food": {"unsafe_alleged": true}}), changes));
    let amounts: Vec<Option<u64>> = assessment
        .conditional
        .iter()
        .map(|one| one.amount.map(Fen::get))
        .collect();
    let expected: Vec<Option<u64>> = sum.map(Some).into_iter().collect();
    assert_eq!(amounts, expected);
    assert!(assessment.unconditional.is_empty());
    assert_eq!(assessment.not_given.is_empty(), sum.is_some());
}

#[rstest]
#[case(json!({"price_fen": 3_000}), &["entitlement-food-price", "entitlement-food"])]
#[case(json!({"loss_fen": 3_000}), &["entitlement-food-loss", "entitlement-food"])]
fn the_arithmetic_of_food_speaks_of_what_was_stated(
    #[case] changes: Value,
    #[case] expected: &[&str],
) {
    let assessment = assessed(with(json!({"food": {"unsafe_alleged": true}}), changes));
    let lines = &found(&assessment, "unsafe-food").arithmetic;
    let lines: Vec<&str> = lines.iter().map(|line| line.id.as_str()).collect();
    assert_eq!(lines, expected);
}

#[rstest]
#[case(date(2024, 8, 21), "cn-fsl-2015-10-01", false)]
#[case(date(2024, 8, 22), "cn-fsl-2024-08-22", true)]
fn reasonable_living_needs_limit_food_claims_since_august_2024(
    #[case] day: Date,
    #[case] pack: &str,
    #[case] limited: bool,
) {
    let facts = json!({"price_fen": 3_000, "food": {"unsafe_alleged": true}});
    let assessment = assessed_on(facts, day);
    assert_eq!(given(&assessment).1, [("unsafe-food", 100_000)]);
    let one = found(&assessment, "unsafe-food");
    assert_eq!(one.pack, pack);
    let condition = one.condition.as_ref().unwrap();
    assert_eq!(condition.zh.contains("合理生活消费需要"), limited);
    assert_eq!(condition.en.contains("reasonable living needs"), limited);
}

#[test]
fn injury_gives_up_to_twice_the_loss() {
    let assessment = assessed(json!({"injury_alleged": true, "loss_fen": 80_000}));
    assert_eq!(given(&assessment).1, [("injury-damages", 160_000)]);
}

#[rstest]
#[case(json!({"fraud_alleged": true}), "fraud-damages", "entitlement-missing-price")]
#[case(json!({"injury_alleged": true}), "injury-damages", "entitlement-missing-loss")]
#[case(json!({"food": {"unsafe_alleged": true}}), "unsafe-food", "entitlement-missing-price-and-loss")]
fn damages_without_a_figure_say_which_is_missing(
    #[case] facts: Value,
    #[case] id: &str,
    #[case] why: &str,
) {
    assert_eq!(why_not(&assessed(facts), id), Some(why));
}

#[test]
fn a_multiple_beyond_all_amounts_is_said_and_not_left_out() {
    let facts: Facts = serde_json::from_value(json!({"price_fen": Fen::MAX.get(),
        "loss_fen": Fen::MAX.get(), "fraud_alleged": true, "injury_alleged": true,
        "food": {"unsafe_alleged": true}}))
    .unwrap();
    let book = RuleBook::builtin().unwrap();
    let assessment = assess(&facts, FILED, book.entitlement_packs());
    for id in ["fraud-damages", "injury-damages", "unsafe-food"] {
        assert_eq!(why_not(&assessment, id), Some("entitlement-out-of-range"));
    }
}
