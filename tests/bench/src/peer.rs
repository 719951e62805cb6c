//! Extism: the same decision behind the peer's interface, under like limits.

use std::sync::Arc;
use std::time::Duration;

use anyhow::Result;
use extism::{CompiledPlugin, Manifest, Plugin, PluginBuilder, UserData, Wasm, host_fn};
use hejie_domain::rules::RuleBook;
use hejie_runtime::Limits;
use hejie_sdk::Calendar;
use hejie_testkit::Pinned;

host_fn!(add_working_days(calendar: Pinned; start: String, days: u64) -> String {
    let calendar = calendar.get()?;
    let calendar = calendar.lock().map_err(|_| extism::Error::msg("the calendar is lost"))?;
    calendar
        .add_working_days(&start, u32::try_from(days)?)
        .map_err(|fault| extism::Error::msg(format!("{fault:?}")))
});

host_fn!(days_between(calendar: Pinned; start: String, end: String) -> u64 {
    let calendar = calendar.get()?;
    let calendar = calendar.lock().map_err(|_| extism::Error::msg("the calendar is lost"))?;
    calendar
        .days_between(&start, &end)
        .map(u64::from)
        .map_err(|fault| extism::Error::msg(format!("{fault:?}")))
});

/// Compiled once; each call takes a fresh plugin.
pub struct Peer(CompiledPlugin);

impl Peer {
    pub fn of(wasm: &[u8]) -> Result<Peer> {
        let limits = Limits::default();
        let pages = u32::try_from(limits.memory / 65_536)?;
        let manifest = Manifest::new([Wasm::data(wasm)])
            .with_timeout(Duration::from_millis(limits.time_ms))
            .with_memory_max(pages);
        let calendar = UserData::new(Pinned(Arc::new(RuleBook::builtin()?)));
        let builder = PluginBuilder::new(manifest)
            .with_wasi(false)
            .with_fuel_limit(limits.fuel)
            .with_function(
                "add_working_days",
                [extism::PTR, extism::ValType::I64],
                [extism::PTR],
                calendar.clone(),
                add_working_days,
            )
            .with_function(
                "days_between",
                [extism::PTR, extism::PTR],
                [extism::ValType::I64],
                calendar,
                days_between,
            );
        Ok(Peer(CompiledPlugin::new(builder)?))
    }

    /// A fresh plugin, one call.
    pub fn call(&self, input: &str) -> Result<String> {
        let mut plugin = Plugin::new_from_compiled(&self.0)?;
        plugin.call("decide", input)
    }
}
