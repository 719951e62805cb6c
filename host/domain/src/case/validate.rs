//! The checks that every text, count and day a stranger sends goes through.

use jiff::ToSpan;
use jiff::civil::Date;

use super::refusal::{Invalid, Refusal};

/// A single line: needed, bounded, no control characters.
pub(super) fn line(field: &str, value: &str, limit: usize) -> Result<(), Refusal> {
    check(field, value, limit, |c| c.is_control())
}

/// A text of several lines: as [`line`], but line breaks and tabs may stand in it.
pub(super) fn prose(field: &str, value: &str, limit: usize) -> Result<(), Refusal> {
    check(field, value, limit, |c| {
        c.is_control() && !matches!(c, '\n' | '\t' | '\r')
    })
}

/// A name for programs: 1 to 64 characters of `a-z 0-9 - _ .`.
pub(super) fn key(field: &str, value: &str) -> Result<(), Refusal> {
    line(field, value, 64)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    if value.chars().all(plain) {
        return Ok(());
    }
    let detail = "takes a-z, 0-9, '-', '_' and '.'".to_owned();
    Err(Refusal::invalid(field, Invalid::Malformed { detail }))
}

pub(super) fn count(field: &str, length: usize, limit: usize) -> Result<(), Refusal> {
    if length > limit {
        return Err(Refusal::invalid(field, Invalid::TooMany { limit }));
    }
    Ok(())
}

/// A day from today to two years ahead.
pub(super) fn day_ahead(field: &str, day: Date, today: Date) -> Result<(), Refusal> {
    between(field, day, today, today.saturating_add(2.years()))
}

/// A day in the past, not before the platform's calendars make sense.
pub(super) fn day_past(field: &str, day: Date, today: Date) -> Result<(), Refusal> {
    between(field, day, today.saturating_sub(20.years()), today)
}

fn between(field: &str, day: Date, earliest: Date, latest: Date) -> Result<(), Refusal> {
    if day < earliest {
        let earliest = earliest.to_string();
        return Err(Refusal::invalid(field, Invalid::TooEarly { earliest }));
    }
    if day > latest {
        return Err(Refusal::invalid(
            field,
            Invalid::TooLate {
                latest: latest.to_string(),
            },
        ));
    }
    Ok(())
}

fn check(
    field: &str,
    value: &str,
    limit: usize,
    refused: impl Fn(char) -> bool,
) -> Result<(), Refusal> {
    if value.trim().is_empty() {
        return Err(Refusal::invalid(field, Invalid::Missing));
    }
    if value.chars().count() > limit {
        return Err(Refusal::invalid(field, Invalid::TooLong { limit }));
    }
    match value.chars().position(refused) {
        Some(position) => Err(Refusal::invalid(
            field,
            Invalid::ControlCharacter { position },
        )),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_line_takes_no_line_break_and_prose_does() {
        assert!(line("/a", "one\ntwo", 10).is_err());
        assert!(prose("/a", "one\ntwo", 10).is_ok());
        assert!(prose("/a", "one\u{7}", 10).is_err());
    }

    #[test]
    fn length_is_counted_in_characters_not_bytes() {
        assert!(line("/a", "退款退款", 4).is_ok());
        assert_eq!(
            line("/a", "退款退款退", 4),
            Err(Refusal::invalid("/a", Invalid::TooLong { limit: 4 }))
        );
    }

    #[test]
    fn blank_is_missing() {
        assert_eq!(
            line("/a", "  ", 4),
            Err(Refusal::invalid("/a", Invalid::Missing))
        );
    }

    #[test]
    fn a_day_ahead_may_be_today_but_not_yesterday() {
        let today = date(2026, 11, 23);
        assert!(day_ahead("/d", today, today).is_ok());
        assert!(day_ahead("/d", date(2026, 11, 22), today).is_err());
        assert!(day_ahead("/d", date(2028, 11, 24), today).is_err());
    }
}
