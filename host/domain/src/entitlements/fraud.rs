//! Increased damages for fraud (Consumer Protection Law art. 55(1)) and for
//! known defects that injure (art. 55(2)). Both only if established.

use super::pack::Damages;
use super::{Given, Verdict};
use crate::facts::Facts;
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(super) fn judge(terms: &Damages, facts: &Facts) -> Verdict {
    if facts.fraud_alleged != Some(true) {
        return Verdict::Silent;
    }
    let Some(price) = facts.price else {
        return Verdict::Not(Text::new("entitlement-missing-price"));
    };
    let Some(product) = price.times(terms.multiple) else {
        return Verdict::Not(Text::new("entitlement-out-of-range"));
    };
    let amount = product.max(terms.minimum);
    let arithmetic = vec![
        Text::new("entitlement-multiple")
            .arg("base", price.to_string())
            .arg("multiple", terms.multiple)
            .arg("product", product.to_string())
            .arg("minimum", terms.minimum.to_string())
            .arg("amount", amount.to_string()),
    ];
    Verdict::Gives(Given::new(
        RemedyKind::Compensation,
        Some(amount),
        arithmetic,
    ))
}

pub(super) fn judge_injury(terms: &Damages, facts: &Facts) -> Verdict {
    if facts.injury_alleged != Some(true) {
        return Verdict::Silent;
    }
    let Some(loss) = facts.loss else {
        return Verdict::Not(Text::new("entitlement-missing-loss"));
    };
    let Some(amount) = loss.times(terms.multiple) else {
        return Verdict::Not(Text::new("entitlement-out-of-range"));
    };
    let arithmetic = vec![
        Text::new("entitlement-up-to")
            .arg("base", loss.to_string())
            .arg("multiple", terms.multiple)
            .arg("amount", amount.to_string()),
    ];
    Verdict::Gives(Given::new(
        RemedyKind::Compensation,
        Some(amount),
        arithmetic,
    ))
}
