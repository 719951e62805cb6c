//! The checks that every text, count and day a stranger sends goes through.

use jiff::ToSpan;
use jiff::civil::Date;
use serde_json::Value;

use super::refusal::{Invalid, Refusal};
use crate::identifiers::visible::{is_blank, joins, shows};
use crate::text::Text;

/// The longest text within free JSON.
const MAX_FREE_CHARS: usize = 4_000;

/// A single line: needed, bounded, nothing in it that does not show.
pub fn line(field: &str, value: &str, limit: usize) -> Result<(), Refusal> {
    check(field, value, limit, |_| false)
}

/// A text of several lines: as [`line`], but line breaks and tabs may stand in it.
pub fn prose(field: &str, value: &str, limit: usize) -> Result<(), Refusal> {
    check(field, value, limit, |c| matches!(c, '\n' | '\t' | '\r'))
}

/// JSON of no fixed form: each text in it is as [`prose`] or empty, and so is each
/// member's name. The field at fault is named by its own pointer.
pub fn free_json(field: &str, value: &Value) -> Result<(), Refusal> {
    match value {
        Value::String(text) => free_text(field, text),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .try_for_each(|(index, item)| free_json(&format!("{field}/{index}"), item)),
        Value::Object(members) => members.iter().try_for_each(|(name, member)| {
            let field = format!("{field}/{}", escaped(name));
            free_text(&field, name)?;
            free_json(&field, member)
        }),
        _ => Ok(()),
    }
}

fn free_text(field: &str, text: &str) -> Result<(), Refusal> {
    if text.is_empty() {
        return Ok(());
    }
    prose(field, text, MAX_FREE_CHARS)
}

/// A member's name as JSON Pointer writes it (RFC 6901).
pub fn escaped(name: &str) -> String {
    name.replace('~', "~0").replace('/', "~1")
}

/// A name for programs: 1 to 64 characters of `a-z 0-9 - _ .`.
pub fn key(field: &str, value: &str) -> Result<(), Refusal> {
    line(field, value, 64)?;
    let plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_.".contains(c);
    if value.chars().all(plain) {
        return Ok(());
    }
    let why = Text::new("invalid-key-form");
    Err(Refusal::invalid(field, Invalid::Explained { why }))
}

pub(crate) fn count(field: &str, length: usize, limit: usize) -> Result<(), Refusal> {
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
pub(crate) fn day_past(field: &str, day: Date, today: Date) -> Result<(), Refusal> {
    between(field, day, today.saturating_sub(20.years()), today)
}

/// A day that may lie on either side of today: up to twenty years back, two ahead.
pub(crate) fn day_about(field: &str, day: Date, today: Date) -> Result<(), Refusal> {
    let earliest = today.saturating_sub(20.years());
    between(field, day, earliest, today.saturating_add(2.years()))
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
    allowed: impl Fn(char) -> bool,
) -> Result<(), Refusal> {
    if value.chars().all(is_blank) {
        return Err(Refusal::invalid(field, Invalid::Missing));
    }
    if value.chars().count() > limit {
        return Err(Refusal::invalid(field, Invalid::TooLong { limit }));
    }
    match hidden(value, allowed) {
        Some(position) => Err(Refusal::invalid(
            field,
            Invalid::ControlCharacter { position },
        )),
        None => Ok(()),
    }
}

/// Where the first character stands that does not show. One that joins its two
/// neighbours, as in emoji and some scripts, may stand between them.
fn hidden(value: &str, allowed: impl Fn(char) -> bool) -> Option<usize> {
    let characters: Vec<char> = value.chars().collect();
    let visible = |index: Option<usize>| {
        let character = index.and_then(|index| characters.get(index));
        character.is_some_and(|c| shows(*c) && !is_blank(*c))
    };
    (0..characters.len()).find(|&at| {
        let c = characters[at];
        let joining = joins(c) && visible(at.checked_sub(1)) && visible(Some(at + 1));
        !(shows(c) || allowed(c) || joining)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;
    use serde_json::json;

    #[test]
    fn a_line_takes_no_line_break_and_prose_does() {
        assert!(line("/a", "one\ntwo", 10).is_err());
        assert!(prose("/a", "one\ntwo", 10).is_ok());
        assert!(prose("/a", "one\u{7}", 10).is_err());
    }

    #[test]
    fn what_does_not_show_is_refused_where_it_stands() {
        for hidden in [
            '\u{7}',
            '\u{200b}',
            '\u{202e}',
            '\u{2028}',
            '\u{2029}',
            '\u{feff}',
            '\u{ad}',
            '\u{e0041}',
            '\u{fffe}',
            '\u{fdd0}',
            '\u{e000}',
            '\u{200d}',
            '\u{85}',
        ] {
            let fault = Err(Refusal::invalid(
                "/a",
                Invalid::ControlCharacter { position: 2 },
            ));
            assert_eq!(line("/a", &format!("王小{hidden}"), 9), fault, "{hidden:?}");
            assert_eq!(
                prose("/a", &format!("王小{hidden}"), 9),
                fault,
                "{hidden:?}"
            );
        }
        for whole in [
            "王·小明",
            "\u{1f468}\u{200d}\u{1f33e}",
            "a\u{301}",
            "㐂\u{e0100}",
            "１ａ",
        ] {
            assert_eq!(line("/a", whole, 9), Ok(()), "{whole}");
        }
    }

    #[test]
    fn free_json_is_checked_in_its_names_too() {
        let fault = |value: Value| match free_json("/value", &value) {
            Err(Refusal::Invalid { field, .. }) => field,
            other => format!("{other:?}"),
        };
        assert_eq!(fault(json!({"a/b": ["", "\u{200b}x"]})), "/value/a~1b/1");
        assert_eq!(fault(json!({"a~\u{7}": 1})), "/value/a~0\u{7}");
        assert_eq!(fault(json!({"a": {"b": "尺码\n偏大"}, "": 1.5})), "Ok(())");
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
        for blank in [
            "  ",
            "\u{3000}",
            "\u{200b}",
            "\u{feff}\u{3164}",
            "\u{2800}",
            "",
        ] {
            assert_eq!(
                line("/a", blank, 4),
                Err(Refusal::invalid("/a", Invalid::Missing)),
                "{blank:?}"
            );
        }
    }

    #[test]
    fn a_day_ahead_may_be_today_but_not_yesterday() {
        let today = date(2026, 11, 23);
        assert!(day_ahead("/d", today, today).is_ok());
        assert!(day_ahead("/d", date(2026, 11, 22), today).is_err());
        assert!(day_ahead("/d", date(2028, 11, 24), today).is_err());
    }
}
