//! Values as a reader expects them on paper.

use jiff::civil::{Date, DateTime};
use serde_json::Value;

use crate::form::{Choice, Kind};

const NUMERALS: [&str; 10] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十"];

/// `文书式样六`; the set has ten.
pub(super) fn model(number: u8) -> Option<String> {
    let numeral = NUMERALS.get(usize::from(number).checked_sub(1)?)?;
    Some(format!("文书式样{numeral}"))
}

/// A day as it stands on paper: `2026年5月18日`.
pub fn day(day: Date) -> String {
    format!("{}年{}月{}日", day.year(), day.month(), day.day())
}

/// The lines of a value. Spaces at a line's end do not show, a tab is a space.
pub(super) fn lines(kind: &Kind, value: Option<&Value>) -> Vec<String> {
    let text = inline(kind, value).replace('\t', " ");
    let lines = text.trim_end().lines().map(str::trim_end);
    lines.map(str::to_owned).collect()
}

/// A value inside a sentence: a choice that has a number in its article by that.
pub(super) fn inline(kind: &Kind, value: Option<&Value>) -> String {
    in_words(kind, value, |choice| {
        choice.item.as_ref().unwrap_or(&choice.label.zh)
    })
}

/// A value in a table's cell: a choice by its label.
pub(super) fn label(kind: &Kind, value: Option<&Value>) -> String {
    in_words(kind, value, |choice| &choice.label.zh)
}

/// True where a choice is the value, or one of them.
pub(super) fn ticked(value: Option<&Value>, id: &str) -> bool {
    match value {
        Some(Value::String(chosen)) => chosen == id,
        Some(Value::Array(chosen)) => chosen.iter().any(|one| one.as_str() == Some(id)),
        _ => false,
    }
}

fn in_words(kind: &Kind, value: Option<&Value>, name: impl Fn(&Choice) -> &String) -> String {
    let written = value.and_then(Value::as_str).unwrap_or_default();
    let whole = value.and_then(Value::as_u64);
    match kind {
        Kind::Text { .. } | Kind::LongText { .. } | Kind::Phone => written.to_owned(),
        Kind::Date => written.parse().map_or_else(|_| String::new(), day),
        Kind::DateTime => written.parse().map_or_else(|_| String::new(), moment),
        Kind::Money => whole.map_or_else(String::new, yuan),
        Kind::Count => whole.map_or_else(String::new, |count| count.to_string()),
        Kind::Choice { choices } | Kind::Checklist { choices } => {
            let chosen = choices.iter().filter(|one| ticked(value, &one.id));
            let names: Vec<&str> = chosen.map(|one| name(one).as_str()).collect();
            names.join("、")
        }
        Kind::Rows { .. } => String::new(),
    }
}

fn moment(at: DateTime) -> String {
    let (day, hour) = (day(at.date()), at.hour());
    match at.minute() {
        0 => format!("{day}{hour}时"),
        minute => format!("{day}{hour}时{minute}分"),
    }
}

/// `¥1,234.50`.
fn yuan(fen: u64) -> String {
    let digits = (fen / 100).to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("¥{grouped}.{:02}", fen % 100)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    #[rstest]
    #[case(0, "¥0.00")]
    #[case(5, "¥0.05")]
    #[case(99_900, "¥999.00")]
    #[case(100_000, "¥1,000.00")]
    #[case(123_456_789, "¥1,234,567.89")]
    fn money_is_grouped_by_thousands(#[case] fen: u64, #[case] written: &str) {
        assert_eq!(yuan(fen), written);
    }

    #[test]
    fn dates_and_times_are_written_out() {
        let written = |kind, text: &str| inline(&kind, Some(&json!(text)));
        assert_eq!(written(Kind::Date, "2026-05-08"), "2026年5月8日");
        let at = written(Kind::DateTime, "2026-05-08T14:30");
        assert_eq!(at, "2026年5月8日14时30分");
        let at = written(Kind::DateTime, "2026-05-08T09:00");
        assert_eq!(at, "2026年5月8日9时");
    }

    #[test]
    fn a_text_falls_into_its_lines() {
        let kind = Kind::LongText { max: 9, lines: 1 };
        let value = json!("one\ttwo  \r\n\nthree\n\n");
        assert_eq!(lines(&kind, Some(&value)), ["one two", "", "three"]);
        assert!(lines(&kind, None).is_empty());
    }

    #[test]
    fn the_set_has_ten_models() {
        assert_eq!(model(10).as_deref(), Some("文书式样十"));
        assert_eq!(model(11), None);
        assert_eq!(model(0), None);
    }
}
