//! The platform's calendar for plugins that run natively or under another host.

use std::sync::Arc;

use hejie_domain::rules::RuleBook;
use hejie_sdk::{Calendar, Unknown};
use jiff::civil::Date;
use jiff::{ToSpan, Unit};

/// The calendar of a rule book.
pub struct Pinned(pub Arc<RuleBook>);

fn parse(text: &str) -> Result<Date, Unknown> {
    text.parse().map_err(|_| Unknown::Malformed)
}

/// The host's bound: ten years.
fn near(days: u32) -> Result<u32, Unknown> {
    if days > 3_660 {
        return Err(Unknown::TooFar);
    }
    Ok(days)
}

impl Pinned {
    fn is_working(&self, day: Date) -> Result<bool, Unknown> {
        let what = self.0.calendar().day(day);
        what.map(|what| what.is_working())
            .map_err(|year| Unknown::Year(u16::try_from(year.0).unwrap_or(0)))
    }
}

impl Calendar for Pinned {
    fn add_working_days(&self, start: &str, days: u32) -> Result<String, Unknown> {
        let (mut day, mut left) = (parse(start)?, near(days)?);
        while left > 0 {
            day = day.tomorrow().map_err(|_| Unknown::Malformed)?;
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day.to_string())
    }

    fn working_days_between(&self, start: &str, end: &str) -> Result<u32, Unknown> {
        near(self.days_between(start, end)?)?;
        let (mut day, end, mut count) = (parse(start)?, parse(end)?, 0);
        while day < end {
            day = day.tomorrow().map_err(|_| Unknown::Malformed)?;
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }

    fn days_between(&self, start: &str, end: &str) -> Result<u32, Unknown> {
        let span = parse(start)?.until((Unit::Day, parse(end)?));
        let days = span.map_err(|_| Unknown::Malformed)?.get_days();
        Ok(u32::try_from(days).unwrap_or(0))
    }

    fn add_days(&self, start: &str, days: u32) -> Result<String, Unknown> {
        let day = parse(start)?.checked_add(i64::from(near(days)?).days());
        day.map(|day| day.to_string())
            .map_err(|_| Unknown::Malformed)
    }
}
