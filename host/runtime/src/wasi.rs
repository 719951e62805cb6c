//! The WASI that language runtimes insist on: empty and deterministic. No files,
//! no sockets, no environment; a clock that stands still; random numbers from
//! the run's id. Nothing waits: a call into the host is where neither fuel nor
//! the epoch reaches, so whatever a guest waits for is there at once.

use std::time::Duration;

use hejie_domain::identifiers::digest::Digest;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use wasmtime::component::{HasSelf, Linker, Resource};
use wasmtime_wasi::clocks::WasiClocksView;
use wasmtime_wasi::p2::DynPollable;
use wasmtime_wasi::p2::bindings::clocks::monotonic_clock;
use wasmtime_wasi::p2::bindings::sync::io::poll;
use wasmtime_wasi::{HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder};

use crate::imports::Host;

/// The most random bytes in one call; runtimes seed themselves with far fewer.
const MAX_RANDOM: u64 = 64 << 10;

/// Links WASI, with the clock and the waiting replaced by ones that never wait.
pub(crate) fn link(linker: &mut Linker<Host>) -> wasmtime::Result<()> {
    wasmtime_wasi::p2::add_to_linker_sync(linker)?;
    linker.allow_shadowing(true);
    monotonic_clock::add_to_linker::<_, HasSelf<Host>>(linker, |host| host)?;
    poll::add_to_linker::<_, HasSelf<Host>>(linker, |host| host)?;
    linker.allow_shadowing(false);
    Ok(())
}

impl monotonic_clock::Host for Host {
    fn now(&mut self) -> wasmtime::Result<u64> {
        self.clocks().now()
    }

    fn resolution(&mut self) -> wasmtime::Result<u64> {
        self.clocks().resolution()
    }

    fn subscribe_instant(&mut self, _: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.clocks().subscribe_duration(0)
    }

    fn subscribe_duration(&mut self, _: u64) -> wasmtime::Result<Resource<DynPollable>> {
        self.clocks().subscribe_duration(0)
    }
}

/// Time stands still, input is closed and output is swallowed: all is ready.
impl poll::Host for Host {
    fn poll(&mut self, pollables: Vec<Resource<DynPollable>>) -> wasmtime::Result<Vec<u32>> {
        if pollables.is_empty() {
            wasmtime::bail!("the guest waits for nothing at all");
        }
        Ok((0..).take(pollables.len()).collect())
    }
}

impl poll::HostPollable for Host {
    fn ready(&mut self, _: Resource<DynPollable>) -> wasmtime::Result<bool> {
        Ok(true)
    }

    fn block(&mut self, _: Resource<DynPollable>) -> wasmtime::Result<()> {
        Ok(())
    }

    fn drop(&mut self, pollable: Resource<DynPollable>) -> wasmtime::Result<()> {
        poll::HostPollable::drop(&mut self.resources, pollable)
    }
}

/// The context of one run.
pub(crate) fn context(run_id: &str) -> WasiCtx {
    let seed = Digest::of(run_id.as_bytes());
    let mut random = ChaCha8Rng::from_seed(*seed.as_bytes());
    let insecure_seed = u128::from(random.next_u64());
    WasiCtxBuilder::new()
        .secure_random(random.clone())
        .insecure_random(random)
        .insecure_random_seed(insecure_seed)
        .max_random_size(MAX_RANDOM)
        .wall_clock(Still)
        .monotonic_clock(Still)
        .build()
}

/// A clock that stands at zero: time is an argument of the run, not a service.
struct Still;

impl HostWallClock for Still {
    fn resolution(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn now(&self) -> Duration {
        Duration::ZERO
    }
}

impl HostMonotonicClock for Still {
    fn resolution(&self) -> u64 {
        1_000_000_000
    }

    fn now(&self) -> u64 {
        0
    }
}
