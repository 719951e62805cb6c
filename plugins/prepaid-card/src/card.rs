//! The arithmetic of 法释〔2025〕4号, art. 15 and 18-20, 22.

use hejie_sdk::{Text, format_fen, ratio, text};
use serde::Deserialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    Operator,
    Consumer,
}

/// The card as the consumer stated it, amounts in fen. What she left out is not 0.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Card {
    pub paid_fen: u64,
    #[serde(default)]
    pub bonus_fen: Option<u64>,
    #[serde(default)]
    pub consumed_list_fen: Option<u64>,
    #[serde(default)]
    pub consumed_discount_fen: Option<u64>,
    #[serde(default)]
    pub cause: Option<Cause>,
    #[serde(default)]
    pub unlimited: Option<Unlimited>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
pub struct Unlimited {
    pub total_days: u64,
    /// The days of the term that had run, used or not.
    pub elapsed_days: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Refunds {
    pub by_operator: u64,
    pub by_consumer: u64,
}

impl Card {
    /// Both refunds; `None` where the figures do not allow one.
    pub fn refunds(&self) -> Option<Refunds> {
        if let Some(term) = self.unlimited {
            // Art. 22: by the term that is left, whoever is the cause.
            let left = term.total_days.saturating_sub(term.elapsed_days);
            let refund = ratio(self.paid_fen, left, term.total_days)?;
            return Some(Refunds {
                by_operator: refund,
                by_consumer: refund,
            });
        }
        // Art. 18: with bonus credit, consumption uses own money in proportion.
        let total = self.paid_fen.checked_add(self.bonus_fen.unwrap_or(0))?;
        let own = ratio(self.consumed_at_own_price()?, self.paid_fen, total)?;
        Some(Refunds {
            by_operator: self.paid_fen.saturating_sub(own),
            by_consumer: self.paid_fen.saturating_sub(self.consumed_list_fen?),
        })
    }

    /// Art. 18(2): where bonus credit is the favour, the list price is counted on.
    fn consumed_at_own_price(&self) -> Option<u64> {
        let has_bonus = self.bonus_fen.is_some_and(|bonus| bonus > 0);
        self.consumed_discount_fen.or_else(|| {
            self.consumed_list_fen
                .filter(|list| has_bonus || *list == 0)
        })
    }

    /// The articles that a refund rests on.
    pub fn articles(&self) -> &'static str {
        match (self.unlimited, self.cause) {
            (Some(_), _) => "22",
            (None, Some(Cause::Operator)) => "15, 18, 20",
            (None, Some(Cause::Consumer)) => "15, 19, 20",
            (None, None) => "15, 18, 19, 20",
        }
    }

    pub fn facts(&self) -> Vec<Text> {
        let paid = format_fen(self.paid_fen);
        let mut facts = vec![text(format!("预付{paid}"), format!("Prepaid {paid}"))];
        let stated = [
            (self.bonus_fen, "赠送", "Bonus"),
            (
                self.consumed_list_fen,
                "已消费（原价）",
                "Consumed at list price",
            ),
            (
                self.consumed_discount_fen,
                "已消费（折扣价）",
                "Consumed at the card's price",
            ),
        ];
        for (amount, zh, en) in stated {
            let Some(amount) = amount.map(format_fen) else {
                continue;
            };
            facts.push(text(format!("{zh}{amount}"), format!("{en} {amount}")));
        }
        if let Some(Unlimited {
            total_days,
            elapsed_days,
        }) = self.unlimited
        {
            facts.push(text(
                format!("期限{total_days}日，已过{elapsed_days}日"),
                format!("{elapsed_days} of {total_days} days have run"),
            ));
        }
        facts
    }
}
