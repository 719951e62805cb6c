//! The arithmetic of 法释〔2025〕4号, art. 15 and 18-20, 22.

use hejie_sdk::{Text, format_fen, ratio, text};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Operator,
    Consumer,
}

/// The card as the consumer stated it, amounts in fen.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Card {
    pub paid_fen: u64,
    #[serde(default)]
    pub bonus_fen: u64,
    #[serde(default)]
    pub consumed_list_fen: u64,
    #[serde(default)]
    pub consumed_discount_fen: u64,
    #[serde(default)]
    pub cause: Option<Cause>,
    #[serde(default)]
    pub unlimited: Option<Unlimited>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Unlimited {
    pub total_days: u64,
    pub used_days: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refunds {
    pub by_operator: u64,
    pub by_consumer: u64,
}

impl Card {
    /// Both refunds; `None` where the figures do not allow one.
    pub fn refunds(&self) -> Option<Refunds> {
        if let Some(card) = self.unlimited {
            // Art. 22: by time, whoever is the cause.
            let left = card.total_days.saturating_sub(card.used_days);
            let refund = ratio(self.paid_fen, left, card.total_days)?;
            return Some(Refunds {
                by_operator: refund,
                by_consumer: refund,
            });
        }
        // Art. 18: with bonus credit, consumption uses own money in proportion.
        let total = self.paid_fen.checked_add(self.bonus_fen)?;
        let own = ratio(self.consumed_discount_fen, self.paid_fen, total)?;
        Some(Refunds {
            by_operator: self.paid_fen.saturating_sub(own),
            by_consumer: self.paid_fen.saturating_sub(self.consumed_list_fen),
        })
    }

    pub fn facts(&self) -> [Text; 2] {
        let (paid, bonus) = (format_fen(self.paid_fen), format_fen(self.bonus_fen));
        let (list, discount) = (
            format_fen(self.consumed_list_fen),
            format_fen(self.consumed_discount_fen),
        );
        [
            text(
                format!("预付{paid}，赠送{bonus}"),
                format!("Prepaid {paid}, bonus {bonus}"),
            ),
            text(
                format!("已消费：原价{list}，折扣价{discount}"),
                format!("Consumed: {list} at list price, {discount} at the card's price"),
            ),
        ]
    }
}
