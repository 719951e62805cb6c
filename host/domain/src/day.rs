//! Civil dates as people and programs send them: `YYYY-MM-DD` and nothing else. A
//! moment or a zoned time is no date: whose day it falls on would be a guess.

use jiff::civil::Date;

use crate::text::Text;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DayError {
    #[error("a date is written YYYY-MM-DD")]
    Form,
    #[error("{0} is no day of the calendar")]
    NoDay(String),
}

impl DayError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            DayError::Form => Text::new("invalid-date-form"),
            DayError::NoDay(day) => Text::new("invalid-no-day").arg("day", day.as_str()),
        }
    }
}

/// Reads `YYYY-MM-DD`.
pub fn parse(text: &str) -> Result<Date, DayError> {
    let hyphen = |at: usize| at == 4 || at == 7;
    let well_formed = text.len() == 10
        && text.bytes().enumerate().all(|(at, byte)| match hyphen(at) {
            true => byte == b'-',
            false => byte.is_ascii_digit(),
        });
    if !well_formed {
        return Err(DayError::Form);
    }
    text.parse().map_err(|_| DayError::NoDay(text.to_owned()))
}

/// For fields of type `Date`: `#[serde(with = "hejie_domain::day::strict_date")]`.
pub mod strict_date {
    use std::borrow::Cow;

    use jiff::civil::Date;
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    pub fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(day)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let text = <Cow<'de, str>>::deserialize(deserializer)?;
        super::parse(&text).map_err(|fault| D::Error::custom(fault.text().to_carry()))
    }

    /// For fields of type `Option<Date>`, beside `#[serde(default)]`.
    pub mod option {
        use std::borrow::Cow;

        use jiff::civil::Date;
        use serde::de::Error;
        use serde::{Deserialize, Deserializer, Serializer};

        pub fn serialize<S: Serializer>(
            day: &Option<Date>,
            serializer: S,
        ) -> Result<S::Ok, S::Error> {
            match day {
                Some(day) => serializer.collect_str(day),
                None => serializer.serialize_none(),
            }
        }

        pub fn deserialize<'de, D: Deserializer<'de>>(
            deserializer: D,
        ) -> Result<Option<Date>, D::Error> {
            let text = <Option<Cow<'de, str>>>::deserialize(deserializer)?;
            let day = text.as_deref().map(crate::day::parse).transpose();
            day.map_err(|fault| D::Error::custom(fault.text().to_carry()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use rstest::rstest;
    use serde::{Deserialize, Serialize};
    use serde_json::json;

    #[test]
    fn a_date_is_four_two_and_two_digits() {
        assert_eq!(parse("2026-05-18"), Ok(date(2026, 5, 18)));
        assert_eq!(parse("2024-02-29"), Ok(date(2024, 2, 29)));
    }

    #[rstest]
    #[case("2026-05-18T20:00:00-05:00[America/New_York]")]
    #[case("2026-05-18T20:00")]
    #[case("2026-05-18Z")]
    #[case("20260518")]
    #[case("2026-5-18")]
    #[case("+002026-05-18")]
    #[case(" 2026-05-18")]
    #[case("2026-05-18\n")]
    #[case("２０２６-05-18")]
    #[case("2026/05/18")]
    #[case("")]
    fn nothing_else_is_a_date(#[case] text: &str) {
        assert_eq!(parse(text), Err(DayError::Form));
    }

    #[rstest]
    #[case("2026-02-29")]
    #[case("2026-13-01")]
    #[case("2026-00-10")]
    fn a_day_that_never_comes_is_none(#[case] text: &str) {
        assert_eq!(parse(text), Err(DayError::NoDay(text.to_owned())));
    }

    #[derive(Debug, PartialEq, Serialize, Deserialize)]
    struct Days {
        #[serde(with = "strict_date")]
        on: Date,
        #[serde(default, with = "strict_date::option")]
        until: Option<Date>,
    }

    #[test]
    fn fields_are_read_as_strictly_and_written_back() {
        let both = json!({"on": "2026-05-18", "until": "2026-05-19"});
        let read: Days = serde_json::from_value(both.clone()).unwrap();
        assert_eq!(serde_json::to_value(&read).unwrap(), both);
        let one: Days = serde_json::from_value(json!({"on": "2026-05-18"})).unwrap();
        assert_eq!(one.until, None);
        for field in ["on", "until"] {
            let mut zoned = both.clone();
            zoned[field] = json!("2026-05-18T20:00:00-05:00[America/New_York]");
            let fault = serde_json::from_value::<Days>(zoned).unwrap_err();
            let carried = Text::carried(&fault.to_string());
            assert_eq!(carried, Some(DayError::Form.text()), "{fault}");
        }
    }
}
