//! Clocks: a legal period counted on the pinned calendar, able to say how.
//!
//! Counting follows Order 121 art. 45 and Civil Code art. 201-203: the first day
//! is not counted; a period ends at 24:00 of its last day; where that is a day
//! of rest the end rolls over, as far as the rule says so.

mod consequence;
mod count;
mod explain;
mod period;

pub use consequence::{EventKind, OnExpiry, UnknownKind};
pub use count::read;
pub use explain::explain;
pub use period::{Approval, Counting, Extends, Pause, Period, RollOver};

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan};
use serde::{Deserialize, Serialize};

use crate::case::time::end_of_day;
use crate::rules::Citation;
use crate::text::Bilingual;

/// The state of a period, with its arithmetic.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Reading {
    /// The end is known.
    Ends {
        ends_on: Date,
        arithmetic: Arithmetic,
    },
    /// The calendar of `year` decides, and it is not published.
    AwaitingCalendar { year: i16, arithmetic: Arithmetic },
    /// The clock stands still until the pause ends.
    Paused { since: Date, arithmetic: Arithmetic },
}

/// How a reading came about, step by step.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arithmetic {
    pub period: String,
    pub name: Bilingual,
    pub article: Citation,
    pub pack: String,
    pub calendar: String,
    pub length: u32,
    pub counting: Counting,
    /// The day it starts, which is not counted.
    pub start: Date,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_counted: Option<Date>,
    /// How many days were counted.
    pub counted: u32,
    /// Days passed over, and why.
    pub not_counted: Vec<SkippedDay>,
    /// Weekend days that did count, being worked.
    pub make_up_days: Vec<NamedDay>,
    /// The last counted day, before any roll-over: the date to work to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_counted: Option<Date>,
    /// Days the end rolled over.
    pub rolled_over: Vec<SkippedDay>,
    /// Days before the end at which the unit above is told; a rule of the service.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_days: Option<u32>,
    /// How the rule is read, where the law leaves a choice.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Bilingual>,
}

/// A day that does not count, or a stretch of them: a pause may last for years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedDay {
    /// The first of them.
    pub date: Date,
    /// The last of them; `None`: the one day.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Date>,
    pub why: WhyNot,
}

impl SkippedDay {
    /// The last day that is passed over.
    pub fn last(&self) -> Date {
        self.to.unwrap_or(self.date)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedDay {
    pub date: Date,
    pub name: Bilingual,
}

/// Why a day does not count.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum WhyNot {
    Weekend,
    Holiday {
        name: Bilingual,
    },
    /// By a pause of this kind.
    Paused {
        why: String,
    },
}

impl Reading {
    pub fn arithmetic(&self) -> &Arithmetic {
        match self {
            Reading::Ends { arithmetic, .. }
            | Reading::AwaitingCalendar { arithmetic, .. }
            | Reading::Paused { arithmetic, .. } => arithmetic,
        }
    }

    fn into_arithmetic(self) -> Arithmetic {
        match self {
            Reading::Ends { arithmetic, .. }
            | Reading::AwaitingCalendar { arithmetic, .. }
            | Reading::Paused { arithmetic, .. } => arithmetic,
        }
    }

    /// The last day of the period in law; `None` while it is open.
    pub fn ends_on(&self) -> Option<Date> {
        match self {
            Reading::Ends { ends_on, .. } => Some(*ends_on),
            _ => None,
        }
    }

    /// The day to work to: the last counted one, before any roll-over. Whether ordinary
    /// days of rest put off the end is open in law, so nobody plans on it. Where a calendar
    /// is not there yet, the earliest day that it can turn out to be. `None` while the clock
    /// stands still.
    pub fn work_to(&self) -> Option<Date> {
        let arithmetic = self.arithmetic();
        let is_counted = arithmetic.counted >= arithmetic.length;
        let counted = arithmetic.last_counted.filter(|_| is_counted);
        match self {
            Reading::Ends { ends_on, .. } => Some(counted.map_or(*ends_on, |it| it.min(*ends_on))),
            Reading::AwaitingCalendar { year, .. } => {
                counted.or_else(|| earliest(arithmetic, *year))
            }
            Reading::Paused { .. } => None,
        }
    }

    /// 24:00 of the last day in Shanghai.
    pub fn expires_at(&self) -> Option<Timestamp> {
        end_of_day(self.ends_on()?)
    }

    /// 24:00 of the day on which the unit above is told that the end is near.
    pub fn reminds_at(&self) -> Option<Timestamp> {
        let days = i64::from(self.arithmetic().remind_days?);
        end_of_day(self.work_to()?.checked_sub(days.days()).ok()?)
    }
}

/// The last day of a period were each day from the unknown year on a working day: no
/// calendar makes it end sooner.
fn earliest(arithmetic: &Arithmetic, unknown: i16) -> Option<Date> {
    let eve = Date::new(unknown, 1, 1).ok()?.yesterday().ok()?;
    let passed = arithmetic.not_counted.last().map(SkippedDay::last);
    let known_until = passed
        .into_iter()
        .fold(eve.max(arithmetic.start), Date::max);
    let left = i64::from(arithmetic.length.checked_sub(arithmetic.counted)?);
    known_until.checked_add(left.days()).ok()
}

#[cfg(test)]
mod tests;
