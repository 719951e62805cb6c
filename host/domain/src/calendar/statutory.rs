//! How many days a year are statutory holidays, and whether a year's file can be right.

use serde::{Deserialize, Serialize};

use super::{CalendarError, YearCalendar};

/// `schemas/rules/cn/statutory-days.json`: the regulation on public holidays, as it
/// stood over the years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryDays {
    pub source: String,
    /// By year, the earliest first.
    pub counts: Vec<StatutoryCount>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatutoryCount {
    pub from_year: i16,
    pub days: usize,
}

impl StatutoryDays {
    fn of(&self, year: i16) -> Option<usize> {
        let earlier = self.counts.iter().rev();
        let mut known = earlier.filter(|count| count.from_year <= year);
        known.next().map(|count| count.days)
    }

    /// A year's file is whole: it has days off, and marks as many statutory days as
    /// there are. One fewer is right where two holidays fall on the same day, as
    /// Mid-Autumn and National Day did in 2020.
    pub fn check(&self, year: &YearCalendar) -> Result<(), CalendarError> {
        if year.days_off.is_empty() {
            return Err(CalendarError::Empty { year: year.year });
        }
        let found = year.days_off.iter().filter(|day| day.statutory).count();
        match self.of(year.year) {
            Some(expected) if found != expected && found + 1 != expected => {
                Err(CalendarError::Statutory {
                    year: year.year,
                    found,
                    expected,
                })
            }
            _ => Ok(()),
        }
    }
}
