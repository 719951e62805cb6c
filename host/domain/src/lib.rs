//! The domain of Hejie: cases, clocks, the law as data. Pure: no I/O, no async,
//! no clock of its own. Time, calendars and rules come in as values.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod calendar;
pub mod case;
pub mod categories;
pub mod clock;
pub mod day;
pub mod divisions;
pub mod drafts;
pub mod entitlements;
pub mod facts;
pub mod file;
pub mod form;
pub mod identifiers;
pub mod incident;
pub mod indicators;
pub mod inquiry;
pub mod jurisdiction;
pub mod knowledge;
#[cfg(test)]
mod law_table;
pub mod money;
pub mod officers;
pub mod remedy;
pub mod report;
pub mod rewards;
pub mod rules;
pub mod text;
pub mod units;
pub mod urgency;
pub mod visits;
pub mod words;
