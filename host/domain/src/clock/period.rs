//! A period as a rule pack gives it.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::consequence::{EventKind, OnExpiry};
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
    /// The kinds of pauses that stop the clock while they last, for example
    /// `appraisal`; where none is listed, nothing stops it.
    #[serde(default)]
    pub pauses: Vec<String>,
    /// The event that starts it.
    pub starts_with: EventKind,
    /// The events that meet it.
    pub met_by: Vec<EventKind>,
    pub on_expiry: OnExpiry,
    /// Days before its end at which the unit above is told (supervision); a rule of
    /// the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_days: Option<u32>,
    /// That it goes on where another ends, once that was approved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub extends: Option<Extends>,
    /// A remark on how the rule is read, where the law leaves a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

/// What an extension goes on from, and who allows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extends {
    pub period: String,
    pub approval: Approval,
}

/// Who approves an extension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Approval {
    /// The head of the authority, or of one above it.
    Head,
    /// The heads of the authority together, who also set how long (Penalty Procedure
    /// art. 64); the rule's own length is the most that is taken.
    Collective,
    /// The unit that waits for the answer.
    Supervisor,
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

impl Period {
    /// Whether the law lets this pause stop the period.
    pub fn takes(&self, pause: &Pause) -> bool {
        self.pauses.contains(&pause.why)
    }
}

/// Days on which the clock stood still, both ends included.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pause {
    pub from: Date,
    /// `None` while it lasts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    /// The kind of pause, as the period lists it.
    pub why: String,
}

impl Pause {
    fn covers(&self, day: Date) -> bool {
        self.from <= day && self.to.is_none_or(|last| day <= last)
    }
}

/// The pauses of a reading that its period takes.
pub(super) struct Pauses<'a>(Vec<&'a Pause>);

impl<'a> Pauses<'a> {
    pub(super) fn of(period: &Period, pauses: &'a [Pause]) -> Pauses<'a> {
        Pauses(pauses.iter().filter(|pause| period.takes(pause)).collect())
    }

    /// The pause that lasts, where it began by a day.
    pub(super) fn lasting_from(&self, day: Date) -> Option<&'a Pause> {
        let lasting = |pause: &&&Pause| pause.to.is_none() && pause.from <= day;
        self.0.iter().find(lasting).copied()
    }

    /// The pause that covers a day; of several the one that lasts longest.
    pub(super) fn covering(&self, day: Date) -> Option<&'a Pause> {
        let covering = self.0.iter().filter(|pause| pause.covers(day));
        covering
            .max_by_key(|pause| pause.to.unwrap_or(Date::MAX))
            .copied()
    }
}
