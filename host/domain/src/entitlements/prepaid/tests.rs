use proptest::prelude::*;
use rstest::rstest;
use serde_json::json;

use super::amount::refund;
use crate::facts::{Cause, Prepaid};
use crate::money::Fen;

fn card(paid: u64, bonus: u64, list: u64, discount: u64) -> Prepaid {
    serde_json::from_value(json!({"paid_fen": paid, "bonus_fen": bonus,
        "consumed_list_fen": list, "consumed_discount_fen": discount}))
    .unwrap()
}

/// By the operator's cause, then by the consumer's.
fn refunds(card: &Prepaid) -> (Fen, Fen) {
    let by = |cause| refund(card, cause).unwrap().amount;
    (by(Cause::Operator), by(Cause::Consumer))
}

#[rstest]
// No bonus: 3,000 paid, 1,000 list, 800 at the card's price.
#[case(card(300_000, 0, 100_000, 80_000), 220_000, 200_000)]
// 1,000 paid and 200 given: of 600 consumed 500 were own money.
#[case(card(100_000, 20_000, 60_000, 60_000), 50_000, 40_000)]
// More consumed at list price than was paid: nothing left by the consumer's cause.
#[case(card(100_000, 0, 150_000, 90_000), 10_000, 0)]
// All used up, bonus and all.
#[case(card(100_000, 20_000, 120_000, 120_000), 0, 0)]
fn a_card_is_refunded_by_whose_cause(
    #[case] card: Prepaid,
    #[case] operator: u64,
    #[case] consumer: u64,
) {
    let (by_operator, by_consumer) = refunds(&card);
    assert_eq!((by_operator.get(), by_consumer.get()), (operator, consumer));
}

proptest! {
    #[test]
    fn a_refund_lies_between_nothing_and_what_was_paid(
        paid in 1u64..10_000_000, bonus in 0u64..5_000_000, list in 0u64..20_000_000, off in 0u64..100,
    ) {
        let card = card(paid, bonus, list, list * (100 - off) / 100);
        let (by_operator, by_consumer) = refunds(&card);
        prop_assert!(by_operator <= card.paid);
        prop_assert!(by_consumer <= by_operator);
    }

    #[test]
    fn consuming_more_never_raises_a_refund(
        paid in 1u64..10_000_000, bonus in 0u64..5_000_000, used in 0u64..9_000_000, more in 0u64..1_000_000,
    ) {
        let less = refunds(&card(paid, bonus, used, used));
        let greater = refunds(&card(paid, bonus, used + more, used + more));
        prop_assert!(greater.0 <= less.0);
        prop_assert!(greater.1 <= less.1);
    }
}
