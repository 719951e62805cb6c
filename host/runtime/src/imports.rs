//! What a guest may call: pure helpers on the pinned calendar, fen arithmetic, a
//! bounded log.

use std::sync::Arc;

use hejie_domain::money::Fen;
use hejie_domain::rules::RuleBook;
use jiff::civil::Date;
use jiff::{ToSpan, Unit};
use serde::{Deserialize, Serialize};
use wasmtime::component::ResourceTable;
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

use crate::ceiling::Ceiling;
use crate::contract::calendar::{Host as CalendarHost, Unknown};
use crate::contract::log::{Host as LogHost, Level};
use crate::contract::money::Host as MoneyHost;
use crate::limits::Limits;

/// The most days a guest may have counted in one call: ten years.
const MAX_DAYS: u32 = 3_660;

/// A line the plugin logged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LogLine {
    pub level: String,
    pub line: String,
}

/// What one instance stands on.
pub(crate) struct Host {
    pub rules: Arc<RuleBook>,
    pub limits: Limits,
    pub ceiling: Ceiling,
    pub log: Vec<LogLine>,
    pub log_bytes: usize,
    pub log_dropped: u64,
    pub wasi: WasiCtx,
    pub resources: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.resources,
        }
    }
}

// Interfaces of types alone: nothing to call.
impl crate::contract::values::Host for Host {}
impl crate::contract::dispute::Host for Host {}
impl crate::contract::events::Host for Host {}
impl crate::contract::actions::Host for Host {}
impl crate::contract::run::Host for Host {}

impl CalendarHost for Host {
    fn add_working_days(&mut self, start: String, days: u32) -> Result<String, Unknown> {
        let (mut day, mut left) = (parse(&start)?, near(days)?);
        while left > 0 {
            day = day.tomorrow().map_err(|_| Unknown::Malformed)?;
            left -= u32::from(self.is_working(day)?);
        }
        Ok(day.to_string())
    }

    fn working_days_between(&mut self, start: String, end: String) -> Result<u32, Unknown> {
        let (mut day, end) = (parse(&start)?, parse(&end)?);
        near(natural_days(day, end)?)?;
        let mut count = 0;
        while day < end {
            day = day.tomorrow().map_err(|_| Unknown::Malformed)?;
            count += u32::from(self.is_working(day)?);
        }
        Ok(count)
    }

    fn days_between(&mut self, start: String, end: String) -> Result<u32, Unknown> {
        natural_days(parse(&start)?, parse(&end)?)
    }

    fn add_days(&mut self, start: String, days: u32) -> Result<String, Unknown> {
        let span = i64::from(near(days)?).days();
        let day = parse(&start)?
            .checked_add(span)
            .map_err(|_| Unknown::Malformed)?;
        Ok(day.to_string())
    }
}

impl Host {
    fn is_working(&self, day: Date) -> Result<bool, Unknown> {
        match self.rules.calendar().day(day) {
            Ok(what) => Ok(what.is_working()),
            Err(year) => Err(Unknown::Year(u16::try_from(year.0).unwrap_or(0))),
        }
    }
}

/// Beyond the bound is an answer of its own, never a day that is silently another.
fn near(days: u32) -> Result<u32, Unknown> {
    if days > MAX_DAYS {
        return Err(Unknown::TooFar);
    }
    Ok(days)
}

fn natural_days(start: Date, end: Date) -> Result<u32, Unknown> {
    let span = start.until((Unit::Day, end));
    let days = span.map_err(|_| Unknown::Malformed)?.get_days();
    Ok(u32::try_from(days).unwrap_or(0))
}

fn parse(text: &str) -> Result<Date, Unknown> {
    text.parse().map_err(|_| Unknown::Malformed)
}

impl MoneyHost for Host {
    fn ratio(&mut self, amount: u64, numerator: u64, denominator: u64) -> Option<u64> {
        Fen::new(amount)
            .ok()?
            .ratio(numerator, denominator)
            .map(Fen::get)
    }

    fn format(&mut self, amount: u64) -> String {
        Fen::new(amount).unwrap_or(Fen::MAX).to_string()
    }
}

impl LogHost for Host {
    fn write(&mut self, level: Level, line: String) {
        self.log_bytes = self.log_bytes.saturating_add(line.len());
        let full = self.log.len() >= self.limits.log_lines;
        if full || self.log_bytes > self.limits.log_bytes {
            self.log_dropped += 1;
            return;
        }
        let level = match level {
            Level::Debug => "debug",
            Level::Info => "info",
            Level::Warn => "warn",
            Level::Error => "error",
        };
        self.log.push(LogLine {
            level: level.to_owned(),
            line,
        });
    }
}
