//! The working-day calendar: published years of days off and make-up working
//! days, as the State Council's notices give them. A year without a published
//! calendar is unknown, never guessed.

mod statutory;

pub use statutory::{StatutoryCount, StatutoryDays};

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::identifiers::digest::Digest;
use crate::text::{Bilingual, Text};

/// One published year: `schemas/rules/cn/calendars/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearCalendar {
    pub year: i16,
    /// Where the notice is published.
    pub source: String,
    pub days_off: Vec<DayOff>,
    pub make_up_days: Vec<MakeUpDay>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DayOff {
    pub date: Date,
    pub name: Bilingual,
    /// One of the statutory days themselves (11 a year to 2024, 13 from 2025),
    /// not a day that is only shifted next to them.
    pub statutory: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MakeUpDay {
    pub date: Date,
    pub name: Bilingual,
}

/// What a day is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Day<'a> {
    Working,
    /// A weekend day worked in exchange for a day off.
    MakeUp(&'a Bilingual),
    Weekend,
    Holiday {
        name: &'a Bilingual,
        statutory: bool,
    },
}

impl Day<'_> {
    pub fn is_working(&self) -> bool {
        matches!(self, Day::Working | Day::MakeUp(_))
    }
}

/// The year's calendar is not published (or not known here yet).
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the working-day calendar of {0} is not published")]
pub struct UnknownYear(pub i16);

/// A calendar that contradicts itself or what is known.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("the calendar of {year} holds {date}, a day of another year")]
    OtherYear { year: i16, date: Date },
    #[error("the calendar of {year} lists {date} twice")]
    Twice { year: i16, date: Date },
    #[error("{date} is a make-up working day but no weekend day")]
    NotWeekend { date: Date },
    #[error("the calendar of {year} has no days off")]
    Empty { year: i16 },
    #[error("the calendar of {year} marks {found} statutory days; a year has {expected}")]
    Statutory {
        year: i16,
        found: usize,
        expected: usize,
    },
}

impl CalendarError {
    /// The sentence for a person.
    pub fn text(&self) -> Text {
        match self {
            CalendarError::OtherYear { year, date } => Text::new("calendar-other-year")
                .arg("year", *year)
                .arg("date", date.to_string()),
            CalendarError::Twice { year, date } => Text::new("calendar-twice")
                .arg("year", *year)
                .arg("date", date.to_string()),
            CalendarError::NotWeekend { date } => {
                Text::new("calendar-not-weekend").arg("date", date.to_string())
            }
            CalendarError::Empty { year } => Text::new("calendar-empty").arg("year", *year),
            CalendarError::Statutory {
                year,
                found,
                expected,
            } => Text::new("calendar-statutory")
                .arg("year", *year)
                .arg("found", *found as u64)
                .arg("expected", *expected as u64),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Published {
    Off { name: Bilingual, statutory: bool },
    MakeUp { name: Bilingual },
}

/// All published years together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Calendar {
    years: BTreeMap<i16, BTreeMap<Date, Published>>,
    version: String,
}

impl Calendar {
    /// A calendar of these years.
    pub fn of(years: impl IntoIterator<Item = YearCalendar>) -> Result<Calendar, CalendarError> {
        let mut calendar = Calendar::default();
        for year in years {
            calendar.add(year)?;
        }
        Ok(calendar)
    }

    /// Adds a year, or replaces it where a later notice corrected it, days already
    /// past included. That the year is whole is checked where its file is read.
    pub fn add(&mut self, year: YearCalendar) -> Result<(), CalendarError> {
        let days = checked_days(&year)?;
        self.years.insert(year.year, days);
        self.version = self.fingerprint();
        Ok(())
    }

    /// Names this very content: the same days give the same version.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The years that are known, in order.
    pub fn years(&self) -> impl Iterator<Item = i16> {
        self.years.keys().copied()
    }

    /// What `date` is.
    pub fn day(&self, date: Date) -> Result<Day<'_>, UnknownYear> {
        let days = self
            .years
            .get(&date.year())
            .ok_or(UnknownYear(date.year()))?;
        Ok(match days.get(&date) {
            Some(Published::Off { name, statutory }) => Day::Holiday {
                name,
                statutory: *statutory,
            },
            Some(Published::MakeUp { name }) => Day::MakeUp(name),
            None if is_weekend(date) => Day::Weekend,
            None => Day::Working,
        })
    }

    /// A digest over every year with its days, their names and kinds.
    fn fingerprint(&self) -> String {
        let mut content = String::new();
        for (year, days) in &self.years {
            content.push_str(&format!("{year}:"));
            days.iter()
                .for_each(|(date, published)| content.push_str(&line(*date, published)));
        }
        let latest = self.years.keys().next_back().copied().unwrap_or(0);
        let digest = Digest::of(content.as_bytes()).to_string();
        format!("cn-{latest}-{}", &digest[..VERSION_DIGITS])
    }
}

/// How many digits of the digest a version shows.
const VERSION_DIGITS: usize = 16;

fn line(date: Date, published: &Published) -> String {
    let (mark, name) = match published {
        Published::Off {
            statutory: true,
            name,
        } => ('s', name),
        Published::Off {
            statutory: false,
            name,
        } => ('o', name),
        Published::MakeUp { name } => ('w', name),
    };
    format!("{date}{mark}{:?}{:?}", name.zh, name.en)
}

fn is_weekend(date: Date) -> bool {
    matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday)
}

fn checked_days(year: &YearCalendar) -> Result<BTreeMap<Date, Published>, CalendarError> {
    let mut days = BTreeMap::new();
    let off = year.days_off.iter().map(|day| {
        (
            day.date,
            Published::Off {
                name: day.name.clone(),
                statutory: day.statutory,
            },
        )
    });
    let make_up = year.make_up_days.iter().map(|day| {
        (
            day.date,
            Published::MakeUp {
                name: day.name.clone(),
            },
        )
    });
    for (date, published) in off.chain(make_up) {
        if date.year() != year.year {
            return Err(CalendarError::OtherYear {
                year: year.year,
                date,
            });
        }
        if matches!(published, Published::MakeUp { .. }) && !is_weekend(date) {
            return Err(CalendarError::NotWeekend { date });
        }
        if days.insert(date, published).is_some() {
            return Err(CalendarError::Twice {
                year: year.year,
                date,
            });
        }
    }
    Ok(days)
}

#[cfg(test)]
mod tests;
