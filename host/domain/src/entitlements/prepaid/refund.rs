//! Refund of a prepaid card when its contract ends (法释〔2025〕4号 art. 15, 18-20, 22).

use super::amount;
use crate::entitlements::pack::PrepaidRefund;
use crate::entitlements::{Given, Verdict};
use crate::facts::Facts;
use crate::remedy::RemedyKind;

pub(in crate::entitlements) fn judge(terms: &PrepaidRefund, facts: &Facts) -> Verdict {
    let Some(card) = &facts.prepaid else {
        return Verdict::Silent;
    };
    let refund = match amount::refund(card, terms.cause) {
        Ok(refund) => refund,
        Err(missing) => return Verdict::Not(missing.text()),
    };
    let given = Given::new(RemedyKind::Refund, Some(refund.amount), refund.arithmetic);
    Verdict::Gives(match card.unlimited {
        Some(_) => given.citing(&terms.unlimited_article),
        None => given,
    })
}
