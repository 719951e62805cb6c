//! The engine: wasmtime, set so that the same run is the same everywhere.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use hejie_domain::case::PluginRole;
use wasmtime::component::{HasSelf, Linker};
use wasmtime::{Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig};

use crate::cache::Cache;
use crate::code::CodeBound;
use crate::contract::mediator::MediatorPre;
use crate::contract::resolver::{Resolver, ResolverPre};
use crate::contract::reviewer::ReviewerPre;
use crate::imports::Host;
use crate::limits::Limits;
use crate::manifest::Manifest;
use crate::package::Package;
use crate::places::Places;
use crate::wasi;

/// One tick of the epoch, by which time limits are measured.
pub(crate) const TICK: Duration = Duration::from_millis(10);

/// How the runtime is set up.
#[derive(Debug, Clone)]
pub struct Config {
    /// Where precompiled artefacts are kept; the host's own.
    pub cache: PathBuf,
    /// Runs at once: the pool reserves a place for each.
    pub concurrent_runs: u32,
    pub limits: Limits,
}

/// Why a runtime or a plugin cannot be set up.
#[derive(Debug, thiserror::Error)]
pub enum RuntimeError {
    #[error("the WebAssembly engine cannot be set up: {0}")]
    Engine(String),
    #[error("the component cannot be compiled: {0}")]
    Compile(String),
    #[error("the component takes too much to compile: {0}")]
    TooMuchCode(#[from] CodeBound),
    #[error("the component does not fit the contract: {0}")]
    Link(String),
    #[error("the cache of compiled plugins cannot be used: {0}")]
    Cache(String),
}

/// Compiles and runs plugins.
pub struct Runtime {
    pub(crate) engine: Engine,
    pub(crate) limits: Limits,
    /// As many as the pool has.
    pub(crate) places: Places,
    linker: Linker<Host>,
    cache: Cache,
    ticker: Ticker,
}

/// A plugin that is ready to run.
#[derive(Clone)]
pub struct Plugin {
    pub package: Arc<Identity>,
    pub(crate) instance: Instance,
}

/// What of the package a run needs to know.
#[derive(Debug, Clone)]
pub struct Identity {
    pub digest: hejie_domain::identifiers::digest::Digest,
    pub manifest: Manifest,
}

#[derive(Clone)]
pub(crate) enum Instance {
    Resolver(ResolverPre<Host>),
    Reviewer(ReviewerPre<Host>),
    Mediator(MediatorPre<Host>),
}

impl Runtime {
    pub fn new(config: Config) -> Result<Runtime, RuntimeError> {
        let failed = |fault: wasmtime::Error| RuntimeError::Engine(fault.to_string());
        let engine = Engine::new(&engine_config(&config)).map_err(failed)?;
        let mut linker = Linker::new(&engine);
        wasi::link(&mut linker).map_err(failed)?;
        // The three worlds import the same interfaces.
        Resolver::add_to_linker::<_, HasSelf<Host>>(&mut linker, |host| host).map_err(failed)?;
        Ok(Runtime {
            ticker: Ticker::start(engine.clone()),
            cache: Cache::in_folder(&config.cache)?,
            limits: config.limits,
            places: Places::of(config.concurrent_runs.max(1)),
            linker,
            engine,
        })
    }

    /// The engine's name and exact version, as decision records keep it.
    pub fn engine_version() -> &'static str {
        concat!("wasmtime ", env!("HEJIE_WASMTIME_VERSION"))
    }

    /// Compiles a package, or loads what was compiled before.
    pub fn prepare(&self, package: &Package) -> Result<Plugin, RuntimeError> {
        let link = |fault: wasmtime::Error| RuntimeError::Link(format!("{fault:#}"));
        let component = self
            .cache
            .component(&self.engine, &package.digest, &package.bytes)?;
        let pre = self.linker.instantiate_pre(&component).map_err(link)?;
        let instance = match package.manifest.role {
            PluginRole::Resolver => Instance::Resolver(ResolverPre::new(pre).map_err(link)?),
            PluginRole::Reviewer => Instance::Reviewer(ReviewerPre::new(pre).map_err(link)?),
            PluginRole::Mediator => Instance::Mediator(MediatorPre::new(pre).map_err(link)?),
        };
        let (digest, manifest) = (package.digest.clone(), package.manifest.clone());
        Ok(Plugin {
            package: Arc::new(Identity { digest, manifest }),
            instance,
        })
    }

    /// The limits every run of this runtime has.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

impl Drop for Runtime {
    fn drop(&mut self) {
        self.ticker.stop();
    }
}

/// Determinism: fuel, canonical NaNs, fixed SIMD, fixed limits. Speed: a pool of
/// ready places for instances.
fn engine_config(config: &Config) -> wasmtime::Config {
    let limits = &config.limits;
    let runs = config.concurrent_runs.max(1);
    let mut pool = PoolingAllocationConfig::default();
    pool.total_component_instances(runs)
        .total_core_instances(runs * 16)
        .max_core_instances_per_component(16)
        .total_memories(runs * 4)
        .max_memories_per_component(4)
        .total_tables(runs * 16)
        .max_tables_per_component(16)
        .table_elements(limits.table)
        .max_memory_size(limits.memory);
    keep_resident(&mut pool);
    let mut engine = wasmtime::Config::new();
    engine
        .wasm_component_model(true)
        .consume_fuel(true)
        .epoch_interruption(true)
        .cranelift_nan_canonicalization(true)
        .relaxed_simd_deterministic(true)
        .max_wasm_stack(limits.stack)
        .wasm_backtrace_max_frames(None)
        .allocation_strategy(InstanceAllocationStrategy::Pooling(pool));
    engine
}

/// Memory that a place keeps from one run to the next, put back to what it was,
/// instead of giving its pages to the system and faulting them in again. With
/// Linux's PAGEMAP_SCAN only pages that were written are put back; without, the
/// lowest bytes are all written over, so it keeps fewer.
fn keep_resident(pool: &mut PoolingAllocationConfig) {
    let scans = PoolingAllocationConfig::is_pagemap_scan_available();
    pool.pagemap_scan(Enabled::Auto)
        .linear_memory_keep_resident(if scans { 4 << 20 } else { 128 << 10 })
        .table_keep_resident(8 << 10);
}

/// Moves the epoch on, until the runtime ends.
struct Ticker {
    ended: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl Ticker {
    fn start(engine: Engine) -> Ticker {
        let ended = Arc::new(AtomicBool::new(false));
        let stop = ended.clone();
        let thread = std::thread::spawn(move || {
            while !stop.load(Ordering::Relaxed) {
                std::thread::sleep(TICK);
                engine.increment_epoch();
            }
        });
        Ticker {
            ended,
            thread: Some(thread),
        }
    }

    fn stop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            // A ticker that panicked has nothing more to do either.
            let _ = thread.join();
        }
    }
}
