//! What a row must say to be counted.

use std::fmt::{self, Display, Formatter};

use super::row::{Cell, Row};

/// A condition on the columns of a row. It is written out in a formula and evaluated on
/// rows by the same definition, so that the two cannot say different things.
#[derive(Debug, Clone, Copy)]
pub enum Condition {
    /// The cell is not empty.
    Filled(&'static str),
    /// The cell has just this word.
    Is(&'static str, &'static str),
    All(&'static [Condition]),
    Any(&'static [Condition]),
}

impl Condition {
    pub fn holds(&self, row: &Row) -> bool {
        match self {
            Condition::Filled(column) => *row.cell(column) != Cell::Empty,
            Condition::Is(column, word) => row.cell(column).is(word),
            Condition::All(parts) => parts.iter().all(|part| part.holds(row)),
            Condition::Any(parts) => parts.iter().any(|part| part.holds(row)),
        }
    }

    /// The columns it names.
    pub(super) fn columns(&self) -> Vec<&'static str> {
        match self {
            Condition::Filled(column) | Condition::Is(column, _) => vec![column],
            Condition::All(parts) | Condition::Any(parts) => {
                parts.iter().flat_map(Condition::columns).collect()
            }
        }
    }

    /// Within another that joins its parts by `and`.
    pub(super) fn in_brackets(&self) -> String {
        match self {
            Condition::Any(_) => format!("({self})"),
            _ => self.to_string(),
        }
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter) -> fmt::Result {
        let joined = |parts: &[Condition], by: &str| {
            let parts: Vec<String> = parts.iter().map(Condition::in_brackets).collect();
            parts.join(by)
        };
        match self {
            Condition::Filled(column) => write!(f, "{column} <> \"\""),
            Condition::Is(column, word) => write!(f, "{column} = {word}"),
            Condition::All(parts) => f.write_str(&joined(parts, " and ")),
            Condition::Any(parts) => f.write_str(&joined(parts, " or ")),
        }
    }
}
