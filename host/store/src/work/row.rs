//! A file's row on the list, and all it is found by.

use jiff::civil::Date;

use super::{marks, place};
use crate::cases::{CaseRow, Cell};
use hejie_domain::words::{Token, of_text};

/// What the list shows of a file that waits for the authority, and what is
/// searched of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    /// The division of the unit that has it.
    pub unit: String,
    /// The period that counts; `None` where none binds the unit now.
    pub period: Option<String>,
    /// Its last day; `None` where it is not known.
    pub due_on: Option<Date>,
    pub received_on: Date,
    /// Empty where nobody may see who filed it.
    pub consumer_name: String,
    pub respondent_name: String,
    /// What else is searched, beside the names and the case number.
    pub texts: Vec<String>,
}

/// The row by name, but for its place: what is written is also what is verified.
pub(crate) fn columns(row: &CaseRow, work: &WorkRow) -> [(&'static str, Cell); 11] {
    let text = |text: &str| Cell::Text(text.to_owned());
    [
        ("case_id", text(&row.case_id)),
        ("number", text(&row.number)),
        ("phase", text(row.phase)),
        ("category", text(&row.category)),
        ("unit", text(&work.unit)),
        ("period", Cell::MaybeText(work.period.clone())),
        (
            "due_on",
            Cell::MaybeText(work.due_on.map(|day| day.to_string())),
        ),
        ("received_on", text(&work.received_on.to_string())),
        ("consumer_name", text(&work.consumer_name)),
        ("respondent_name", text(&work.respondent_name)),
        ("kind", text(row.kind)),
    ]
}

/// What the index holds of a file.
pub(crate) struct Indexed {
    pub marks: Vec<String>,
    /// The mark of its last day, for an index that knows no order.
    pub due: String,
    pub names: Vec<Token>,
    pub words: Vec<Token>,
}

pub(crate) fn indexed(row: &CaseRow, work: &WorkRow) -> Indexed {
    let mut kept = vec![
        marks::kind(row.kind),
        marks::phase(row.phase),
        marks::category(&row.category),
        marks::day(work.received_on),
        marks::month(work.received_on),
    ];
    kept.extend(marks::subtrees(&work.unit));
    kept.extend(row.respondent.as_deref().map(marks::organisation));
    let texts = [&row.number, &work.consumer_name];
    // A line's end lies between two runs, whatever they are.
    let texts: Vec<&str> = texts
        .into_iter()
        .chain(&work.texts)
        .map(String::as_str)
        .collect();
    Indexed {
        marks: kept,
        due: marks::due(work.due_on),
        names: of_text(&work.respondent_name),
        words: of_text(&texts.join("\n")),
    }
}

/// The range of places that a file of this row may have: after the first, before
/// the second.
pub(crate) fn places(work: &WorkRow) -> (i64, i64) {
    (
        place::before_day(work.due_on),
        place::after_day(work.due_on),
    )
}
