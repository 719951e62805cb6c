//! Where a file stands on the list: the last day of its period, and the order of
//! coming within that day.

use jiff::civil::{Date, date};
use jiff::{ToSpan, Unit};

/// Files that may be due on one day.
const PER_DAY: i64 = 1 << 40;
/// The day of those that are due on none: after all others.
const NO_DAY: i64 = (1 << 23) - 1;
const EPOCH: Date = date(1970, 1, 1);

/// The place before all that are due on a day; `None` is no day.
pub(crate) fn before_day(day: Option<Date>) -> i64 {
    number(day) * PER_DAY
}

/// The place after all that are due on a day, which is where the next day begins.
pub(crate) fn after_day(day: Option<Date>) -> i64 {
    // The last of all has nothing after it.
    (number(day) + 1).checked_mul(PER_DAY).unwrap_or(i64::MAX)
}

pub(crate) fn is_of_day(place: i64, day: Option<Date>) -> bool {
    before_day(day) < place && place < after_day(day)
}

/// The day whose files have this place; `None` where that is no day.
pub(crate) fn day_of(place: i64) -> Option<Date> {
    let days = place / PER_DAY;
    if days >= NO_DAY {
        return None;
    }
    let days = i32::try_from(days).ok()?;
    EPOCH.checked_add(days.days()).ok()
}

fn number(day: Option<Date>) -> i64 {
    let Some(day) = day else {
        return NO_DAY;
    };
    let days = EPOCH.until((Unit::Day, day));
    days.map_or(0, |span| i64::from(span.get_days()).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_have_greater_places_and_no_day_the_greatest() {
        let days = [
            Some(Date::MIN),
            Some(date(2026, 5, 27)),
            Some(date(2026, 5, 28)),
            Some(Date::MAX),
            None,
        ];
        for pair in days.windows(2) {
            assert!(before_day(pair[0]) < after_day(pair[0]));
            assert!(after_day(pair[0]) <= before_day(pair[1]), "{pair:?}");
        }
        for day in [Some(date(2026, 5, 27)), Some(Date::MAX), None] {
            assert_eq!(day_of(before_day(day) + 1), day);
            assert_eq!(day_of(after_day(day) - 1), day);
        }
        assert!(is_of_day(before_day(None) + 1, None));
        assert!(!is_of_day(before_day(None) + 1, Some(Date::MAX)));
    }
}
