//! A period as a rule pack gives it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::rules::Citation;
use crate::text::Bilingual;

/// A named legal period: `schemas/rules/cn/procedures/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Period {
    pub id: String,
    pub name: Bilingual,
    /// In days, working or natural.
    pub length: u32,
    pub counting: Counting,
    pub article: Citation,
    pub roll_over: RollOver,
    /// What stops the clock while it lasts, for example an appraisal.
    #[serde(default)]
    pub pauses: Vec<String>,
    /// The event that starts it.
    pub starts_with: String,
    /// The events that meet it.
    pub met_by: Vec<String>,
    /// What its expiry causes.
    pub on_expiry: String,
    /// A remark on how the rule is read, where the law leaves a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counting {
    WorkingDays,
    NaturalDays,
}

/// When the end moves on. A period in working days always ends on one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RollOver {
    Never,
    /// Off published holidays only.
    Holidays,
    /// Off any day of rest, ordinary weekends too.
    RestDays,
}

/// Days on which the clock stood still, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    pub from: Date,
    /// `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    pub why: String,
}

impl Pause {
    fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|to| day <= to)
    }

    /// The pause that covers a day, if one does.
    pub fn covering(pauses: &[Pause], day: Date) -> Option<&Pause> {
        pauses.iter().find(|pause| pause.covers(day))
    }
}
