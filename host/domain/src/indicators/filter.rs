//! Which rows a figure or an export is made of.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::Facts;

/// What is not said leaves all in.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FactFilter {
    /// The digits that the units of a subtree begin with: `4201` for a city. Any
    /// but `None` leaves out what no authority has.
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

impl FactFilter {
    pub fn takes(&self, facts: &impl Facts) -> bool {
        let in_subtree = |digits: &String| {
            let unit = facts.unit();
            unit.is_some_and(|unit| unit.as_str().starts_with(digits.as_str()))
        };
        self.subtree.as_ref().is_none_or(in_subtree)
            && self.from.is_none_or(|from| facts.counted_on() >= from)
            && self.to.is_none_or(|to| facts.counted_on() <= to)
            && self
                .category
                .as_ref()
                .is_none_or(|it| *it == facts.category())
            && self.respondent.as_ref().is_none_or(|it| facts.is_about(it))
    }
}
