//! A file's row on the list, and all it is found by.

use jiff::civil::Date;

use super::place::Day;
use super::{marks, phones};
use crate::cases::{CaseRow, Cell};
use hejie_domain::words::{Token, of_text};

/// What the list shows of a file that an authority has or had, and what is searched of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkRow {
    /// The division of the unit that has it.
    pub unit: String,
    /// The period that counts; `None` where none binds the unit now.
    pub period: Option<String>,
    /// Its last day; `None` where it is not known.
    pub due_on: Option<Date>,
    /// The day since which it waits for nobody; `None` where it waits.
    pub over_on: Option<Date>,
    pub received_on: Date,
    /// Empty where nobody may see who filed it.
    pub consumer_name: String,
    pub respondent_name: String,
    /// What else is searched, beside the names and the case number.
    pub texts: Vec<String>,
    /// Numbers it is found by, digits alone; none where nobody may learn who filed it.
    pub phones: Vec<String>,
}

impl WorkRow {
    /// The day that it has its place by.
    pub(crate) fn day(&self) -> Day {
        match (self.over_on, self.due_on) {
            (Some(day), _) => Day::Over(day),
            (None, Some(day)) => Day::Due(day),
            (None, None) => Day::Open,
        }
    }
}

/// The row by name, but for its place: what is written is also what is verified.
pub(crate) fn columns(row: &CaseRow, work: &WorkRow) -> [(&'static str, Cell); 12] {
    let text = |text: &str| Cell::Text(text.to_owned());
    let day = |day: Option<Date>| Cell::MaybeText(day.map(|day| day.to_string()));
    [
        ("case_id", text(&row.case_id)),
        ("number", text(&row.number)),
        ("phase", text(row.phase)),
        ("category", text(&row.category)),
        ("unit", text(&work.unit)),
        ("period", Cell::MaybeText(work.period.clone())),
        ("due_on", day(work.due_on)),
        ("received_on", text(&work.received_on.to_string())),
        ("consumer_name", text(&work.consumer_name)),
        ("respondent_name", text(&work.respondent_name)),
        ("kind", text(row.kind)),
        ("over_on", day(work.over_on)),
    ]
}

/// What the index holds of a file.
pub(crate) struct Indexed {
    pub marks: Vec<String>,
    /// The marks of where it stands, for an index that knows no order.
    pub stands: Vec<String>,
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
    let mut stands = vec![marks::stands(work.day())];
    stands.extend(work.over_on.map(|_| marks::over()));
    let mut words = phones::tokens(&work.phones);
    let texts = [&row.number, &work.consumer_name];
    // A line's end lies between two runs, whatever they are.
    let texts: Vec<&str> = texts
        .into_iter()
        .chain(&work.texts)
        .map(String::as_str)
        .collect();
    words.extend(of_text(&texts.join("\n")));
    Indexed {
        marks: kept,
        stands,
        names: of_text(&work.respondent_name),
        words,
    }
}
