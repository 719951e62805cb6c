//! A new card given back within days of paying (法释〔2025〕4号 art. 14).

use jiff::civil::Date;

use super::amount;
use crate::entitlements::pack::CoolingOff;
use crate::entitlements::{Given, Verdict, days_between};
use crate::facts::{Cause, Facts, Prepaid};
use crate::remedy::RemedyKind;
use crate::text::Text;

pub(in crate::entitlements) fn judge(terms: &CoolingOff, facts: &Facts, filed_on: Date) -> Verdict {
    let Some(card) = &facts.prepaid else {
        return Verdict::Silent;
    };
    let Some(concluded) = card.concluded_on else {
        return Verdict::Silent;
    };
    if card.known_service == Some(true) {
        return Verdict::Not(Text::new("entitlement-known-service"));
    }
    // The days count to the request; a contract that ended was asked to by then.
    let asked = facts.requested_on.or(card.ended_on).unwrap_or(filed_on);
    let passed = days_between(concluded, asked);
    let window = Text::new("entitlement-cooling-off")
        .arg("concluded", concluded.to_string())
        .arg("asked", asked.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed > i64::from(terms.window_days) {
        return Verdict::Not(window);
    }
    Verdict::Gives(give(terms, card, window))
}

/// The right holds whatever was consumed; its amount only where that is stated.
fn give(terms: &CoolingOff, card: &Prepaid, window: Text) -> Given {
    let mut arithmetic = vec![window];
    let amount = match amount::refund(card, Cause::Operator) {
        Ok(refund) => {
            arithmetic.extend(refund.arithmetic);
            Some(refund.amount)
        }
        Err(missing) => {
            arithmetic.push(missing.text());
            None
        }
    };
    if card.known_service.is_none() {
        arithmetic.push(Text::new("entitlement-taken-first-time"));
    }
    let given = Given::new(RemedyKind::Refund, amount, arithmetic);
    match card.unlimited {
        Some(_) => given.citing(&terms.unlimited_article),
        None => given,
    }
}
