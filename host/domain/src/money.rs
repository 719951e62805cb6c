//! Money in integer fen (1/100 yuan, CNY).

use std::fmt;
use std::str::FromStr;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize};

use crate::text::Text;

/// An amount of money in fen; never negative, at most [`Fen::MAX`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(into = "u64")]
pub struct Fen(u64);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("an amount is at most 10000000000000 fen")]
    TooLarge,
    #[error("an amount is written like ¥1,234.50")]
    Malformed,
}

impl Fen {
    pub const ZERO: Fen = Fen(0);
    /// 10^13 fen, a hundred billion yuan: beyond any consumer dispute, and small
    /// enough that JSON numbers keep it exactly (RFC 8785 section 3.2.2.3).
    pub const MAX: Fen = Fen(10_000_000_000_000);

    pub fn new(fen: u64) -> Result<Fen, MoneyError> {
        if fen > Fen::MAX.0 {
            Err(MoneyError::TooLarge)
        } else {
            Ok(Fen(fen))
        }
    }

    pub fn get(self) -> u64 {
        self.0
    }

    pub fn checked_add(self, other: Fen) -> Option<Fen> {
        Fen::new(self.0.checked_add(other.0)?).ok()
    }

    /// The difference, or nothing where `other` is larger.
    pub fn saturating_sub(self, other: Fen) -> Fen {
        Fen(self.0.saturating_sub(other.0))
    }

    /// A multiple; `None` beyond the largest amount.
    pub fn times(self, factor: u64) -> Option<Fen> {
        Fen::new(self.0.checked_mul(factor)?).ok()
    }

    /// `self * numerator / denominator` in whole fen, halves up; `None` where the
    /// denominator is 0 or the result too large.
    pub fn ratio(self, numerator: u64, denominator: u64) -> Option<Fen> {
        if denominator == 0 {
            return None;
        }
        let denominator = u128::from(denominator);
        let doubled = u128::from(self.0) * u128::from(numerator) * 2 + denominator;
        Fen::new(u64::try_from(doubled / (denominator * 2)).ok()?).ok()
    }
}

impl MoneyError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            MoneyError::TooLarge => Text::new("invalid-money-too-large"),
            MoneyError::Malformed => Text::new("invalid-money-form"),
        }
    }
}

impl<'de> Deserialize<'de> for Fen {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Fen, D::Error> {
        let fen = u64::deserialize(deserializer)?;
        Fen::new(fen).map_err(|fault| D::Error::custom(fault.text().to_carry()))
    }
}

impl TryFrom<u64> for Fen {
    type Error = MoneyError;
    fn try_from(fen: u64) -> Result<Fen, MoneyError> {
        Fen::new(fen)
    }
}

impl From<Fen> for u64 {
    fn from(fen: Fen) -> u64 {
        fen.0
    }
}

/// As people write it: `¥1,234.50`.
impl fmt::Display for Fen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let yuan = (self.0 / 100).to_string();
        let first = yuan.len() % 3;
        let mut grouped = yuan[..first].to_owned();
        for start in (first..yuan.len()).step_by(3) {
            if !grouped.is_empty() {
                grouped.push(',');
            }
            grouped.push_str(&yuan[start..start + 3]);
        }
        write!(f, "¥{grouped}.{:02}", self.0 % 100)
    }
}

impl FromStr for Fen {
    type Err = MoneyError;

    fn from_str(text: &str) -> Result<Fen, MoneyError> {
        let digits: String = text.chars().filter(char::is_ascii_digit).collect();
        let fen = Fen::new(digits.parse().map_err(|_| MoneyError::Malformed)?)?;
        if fen.to_string() == text {
            Ok(fen)
        } else {
            Err(MoneyError::Malformed)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn amounts_are_written_with_groups_and_two_digits() {
        assert_eq!(Fen(0).to_string(), "¥0.00");
        assert_eq!(Fen(99_999).to_string(), "¥999.99");
        assert_eq!(Fen(123_450).to_string(), "¥1,234.50");
        assert_eq!(Fen::MAX.to_string(), "¥100,000,000,000.00");
    }

    #[test]
    fn a_ratio_rounds_halves_up() {
        assert_eq!(Fen(1).ratio(1, 2), Some(Fen(1)));
        assert_eq!(Fen(100).ratio(1, 3), Some(Fen(33)));
        assert_eq!(Fen(200).ratio(1, 3), Some(Fen(67)));
        assert_eq!(Fen(1).ratio(1, 0), None);
        assert_eq!(Fen::MAX.ratio(2, 1), None);
    }

    #[test]
    fn an_absurd_amount_is_refused() {
        assert_eq!(Fen::new(Fen::MAX.0 + 1), Err(MoneyError::TooLarge));
        assert!(serde_json::from_str::<Fen>("10000000000001").is_err());
        assert!(serde_json::from_str::<Fen>("-1").is_err());
        assert!(serde_json::from_str::<Fen>("1.5").is_err());
    }

    proptest! {
        #[test]
        fn printing_and_parsing_are_inverse(fen in 0..=Fen::MAX.0) {
            let fen = Fen(fen);
            prop_assert_eq!(fen.to_string().parse(), Ok(fen));
        }
    }
}
