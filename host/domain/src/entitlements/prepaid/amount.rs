//! What of a card's money comes back (法释〔2025〕4号 art. 15: what was prepaid less
//! the price of what was consumed).
//!
//! Not by the consumer's cause, what was consumed counts at the card's own price,
//! and with bonus credit in proportion of what was paid (art. 18); by hers at the
//! list price (art. 19); never more than was prepaid (art. 20). A card without
//! limit of use is refunded by what is left of its time (art. 22).

use crate::facts::{Cause, Prepaid, UnlimitedUse};
use crate::money::Fen;
use crate::text::Text;

/// A computed refund and the lines that led to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Refund {
    pub amount: Fen,
    pub arithmetic: Vec<Text>,
}

/// A figure that the calculation needs and nobody stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Missing {
    ConsumedList,
    ConsumedDiscount,
}

impl Missing {
    pub fn text(self) -> Text {
        Text::new(match self {
            Missing::ConsumedList => "entitlement-missing-consumed-list",
            Missing::ConsumedDiscount => "entitlement-missing-consumed-discount",
        })
    }
}

pub(super) fn refund(card: &Prepaid, cause: Cause) -> Result<Refund, Missing> {
    if let Some(term) = card.unlimited {
        return Ok(by_time(card, term));
    }
    match cause {
        Cause::Operator => at_own_price(card),
        Cause::Consumer => at_list_price(card),
    }
}

/// Art. 22: the term that is left, of the whole term, whoever is the cause.
fn by_time(card: &Prepaid, term: UnlimitedUse) -> Refund {
    let left = term.total_days.saturating_sub(term.elapsed_days);
    let by_time = card.paid.ratio(left.into(), term.total_days.into());
    let amount = by_time.unwrap_or(Fen::ZERO);
    let line = Text::new("entitlement-prepaid-time")
        .arg("elapsed", term.elapsed_days)
        .arg("total", term.total_days)
        .arg("left", left)
        .arg("paid", card.paid.to_string())
        .arg("amount", amount.to_string());
    Refund {
        amount,
        arithmetic: vec![line, Text::new("entitlement-prepaid-unused-time")],
    }
}

/// Art. 18.
fn at_own_price(card: &Prepaid) -> Result<Refund, Missing> {
    let consumed = consumed_at_own_price(card)?;
    let bonus = card.bonus.unwrap_or(Fen::ZERO);
    let total = card.paid.get() + bonus.get();
    let own = consumed.ratio(card.paid.get(), total).unwrap_or(card.paid);
    let mut refund = less(card.paid, own);
    if card.bonus.is_none() {
        refund
            .arithmetic
            .push(Text::new("entitlement-taken-no-bonus"));
    }
    if bonus > Fen::ZERO {
        let line = Text::new("entitlement-prepaid-bonus")
            .arg("consumed", consumed.to_string())
            .arg("paid", card.paid.to_string())
            .arg("bonus", bonus.to_string())
            .arg("own", own.to_string());
        refund.arithmetic.insert(0, line);
    }
    Ok(refund)
}

/// The price of what was consumed at which art. 18 counts it. Where there is bonus
/// credit and no price of the card's own was stated, bonus is the favour, and the
/// list price is what it is counted on (art. 18(2)).
fn consumed_at_own_price(card: &Prepaid) -> Result<Fen, Missing> {
    let has_bonus = card.bonus.is_some_and(|bonus| bonus > Fen::ZERO);
    match (card.consumed_discount, card.consumed_list) {
        (Some(discount), _) => Ok(discount),
        (None, Some(list)) if has_bonus || list == Fen::ZERO => Ok(list),
        (None, _) => Err(Missing::ConsumedDiscount),
    }
}

/// Art. 19 and 20.
fn at_list_price(card: &Prepaid) -> Result<Refund, Missing> {
    let consumed = card.consumed_list.ok_or(Missing::ConsumedList)?;
    Ok(less(card.paid, consumed))
}

fn less(paid: Fen, consumed: Fen) -> Refund {
    let amount = paid.saturating_sub(consumed);
    let line = Text::new("entitlement-prepaid-rest")
        .arg("paid", paid.to_string())
        .arg("consumed", consumed.to_string())
        .arg("amount", amount.to_string());
    Refund {
        amount,
        arithmetic: vec![line],
    }
}
