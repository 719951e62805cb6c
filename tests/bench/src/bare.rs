//! Bare wasmtime: the same component instantiated, called and dropped by a host
//! with nothing around it. A pooling engine as wasmtime sets one by itself, with the
//! fuel and epochs that are in the compiled code; but no limiter, no seeded
//! randomness, no log, no record and no checks.

use std::sync::Arc;

use hejie_domain::money::Fen;
use hejie_domain::rules::RuleBook;
use hejie_runtime::Input;
use hejie_runtime::contract::calendar::Unknown;
use hejie_runtime::contract::{actions, calendar, dispute, events, log, money, run, values};
use hejie_sdk::Calendar as _;
use hejie_testkit::Pinned;
use wasmtime::component::{Component, HasSelf, Linker, ResourceTable};
use wasmtime::{Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Store};
use wasmtime_wasi::{WasiCtx, WasiCtxView, WasiView};

wasmtime::component::bindgen!({
    path: "../../schemas/wit",
    world: "hejie:plugin/resolver",
    with: {
        "hejie:plugin/values@1.0.0": hejie_runtime::contract::values,
        "hejie:plugin/dispute@1.0.0": hejie_runtime::contract::dispute,
        "hejie:plugin/events@1.0.0": hejie_runtime::contract::events,
        "hejie:plugin/actions@1.0.0": hejie_runtime::contract::actions,
        "hejie:plugin/run@1.0.0": hejie_runtime::contract::run,
        "hejie:plugin/calendar@1.0.0": hejie_runtime::contract::calendar,
        "hejie:plugin/money@1.0.0": hejie_runtime::contract::money,
        "hejie:plugin/log@1.0.0": hejie_runtime::contract::log,
    },
});

pub use exports::hejie::plugin::resolve::Decision;

struct Host {
    calendar: Pinned,
    wasi: WasiCtx,
    resources: ResourceTable,
}

impl WasiView for Host {
    fn ctx(&mut self) -> WasiCtxView<'_> {
        WasiCtxView {
            ctx: &mut self.wasi,
            table: &mut self.resources,
        }
    }
}

impl values::Host for Host {}
impl dispute::Host for Host {}
impl events::Host for Host {}
impl actions::Host for Host {}
impl run::Host for Host {}

fn unknown(fault: hejie_sdk::Unknown) -> Unknown {
    match fault {
        hejie_sdk::Unknown::Year(year) => Unknown::Year(year),
        hejie_sdk::Unknown::Malformed => Unknown::Malformed,
        hejie_sdk::Unknown::TooFar => Unknown::TooFar,
    }
}

impl calendar::Host for Host {
    fn add_working_days(&mut self, start: String, days: u32) -> Result<String, Unknown> {
        self.calendar
            .add_working_days(&start, days)
            .map_err(unknown)
    }

    fn working_days_between(&mut self, start: String, end: String) -> Result<u32, Unknown> {
        self.calendar
            .working_days_between(&start, &end)
            .map_err(unknown)
    }

    fn days_between(&mut self, start: String, end: String) -> Result<u32, Unknown> {
        self.calendar.days_between(&start, &end).map_err(unknown)
    }

    fn add_days(&mut self, start: String, days: u32) -> Result<String, Unknown> {
        self.calendar.add_days(&start, days).map_err(unknown)
    }
}

impl money::Host for Host {
    fn ratio(&mut self, amount: u64, numerator: u64, denominator: u64) -> Option<u64> {
        let fen = Fen::new(amount).ok()?.ratio(numerator, denominator)?;
        Some(fen.get())
    }

    fn format(&mut self, amount: u64) -> String {
        Fen::new(amount).unwrap_or(Fen::MAX).to_string()
    }
}

impl log::Host for Host {
    fn write(&mut self, _: log::Level, _: String) {}
}

/// A plain host around one component.
pub struct Bare {
    engine: Engine,
    component: ResolverPre<Host>,
    rules: Arc<RuleBook>,
}

impl Bare {
    pub fn of(component: &[u8], rules: Arc<RuleBook>) -> wasmtime::Result<Bare> {
        let mut config = wasmtime::Config::new();
        let mut pool = PoolingAllocationConfig::default();
        pool.total_component_instances(4).max_memory_size(64 << 20);
        config
            .consume_fuel(true)
            .epoch_interruption(true)
            .cranelift_nan_canonicalization(true)
            .relaxed_simd_deterministic(true)
            .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
        let engine = Engine::new(&config)?;
        let mut linker = Linker::new(&engine);
        wasmtime_wasi::p2::add_to_linker_sync(&mut linker)?;
        Resolver::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host)?;
        let component = Component::new(&engine, component)?;
        let component = ResolverPre::new(linker.instantiate_pre(&component)?)?;
        Ok(Bare {
            engine,
            component,
            rules,
        })
    }

    /// Instantiates, calls and drops.
    pub fn call(&self, input: &Input) -> wasmtime::Result<Decision> {
        let host = Host {
            calendar: Pinned(self.rules.clone()),
            wasi: WasiCtx::default(),
            resources: ResourceTable::new(),
        };
        let mut store = Store::new(&self.engine, host);
        store.set_fuel(u64::MAX)?;
        store.set_epoch_deadline(u64::MAX / 2);
        let instance = self.component.instantiate(&mut store)?;
        instance
            .hejie_plugin_resolve()
            .call_decide(store, &input.context, &input.event)
    }
}
