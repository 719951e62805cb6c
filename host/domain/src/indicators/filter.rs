//! Which rows a figure or an export is made of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Facts;
use super::row::Row;

/// What is not said leaves all in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactFilter {
    /// The digits that the places of a subtree begin with: `4201` for a city. Any
    /// but `None` leaves out what has no such place.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtree: Option<String>,
    /// The first day counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Date>,
    /// The last day counted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// An organisation's id here, a credit code, or a name as it was filed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub respondent: Option<String>,
}

/// The columns of a table by which a scope picks rows, so that a smaller scope can be
/// picked from an export of a larger one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PickedBy {
    pub located: Located,
    /// The day that is within the period.
    pub day: &'static str,
    pub category: &'static str,
    /// One of them is the respondent; of a table that is about nobody there is none.
    pub respondent: &'static [&'static str],
}

/// Whose place a subtree picks rows by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Located {
    /// The unit that has the file.
    AtUnit,
    /// The operator it is about.
    AtOperator,
}

impl Located {
    /// The column that begins with the digits of a subtree.
    pub fn column(self) -> &'static str {
        match self {
            Located::AtUnit => "unit",
            Located::AtOperator => "operator_place",
        }
    }
}

impl FactFilter {
    pub fn takes<R: Facts>(&self, facts: &R) -> bool {
        self.takes_row(&facts.row(), &R::PICKED_BY)
    }

    fn takes_row(&self, row: &Row, by: &PickedBy) -> bool {
        let text = |column: &str| row.cell(column).text();
        let place = text(by.located.column());
        let begins = |digits: &String| place.is_some_and(|it| it.starts_with(digits));
        let day = || text(by.day).and_then(|day| day.parse::<Date>().ok());
        let named = |name: &String| by.respondent.iter().any(|it| text(it) == Some(name));
        self.subtree.as_ref().is_none_or(begins)
            && self.from.is_none_or(|from| day() >= Some(from))
            && self.to.is_none_or(|to| day().is_some_and(|day| day <= to))
            && self
                .category
                .as_ref()
                .is_none_or(|it| text(by.category) == Some(it))
            && self.respondent.as_ref().is_none_or(named)
    }
}
