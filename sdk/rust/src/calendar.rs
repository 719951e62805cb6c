//! Counting days on the host's pinned calendar. In native tests, and under another
//! host (feature `standalone`), it is the one that [`install_calendar`] was given.

pub use crate::bindings::types::hejie::plugin::calendar::Unknown;

#[cfg(all(target_arch = "wasm32", not(feature = "standalone")))]
pub use crate::bindings::types::hejie::plugin::calendar::{
    add_days, add_working_days, days_between, working_days_between,
};

#[cfg(any(not(target_arch = "wasm32"), feature = "standalone"))]
pub use native::{
    add_days, add_working_days, days_between, install_calendar, working_days_between,
};

#[cfg(any(not(target_arch = "wasm32"), feature = "standalone"))]
mod native {
    use std::cell::RefCell;

    use super::Unknown;

    /// The four questions a calendar answers, as the contract has them.
    pub trait Calendar {
        fn add_working_days(&self, start: &str, days: u32) -> Result<String, Unknown>;
        fn working_days_between(&self, start: &str, end: &str) -> Result<u32, Unknown>;
        fn days_between(&self, start: &str, end: &str) -> Result<u32, Unknown>;
        fn add_days(&self, start: &str, days: u32) -> Result<String, Unknown>;
    }

    thread_local! {
        static INSTALLED: RefCell<Option<Box<dyn Calendar>>> = const { RefCell::new(None) };
    }

    /// Gives this thread the calendar that plugins run natively on it count by.
    pub fn install_calendar(calendar: Box<dyn Calendar>) {
        INSTALLED.set(Some(calendar));
    }

    fn with<T>(ask: impl FnOnce(&dyn Calendar) -> Result<T, Unknown>) -> Result<T, Unknown> {
        INSTALLED.with_borrow(|calendar| match calendar {
            Some(calendar) => ask(calendar.as_ref()),
            // Without a calendar every year is unknown, as it would be to a host.
            None => Err(Unknown::Year(0)),
        })
    }

    /// The host's bound: ten years.
    fn near(days: u32) -> Result<u32, Unknown> {
        if days > 3_660 {
            return Err(Unknown::TooFar);
        }
        Ok(days)
    }

    pub fn add_working_days(start: &str, days: u32) -> Result<String, Unknown> {
        let days = near(days)?;
        with(|calendar| calendar.add_working_days(start, days))
    }

    pub fn working_days_between(start: &str, end: &str) -> Result<u32, Unknown> {
        near(days_between(start, end)?)?;
        with(|calendar| calendar.working_days_between(start, end))
    }

    pub fn days_between(start: &str, end: &str) -> Result<u32, Unknown> {
        with(|calendar| calendar.days_between(start, end))
    }

    pub fn add_days(start: &str, days: u32) -> Result<String, Unknown> {
        let days = near(days)?;
        with(|calendar| calendar.add_days(start, days))
    }
}

#[cfg(any(not(target_arch = "wasm32"), feature = "standalone"))]
pub use native::Calendar;

#[cfg(all(test, not(target_arch = "wasm32")))]
mod tests {
    use super::*;

    #[test]
    fn more_than_ten_years_away_is_an_answer_of_its_own() {
        for asked in [
            add_days("2026-05-18", 3_661),
            add_working_days("2026-05-18", 3_661),
        ] {
            assert_eq!(asked, Err(Unknown::TooFar));
        }
        // No calendar is installed here: within the bound every year is unknown.
        assert_eq!(add_days("2026-05-18", 3_660), Err(Unknown::Year(0)));
    }
}
