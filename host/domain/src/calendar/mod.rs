//! The working-day calendar: published years of days off and make-up working
//! days, as the State Council's notices give them. A year without a published
//! calendar is unknown, never guessed.

use std::collections::BTreeMap;

use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::identifiers::digest::Digest;
use crate::text::Bilingual;

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

    /// Adds a year, or replaces it where a later notice changed it.
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

    fn fingerprint(&self) -> String {
        let mut content = String::new();
        for (date, published) in self.years.values().flatten() {
            let mark = match published {
                Published::Off {
                    statutory: true, ..
                } => 's',
                Published::Off {
                    statutory: false, ..
                } => 'o',
                Published::MakeUp { .. } => 'w',
            };
            content.push_str(&format!("{date}{mark}"));
        }
        let latest = self.years.keys().next_back().copied().unwrap_or(0);
        let digest = Digest::of(content.as_bytes()).to_string();
        format!("cn-{latest}-{}", &digest[..8])
    }
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
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use jiff::ToSpan;
    use jiff::civil::date;
    use rstest::rstest;

    fn builtin() -> Calendar {
        RuleBook::builtin().unwrap().calendar().clone()
    }

    #[rstest]
    #[case(2019, 250)]
    #[case(2020, 249)]
    #[case(2021, 250)]
    #[case(2022, 249)]
    #[case(2023, 249)]
    #[case(2024, 251)]
    #[case(2025, 248)]
    #[case(2026, 248)]
    fn a_year_has_its_known_number_of_working_days(#[case] year: i16, #[case] expected: usize) {
        let calendar = builtin();
        let days = date(year, 1, 1)
            .series(1.day())
            .take_while(|day| day.year() == year);
        let working = days
            .filter(|day| calendar.day(*day).unwrap().is_working())
            .count();
        assert_eq!(working, expected);
    }

    #[rstest]
    #[case(2023, 11)]
    #[case(2024, 11)]
    #[case(2025, 13)]
    #[case(2026, 13)]
    fn a_year_has_its_number_of_statutory_days(#[case] year: i16, #[case] expected: usize) {
        let calendar = builtin();
        let days = date(year, 1, 1)
            .series(1.day())
            .take_while(|day| day.year() == year);
        let statutory = days.filter(|day| {
            matches!(
                calendar.day(*day),
                Ok(Day::Holiday {
                    statutory: true,
                    ..
                })
            )
        });
        assert_eq!(statutory.count(), expected);
    }

    #[test]
    fn a_make_up_saturday_is_worked_and_an_unknown_year_is_unknown() {
        let calendar = builtin();
        assert!(matches!(
            calendar.day(date(2026, 2, 14)),
            Ok(Day::MakeUp(_))
        ));
        assert!(matches!(
            calendar.day(date(2026, 10, 10)),
            Ok(Day::MakeUp(_))
        ));
        assert_eq!(calendar.day(date(2027, 1, 4)), Err(UnknownYear(2027)));
    }

    #[test]
    fn adding_a_year_changes_the_version_and_contradictions_are_refused() {
        let mut calendar = builtin();
        let before = calendar.version().to_owned();
        let name = Bilingual::new("元旦", "New Year");
        let off = |day| DayOff {
            date: day,
            name: name.clone(),
            statutory: true,
        };
        let year = |days_off| YearCalendar {
            year: 2027,
            source: "test".to_owned(),
            days_off,
            make_up_days: Vec::new(),
        };
        let twice = vec![off(date(2027, 1, 1)), off(date(2027, 1, 1))];
        assert!(matches!(
            calendar.add(year(twice)),
            Err(CalendarError::Twice { .. })
        ));
        let other = vec![off(date(2026, 1, 1))];
        assert!(matches!(
            calendar.add(year(other)),
            Err(CalendarError::OtherYear { .. })
        ));
        assert_eq!(calendar.version(), before);
        calendar.add(year(vec![off(date(2027, 1, 1))])).unwrap();
        assert_ne!(calendar.version(), before);
        assert!(matches!(calendar.day(date(2027, 1, 4)), Ok(Day::Working)));
    }
}
