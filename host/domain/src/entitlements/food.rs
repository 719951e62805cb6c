//! Unsafe food (Food Safety Law art. 148): a multiple of the price or of the
//! loss, whichever is more, and a least sum; not for a mere blemish of the label.

use super::pack::UnsafeFood;
use super::{Given, Verdict};
use crate::facts::Facts;
use crate::money::Fen;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &UnsafeFood, facts: &Facts) -> Verdict {
    let Some(food) = facts.food.as_ref().filter(|food| food.unsafe_alleged) else {
        return Verdict::Silent;
    };
    if food.label_blemish_only {
        return Verdict::Not(Text::new("entitlement-label-blemish"));
    }
    let Some(by_price) = facts
        .price
        .and_then(|price| price.times(terms.price_multiple))
    else {
        return Verdict::Silent;
    };
    let by_loss = facts
        .loss
        .and_then(|loss| loss.times(terms.loss_multiple))
        .unwrap_or(Fen::ZERO);
    let amount = by_price.max(by_loss).max(terms.minimum);
    let arithmetic = vec![
        Text::new("entitlement-food")
            .arg("price_multiple", terms.price_multiple)
            .arg("by_price", by_price.to_string())
            .arg("loss_multiple", terms.loss_multiple)
            .arg("by_loss", by_loss.to_string())
            .arg("minimum", terms.minimum.to_string())
            .arg("amount", amount.to_string()),
    ];
    Verdict::Gives(Given {
        remedy: RemedyKind::Compensation,
        amount: Some(amount),
        arithmetic,
    })
}
