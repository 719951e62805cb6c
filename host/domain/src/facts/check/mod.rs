//! Stated facts must be possible; whether they are true is another matter.

mod prepaid;
#[cfg(test)]
mod tests;

use jiff::ToSpan;
use jiff::civil::Date;

use super::Facts;
use crate::money::Fen;
use crate::text::Text;

/// A field of the facts that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{field}: {why}")]
pub struct FactsFault {
    /// JSON Pointer within the facts.
    pub field: &'static str,
    /// A message of the catalogue.
    pub why: &'static str,
}

impl FactsFault {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        Text::new(self.why)
    }
}

/// 10^10 fen, 100 million yuan: more no consumer states in earnest, and every
/// multiple that a law gives of it is still an amount.
const LARGEST_STATED: u64 = 10_000_000_000;
const TOO_LARGE: &str = "facts-too-large";
const FUTURE: &str = "facts-future";
const LONG_AGO: &str = "facts-long-ago";

impl Facts {
    /// Checks dates and amounts against each other, as of `today`.
    pub fn check(&self, today: Date) -> Result<(), FactsFault> {
        in_range("/price_fen", self.price)?;
        in_range("/loss_fen", self.loss)?;
        past("/received_on", self.received_on, today)?;
        past("/requested_on", self.requested_on, today)?;
        past("/returned_on", self.returned_on, today)?;
        self.check_order()?;
        self.check_blemish()?;
        self.prepaid
            .as_ref()
            .map_or(Ok(()), |prepaid| prepaid.check(today))
    }

    fn check_order(&self) -> Result<(), FactsFault> {
        const NOT_YET_RECEIVED: &str = "facts-before-receipt";
        let received = self.received_on;
        let concluded = self.prepaid.as_ref().and_then(|card| card.concluded_on);
        not_before(
            "/requested_on",
            self.requested_on,
            received,
            NOT_YET_RECEIVED,
        )?;
        not_before("/returned_on", self.returned_on, received, NOT_YET_RECEIVED)?;
        let no_card_yet = "facts-before-card";
        not_before("/requested_on", self.requested_on, concluded, no_card_yet)
    }

    /// One field says so and the other denies it.
    fn check_blemish(&self) -> Result<(), FactsFault> {
        if self.label_blemish_only == Some(false) && self.is_label_blemish_only() {
            return fault("/label_blemish_only", "facts-contradict-food");
        }
        Ok(())
    }
}

fn in_range(field: &'static str, amount: Option<Fen>) -> Result<(), FactsFault> {
    match amount {
        Some(amount) if amount.get() > LARGEST_STATED => fault(field, TOO_LARGE),
        _ => Ok(()),
    }
}

fn past(field: &'static str, day: Option<Date>, today: Date) -> Result<(), FactsFault> {
    match day {
        Some(day) if day > today => fault(field, FUTURE),
        Some(day) if day < today.saturating_sub(20.years()) => fault(field, LONG_AGO),
        _ => Ok(()),
    }
}

fn not_before(
    field: &'static str,
    day: Option<Date>,
    earliest: Option<Date>,
    why: &'static str,
) -> Result<(), FactsFault> {
    match (day, earliest) {
        (Some(day), Some(earliest)) if day < earliest => fault(field, why),
        _ => Ok(()),
    }
}

fn fault<T>(field: &'static str, why: &'static str) -> Result<T, FactsFault> {
    Err(FactsFault { field, why })
}
