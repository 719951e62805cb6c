//! One value against its field.

use std::collections::BTreeSet;

use jiff::civil::{Date, DateTime};
use serde_json::Value;

use super::{Fault, FaultKind, fault, members, text};
use crate::form::{Choice, Field, Kind};

/// 10^13 fen, as the domain bounds money.
const MAX_FEN: u64 = 10_000_000_000_000;
const MAX_COUNT: u64 = 1_000_000;
/// With a country code, an extension, spaces and brackets.
const MAX_PHONE: usize = 32;
const DATE: &str = "a date like 2026-05-18";
const DATE_TIME: &str = "a date and time like 2026-05-18T14:30";

pub(super) fn check(field: &Field, value: &Value, pointer: &str, faults: &mut Vec<Fault>) {
    match &field.kind {
        Kind::Rows { columns, max } => rows(field, columns, *max, value, pointer, faults),
        Kind::Checklist { choices } => checklist(field, choices, value, pointer, faults),
        simple => {
            let checked = match simple {
                Kind::Money => whole(value, MAX_FEN),
                Kind::Count => whole(value, MAX_COUNT),
                written => string(field, written, value),
            };
            if let Err(kind) = checked {
                faults.push(Fault::new(pointer, kind));
            }
        }
    }
}

fn whole(value: &Value, max: u64) -> Result<(), FaultKind> {
    let wanted = "a whole number";
    let number = value.as_u64().ok_or(FaultKind::WrongType { wanted })?;
    if number > max {
        return Err(FaultKind::OutOfRange);
    }
    Ok(())
}

fn string(field: &Field, kind: &Kind, value: &Value) -> Result<(), FaultKind> {
    let wanted = "a string";
    let words = value.as_str().ok_or(FaultKind::WrongType { wanted })?;
    match kind {
        Kind::Text { max } => text::line(words, *max)?,
        Kind::LongText { max, .. } => text::prose(words, *max)?,
        Kind::Phone => phone(words)?,
        Kind::Date => date(words)?,
        Kind::DateTime => date_time(words)?,
        Kind::Choice { choices } => chosen(choices, words)?,
        Kind::Money | Kind::Count | Kind::Checklist { .. } | Kind::Rows { .. } => {}
    }
    if field.required && text::blank(words) {
        return Err(FaultKind::Missing);
    }
    Ok(())
}

fn phone(words: &str) -> Result<(), FaultKind> {
    text::line(words, MAX_PHONE)?;
    let signs = |c: char| c.is_ascii_digit() || "*+-() ".contains(c);
    if words.chars().all(signs) {
        return Ok(());
    }
    let wanted = "a telephone number";
    Err(FaultKind::Malformed { wanted })
}

/// Only the one way of writing that is documented: a parser may know more.
fn date(words: &str) -> Result<(), FaultKind> {
    let read: Result<Date, _> = words.parse();
    match read {
        Ok(date) if date.to_string() == words => Ok(()),
        _ => Err(FaultKind::Malformed { wanted: DATE }),
    }
}

fn date_time(words: &str) -> Result<(), FaultKind> {
    let read: Result<DateTime, _> = words.parse();
    match read {
        Ok(at) if at.strftime("%Y-%m-%dT%H:%M").to_string() == words => Ok(()),
        _ => Err(FaultKind::Malformed { wanted: DATE_TIME }),
    }
}

fn chosen(choices: &[Choice], id: &str) -> Result<(), FaultKind> {
    if choices.iter().any(|choice| choice.id == id) {
        return Ok(());
    }
    Err(FaultKind::NoChoice)
}

fn checklist(
    field: &Field,
    choices: &[Choice],
    value: &Value,
    pointer: &str,
    faults: &mut Vec<Fault>,
) {
    let Some(ticked) = array(field, value, pointer, faults) else {
        return;
    };
    let mut seen = BTreeSet::new();
    for (index, one) in ticked.iter().enumerate() {
        let checked = match one.as_str() {
            None => Err(FaultKind::WrongType { wanted: "a string" }),
            Some(id) if !seen.insert(id) => Err(FaultKind::Repeated),
            Some(id) => chosen(choices, id),
        };
        if let Err(kind) = checked {
            let at = fault::below(pointer, &index.to_string());
            faults.push(Fault::new(&at, kind));
        }
    }
}

fn rows(
    field: &Field,
    columns: &[Field],
    max: usize,
    value: &Value,
    pointer: &str,
    faults: &mut Vec<Fault>,
) {
    let Some(rows) = array(field, value, pointer, faults) else {
        return;
    };
    if rows.len() > max {
        faults.push(Fault::new(pointer, FaultKind::TooMany { max }));
        return;
    }
    for (index, row) in rows.iter().enumerate() {
        let at = fault::below(pointer, &index.to_string());
        match row.as_object() {
            Some(row) => members(columns, row, &at, faults),
            None => {
                let wanted = "an object";
                faults.push(Fault::new(&at, FaultKind::WrongType { wanted }));
            }
        }
    }
}

/// The elements, unless there must be some and are none.
fn array<'a>(
    field: &Field,
    value: &'a Value,
    pointer: &str,
    faults: &mut Vec<Fault>,
) -> Option<&'a Vec<Value>> {
    let kind = match value.as_array() {
        Some(elements) if elements.is_empty() && field.required => FaultKind::Missing,
        Some(elements) => return Some(elements),
        None => FaultKind::WrongType { wanted: "an array" },
    };
    faults.push(Fault::new(pointer, kind));
    None
}
