//! What a card's figures and days must agree on.

use jiff::civil::Date;

use super::{FactsFault, fault, in_range, not_before, past};
use crate::facts::{Prepaid, UnlimitedUse};

impl Prepaid {
    pub(super) fn check(&self, today: Date) -> Result<(), FactsFault> {
        self.check_days(today)?;
        self.check_amounts()?;
        self.unlimited.map_or(Ok(()), check_term)
    }

    fn check_days(&self, today: Date) -> Result<(), FactsFault> {
        past("/prepaid/concluded_on", self.concluded_on, today)?;
        past("/prepaid/ended_on", self.ended_on, today)?;
        not_before(
            "/prepaid/ended_on",
            self.ended_on,
            self.concluded_on,
            "facts-before-card",
        )
    }

    fn check_amounts(&self) -> Result<(), FactsFault> {
        in_range("/prepaid/paid_fen", Some(self.paid))?;
        in_range("/prepaid/bonus_fen", self.bonus)?;
        in_range("/prepaid/consumed_list_fen", self.consumed_list)?;
        in_range("/prepaid/consumed_discount_fen", self.consumed_discount)?;
        if self.paid.get() == 0 {
            return fault("/prepaid/paid_fen", "invalid-not-positive");
        }
        match (self.consumed_discount, self.consumed_list) {
            (Some(discount), Some(list)) if discount > list => {
                fault("/prepaid/consumed_discount_fen", "facts-above-list-price")
            }
            _ => Ok(()),
        }
    }
}

fn check_term(term: UnlimitedUse) -> Result<(), FactsFault> {
    if term.total_days == 0 {
        return fault("/prepaid/unlimited/total_days", "invalid-not-positive");
    }
    if term.elapsed_days > term.total_days {
        return fault("/prepaid/unlimited/elapsed_days", "facts-beyond-card");
    }
    Ok(())
}
