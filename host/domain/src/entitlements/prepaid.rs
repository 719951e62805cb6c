//! Refund of a prepaid card (SPC interpretation 法释〔2025〕4号, art. 14-20, 22).
//!
//! By the operator's cause what was consumed counts at the card's own price, and
//! bonus credit counts in proportion of what was paid (art. 18); by the consumer's
//! at the list price (art. 19); never more than was prepaid (art. 20).

use super::pack::{PrepaidRefund, Window};
use super::{Given, Verdict, days_between};
use crate::facts::{Cause, Facts, Prepaid};
use crate::money::Fen;
use crate::remedy::RemedyKind;
use crate::text::Text;

/// The refund for each cause, side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refunds {
    pub by_operator: Fen,
    pub by_consumer: Fen,
}

/// Computes both refunds.
pub fn refunds(card: &Prepaid) -> Refunds {
    if let Some(unlimited) = card.unlimited {
        let left = unlimited.total_days.saturating_sub(unlimited.used_days);
        let by_time = card.paid.ratio(left.into(), unlimited.total_days.into());
        let refund = by_time.unwrap_or(Fen::ZERO);
        return Refunds {
            by_operator: refund,
            by_consumer: refund,
        };
    }
    let own_money = own_share(card);
    let by_operator = card.paid.saturating_sub(own_money);
    let by_consumer = card.paid.saturating_sub(card.consumed_list);
    Refunds {
        by_operator,
        by_consumer,
    }
}

/// What of the paid money the consumption used up: paid / (paid + bonus) of it.
fn own_share(card: &Prepaid) -> Fen {
    let total = card.paid.get() + card.bonus.get();
    card.consumed_discount
        .ratio(card.paid.get(), total)
        .unwrap_or(card.paid)
}

pub(super) fn judge_refund(terms: &PrepaidRefund, facts: &Facts) -> Verdict {
    let Some(card) = &facts.prepaid else {
        return Verdict::Silent;
    };
    let refunds = refunds(card);
    let (amount, consumed) = match terms.cause {
        Cause::Operator => (refunds.by_operator, card.consumed_discount),
        Cause::Consumer => (refunds.by_consumer, card.consumed_list),
    };
    let step = match card.unlimited {
        Some(unlimited) => Text::new("entitlement-prepaid-time")
            .arg("used", unlimited.used_days)
            .arg("total", unlimited.total_days),
        None => Text::new("entitlement-prepaid-consumed")
            .arg("consumed", consumed.to_string())
            .arg("bonus", card.bonus.to_string()),
    };
    let arithmetic = vec![
        step.arg("paid", card.paid.to_string())
            .arg("amount", amount.to_string()),
    ];
    Verdict::Gives(Given {
        remedy: RemedyKind::Refund,
        amount: Some(amount),
        arithmetic,
    })
}

pub(super) fn judge_cooling_off(terms: &Window, facts: &Facts) -> Verdict {
    let Some(card) = &facts.prepaid else {
        return Verdict::Silent;
    };
    let (Some(concluded), Some(ended)) = (card.concluded_on, card.ended_on) else {
        return Verdict::Silent;
    };
    if card.known_service {
        return Verdict::Not(Text::new("entitlement-known-service"));
    }
    let passed = days_between(concluded, ended);
    let window = Text::new("entitlement-cooling-off")
        .arg("concluded", concluded.to_string())
        .arg("ended", ended.to_string())
        .arg("passed", passed)
        .arg("window", terms.window_days);
    if passed > i64::from(terms.window_days) {
        return Verdict::Not(window);
    }
    let amount = Some(refunds(card).by_operator);
    Verdict::Gives(Given {
        remedy: RemedyKind::Refund,
        amount,
        arithmetic: vec![window],
    })
}
