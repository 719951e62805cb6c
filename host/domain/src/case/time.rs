//! The law's time zone: storage is UTC, the law counts civil days in Shanghai.

use jiff::civil::Date;
use jiff::tz::{Offset, TimeZone};
use jiff::{RoundMode, Timestamp, TimestampRound, ToSpan, Unit};

/// China has kept UTC+8 without summer time since 1991, so the offset is the zone.
pub fn shanghai() -> TimeZone {
    TimeZone::fixed(Offset::constant(8))
}

/// The civil date of a moment in Shanghai.
pub fn civil_date(at: Timestamp) -> Date {
    at.to_zoned_datetime(shanghai()).date()
}

/// A moment as it is told in Shanghai: `2026-05-18 09:00`.
pub fn to_the_minute(at: Timestamp) -> String {
    let moment = at.to_zoned_datetime(shanghai());
    moment.strftime("%Y-%m-%d %H:%M").to_string()
}

/// The first full minute that is not before a moment, as the earliest is told.
pub fn to_the_next_minute(at: Timestamp) -> String {
    to_the_minute(at.round(up_to_minutes()).unwrap_or(at))
}

fn up_to_minutes() -> TimestampRound {
    let round = TimestampRound::new().smallest(Unit::Minute);
    round.mode(RoundMode::Ceil)
}

/// The moment at which the civil day of a moment began in Shanghai; `None` before the
/// beginning of the calendar.
pub fn begin_of_day(at: Timestamp) -> Option<Timestamp> {
    begin_of(civil_date(at))
}

/// 0:00 of a day in Shanghai; `None` beyond the end of the calendar.
pub fn begin_of(day: Date) -> Option<Timestamp> {
    let midnight = day.to_zoned_datetime(shanghai()).ok()?;
    Some(midnight.timestamp())
}

/// 24:00 of a day in Shanghai; `None` beyond the end of the calendar.
pub fn end_of_day(day: Date) -> Option<Timestamp> {
    begin_of(day.checked_add(1.day()).ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn the_earliest_minute_is_never_before_the_moment() {
        let told = |at: &str| to_the_next_minute(at.parse().unwrap());
        assert_eq!(told("2026-05-26T05:00:00Z"), "2026-05-26 13:00");
        assert_eq!(told("2026-05-26T05:00:00.5Z"), "2026-05-26 13:01");
        assert_eq!(told("2026-05-26T15:59:49Z"), "2026-05-27 00:00");
    }

    #[test]
    fn a_day_in_shanghai_begins_at_sixteen_hours_utc() {
        let before: Timestamp = "2026-04-14T15:59:59Z".parse().unwrap();
        let after: Timestamp = "2026-04-14T16:00:00Z".parse().unwrap();
        assert_eq!(civil_date(before), date(2026, 4, 14));
        assert_eq!(civil_date(after), date(2026, 4, 15));
        assert_eq!(end_of_day(date(2026, 4, 14)), Some(after));
        assert_eq!(begin_of_day(after), Some(after));
        assert_eq!(begin_of_day(before), "2026-04-13T16:00:00Z".parse().ok());
    }
}
