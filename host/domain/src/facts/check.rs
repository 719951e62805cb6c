//! Stated facts must be possible; whether they are true is another matter.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Facts, Prepaid};

/// A field of the facts that cannot be.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{why}")]
pub struct FactsFault {
    /// JSON Pointer within the facts.
    pub field: &'static str,
    pub why: &'static str,
}

const FUTURE: &str = "lies in the future";
const LONG_AGO: &str = "lies more than 20 years back";

impl Facts {
    /// Checks dates and amounts against each other, as of `today`.
    pub fn check(&self, today: Date) -> Result<(), FactsFault> {
        past("/received_on", self.received_on, today)?;
        past("/requested_on", self.requested_on, today)?;
        past("/returned_on", self.returned_on, today)?;
        if let (Some(received), Some(returned)) = (self.received_on, self.returned_on)
            && returned < received
        {
            return fault("/returned_on", "is before the goods were received");
        }
        self.prepaid
            .as_ref()
            .map_or(Ok(()), |prepaid| check_prepaid(prepaid, today))
    }
}

fn check_prepaid(prepaid: &Prepaid, today: Date) -> Result<(), FactsFault> {
    past("/prepaid/concluded_on", prepaid.concluded_on, today)?;
    past("/prepaid/ended_on", prepaid.ended_on, today)?;
    if prepaid.paid.get() == 0 {
        return fault("/prepaid/paid_fen", "must be more than zero");
    }
    if prepaid.consumed_discount > prepaid.consumed_list {
        return fault(
            "/prepaid/consumed_discount_fen",
            "is more than the list price",
        );
    }
    match prepaid.unlimited {
        Some(unlimited) if unlimited.total_days == 0 => {
            fault("/prepaid/unlimited/total_days", "must be more than zero")
        }
        Some(unlimited) if unlimited.used_days > unlimited.total_days => {
            fault("/prepaid/unlimited/used_days", "is more than the card runs")
        }
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

fn fault<T>(field: &'static str, why: &'static str) -> Result<T, FactsFault> {
    Err(FactsFault { field, why })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    fn field_of(facts: serde_json::Value) -> Option<&'static str> {
        let facts: Facts = serde_json::from_value(facts).unwrap();
        facts
            .check(date(2026, 5, 18))
            .err()
            .map(|fault| fault.field)
    }

    #[test]
    fn days_to_come_and_long_gone_are_refused() {
        assert_eq!(field_of(json!({"received_on": "2026-05-18"})), None);
        assert_eq!(
            field_of(json!({"received_on": "2026-05-19"})),
            Some("/received_on")
        );
        assert_eq!(
            field_of(json!({"requested_on": "1999-01-01"})),
            Some("/requested_on")
        );
    }

    #[test]
    fn goods_do_not_go_back_before_they_came() {
        let facts = json!({"received_on": "2026-05-10", "returned_on": "2026-05-09"});
        assert_eq!(field_of(facts), Some("/returned_on"));
    }

    #[test]
    fn a_card_is_not_used_longer_than_it_runs() {
        let facts =
            json!({"prepaid": {"paid_fen": 100, "unlimited": {"total_days": 30, "used_days": 31}}});
        assert_eq!(field_of(facts), Some("/prepaid/unlimited/used_days"));
        assert_eq!(
            field_of(json!({"prepaid": {"paid_fen": 0}})),
            Some("/prepaid/paid_fen")
        );
    }
}
