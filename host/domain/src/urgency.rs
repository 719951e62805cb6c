//! How urgent a file on the authority's work list is. The bands are a rule of the
//! service, not of the law: they tell an officer where to begin, and nothing
//! follows from them.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};
use serde::{Deserialize, Serialize};

use crate::calendar::Calendar;

/// Red: overdue, due today, or due by the end of the next working day.
const RED_WORKING_DAYS: u32 = 1;
/// Amber: due by the end of the third working day after today.
const AMBER_WORKING_DAYS: u32 = 3;

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Band {
    Red,
    Amber,
    Green,
    /// No legal period binds the unit now, or its end is not known.
    None,
}

impl Band {
    pub const ALL: [Band; 4] = [Band::Red, Band::Amber, Band::Green, Band::None];
}

/// The bands of one day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bands {
    /// The last day that is red, and the last that is amber.
    red_until: Date,
    amber_until: Date,
}

impl Bands {
    /// The bands as they are on a day.
    pub fn on(today: Date, calendar: &Calendar) -> Bands {
        Bands {
            red_until: working_days_after(today, RED_WORKING_DAYS, calendar),
            amber_until: working_days_after(today, AMBER_WORKING_DAYS, calendar),
        }
    }

    /// The band of a file by the last day of its period.
    pub fn of(&self, due_on: Option<Date>) -> Band {
        match due_on {
            None => Band::None,
            Some(day) if day <= self.red_until => Band::Red,
            Some(day) if day <= self.amber_until => Band::Amber,
            Some(_) => Band::Green,
        }
    }

    /// The last day that is red.
    pub fn red_until(&self) -> Date {
        self.red_until
    }

    /// The last day that is amber.
    pub fn amber_until(&self) -> Date {
        self.amber_until
    }
}

/// The working day that many after a day; weekends are taken to be free and all
/// else to be worked in a year whose calendar is not published.
fn working_days_after(today: Date, count: u32, calendar: &Calendar) -> Date {
    let (mut day, mut left) = (today, count);
    while left > 0 {
        // The calendar's last day of all has no next.
        let Ok(next) = day.checked_add(1.day()) else {
            return day;
        };
        day = next;
        if is_working(day, calendar) {
            left -= 1;
        }
    }
    day
}

fn is_working(day: Date, calendar: &Calendar) -> bool {
    match calendar.day(day) {
        Ok(known) => known.is_working(),
        Err(_) => !matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use jiff::civil::date;

    fn bands(today: Date) -> Bands {
        Bands::on(today, RuleBook::builtin().unwrap().calendar())
    }

    #[test]
    fn what_is_due_by_the_next_working_day_is_red() {
        // Friday: Monday is the next working day, Wednesday the third.
        let friday = bands(date(2026, 5, 22));
        let band = |month, day| friday.of(Some(date(2026, month, day)));
        assert_eq!(band(1, 1), Band::Red);
        assert_eq!(band(5, 22), Band::Red);
        assert_eq!(band(5, 25), Band::Red);
        assert_eq!(band(5, 26), Band::Amber);
        assert_eq!(band(5, 27), Band::Amber);
        assert_eq!(band(5, 28), Band::Green);
        assert_eq!(friday.of(None), Band::None);
    }

    #[test]
    fn holidays_are_passed_over() {
        // National Day 2026: 1 to 7 October are free.
        let eve = bands(date(2026, 9, 30));
        assert_eq!(eve.of(Some(date(2026, 10, 8))), Band::Red);
    }

    #[test]
    fn a_year_without_a_calendar_has_bands_all_the_same() {
        // A Friday.
        let unknown = bands(date(2040, 6, 1));
        assert_eq!(unknown.red_until(), date(2040, 6, 4));
        assert_eq!(unknown.amber_until(), date(2040, 6, 6));
        assert_eq!(bands(Date::MAX).red_until(), Date::MAX);
    }
}
