//! Where a file stands on the list: by the last day of its period while it waits, and beyond
//! all that wait by the day since which it waits for nobody, the latest first. Within a day
//! stands first what came there first, and after it reports in an order that is drawn:
//! nobody is to learn when in the day each came (Order 121 art. 37).

use std::iter::successors;

use hejie_domain::identifiers::digest::Digest;
use jiff::civil::{Date, date};
use jiff::{ToSpan, Unit};

/// Files that may be of one day.
const PER_DAY: i64 = 1 << 40;
/// Half of a day's places are for files whose place is drawn.
const DRAWN: i64 = PER_DAY / 2;
/// Room for those that draw the same.
const SAME: i64 = 1 << 10;
/// The day of those that wait until no day that is known: after all others that wait.
const OPEN: i64 = (1 << 22) - 1;
/// The first of the days of those that are over, which is the latest there is.
const OVER: i64 = OPEN + 1;
const LATEST: i64 = OPEN;
const EPOCH: Date = date(1970, 1, 1);

/// The place after all that wait and before all that are over.
pub(crate) const END_OF_WAITING: i64 = OVER * PER_DAY;

/// The day that a file has its place by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Day {
    /// It waits until this day.
    Due(Date),
    /// It waits, until no day that is known.
    Open,
    /// It waits for nobody since this day.
    Over(Date),
}

impl Day {
    /// The place before all files of this day.
    pub fn before(self) -> i64 {
        self.number() * PER_DAY
    }

    /// The place after all files of this day, which is where the next begins.
    pub fn after(self) -> i64 {
        // The last of all has nothing after it.
        (self.number() + 1).checked_mul(PER_DAY).unwrap_or(i64::MAX)
    }

    /// The first of the places that are drawn.
    pub fn first_drawn(self) -> i64 {
        self.before() + DRAWN
    }

    /// The place of a file that is drawn: by its number, which is drawn too.
    pub fn drawn(self, number: &str) -> i64 {
        let [a, b, c, d, e, ..] = *Digest::of(number.as_bytes()).as_bytes();
        let drawn = i64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        self.first_drawn() + drawn % (DRAWN - SAME)
    }

    pub fn has(self, place: i64) -> bool {
        self.before() < place && place < self.after()
    }

    /// The day whose files have this place.
    pub fn of(place: i64) -> Option<Day> {
        let date = |days: i64| EPOCH.checked_add(i32::try_from(days).ok()?.days()).ok();
        match place / PER_DAY {
            OPEN => Some(Day::Open),
            over @ OVER.. => date(LATEST - (over - OVER)).map(Day::Over),
            due => date(due).map(Day::Due),
        }
    }

    /// This day and those that follow it on the list, as far as they are of its kind.
    pub fn onward(self) -> impl Iterator<Item = Day> {
        successors(Some(self), |day| match day {
            Day::Due(date) => date.tomorrow().ok().map(Day::Due),
            Day::Open => None,
            Day::Over(date) => date.yesterday().ok().map(Day::Over),
        })
    }

    fn number(self) -> i64 {
        match self {
            Day::Due(date) => days(date),
            Day::Open => OPEN,
            Day::Over(date) => OVER + (LATEST - days(date)),
        }
    }
}

fn days(date: Date) -> i64 {
    let days = EPOCH.until((Unit::Day, date));
    days.map_or(0, |span| i64::from(span.get_days()).max(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_days_have_greater_places_and_what_is_over_the_greatest_the_latest_first() {
        let days = [
            Day::Due(Date::MIN),
            Day::Due(date(2026, 5, 27)),
            Day::Due(date(2026, 5, 28)),
            Day::Due(Date::MAX),
            Day::Open,
            Day::Over(Date::MAX),
            Day::Over(date(2026, 5, 28)),
            Day::Over(date(2026, 5, 27)),
            Day::Over(Date::MIN),
        ];
        for pair in days.windows(2) {
            assert!(pair[0].before() < pair[0].after());
            assert!(pair[0].after() <= pair[1].before(), "{pair:?}");
        }
        for day in days {
            let within = day != Day::Due(Date::MIN) && day != Day::Over(Date::MIN);
            for place in [day.before() + 1, day.after() - 1] {
                assert!(day.has(place));
                assert_eq!(Day::of(place) == Some(day), within, "{day:?}");
                let over = matches!(day, Day::Over(_));
                assert_eq!(place > END_OF_WAITING, over, "{day:?}");
            }
        }
        assert!(!Day::Due(Date::MAX).has(Day::Open.before() + 1));
    }

    #[test]
    fn days_follow_one_another_as_their_places_do() {
        let may = |day| date(2026, 5, day);
        let onward = |day: Day| day.onward().take(2).collect::<Vec<_>>();
        assert_eq!(
            onward(Day::Due(may(27))),
            [Day::Due(may(27)), Day::Due(may(28))]
        );
        assert_eq!(onward(Day::Open), [Day::Open]);
        assert_eq!(
            onward(Day::Over(may(28))),
            [Day::Over(may(28)), Day::Over(may(27))]
        );
    }
}
