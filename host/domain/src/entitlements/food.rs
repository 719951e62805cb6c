//! Unsafe food (Food Safety Law art. 148 para. 2): a multiple of the price or of
//! the loss, whichever is more, and a least sum; not for a mere blemish of the
//! label.

use super::pack::UnsafeFood;
use super::{Given, Verdict};
use crate::facts::Facts;
use crate::money::Fen;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &UnsafeFood, facts: &Facts) -> Verdict {
    if !facts.food.as_ref().is_some_and(|food| food.unsafe_alleged) {
        return Verdict::Silent;
    }
    if facts.is_label_blemish_only() {
        return Verdict::Not(Text::new("entitlement-label-blemish"));
    }
    match multiples(terms, facts) {
        Ok(multiples) => give(terms, &multiples),
        Err(why) => Verdict::Not(why),
    }
}

/// A multiple of what was stated, and its line of the arithmetic.
struct Multiple {
    product: Fen,
    line: Text,
}

/// The multiples of whichever of price and loss was stated; at least one.
fn multiples(terms: &UnsafeFood, facts: &Facts) -> Result<Vec<Multiple>, Text> {
    let stated = [
        ("entitlement-food-price", facts.price, terms.price_multiple),
        ("entitlement-food-loss", facts.loss, terms.loss_multiple),
    ];
    let mut found = Vec::new();
    for (line, base, multiple) in stated {
        let Some(base) = base else { continue };
        let Some(product) = base.times(multiple) else {
            return Err(Text::new("entitlement-out-of-range"));
        };
        let line = Text::new(line)
            .arg("base", base.to_string())
            .arg("multiple", multiple)
            .arg("product", product.to_string());
        found.push(Multiple { product, line });
    }
    if found.is_empty() {
        return Err(Text::new("entitlement-missing-price-and-loss"));
    }
    Ok(found)
}

fn give(terms: &UnsafeFood, multiples: &[Multiple]) -> Verdict {
    let amount = multiples
        .iter()
        .map(|multiple| multiple.product)
        .fold(terms.minimum, Fen::max);
    let mut arithmetic: Vec<Text> = multiples.iter().map(|one| one.line.clone()).collect();
    arithmetic.push(
        Text::new("entitlement-food")
            .arg("minimum", terms.minimum.to_string())
            .arg("amount", amount.to_string()),
    );
    Verdict::Gives(Given::new(
        RemedyKind::Compensation,
        Some(amount),
        arithmetic,
    ))
}
