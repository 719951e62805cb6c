//! The WASI that language runtimes insist on: empty and deterministic. No files,
//! no sockets, no environment; a clock that stands still; random numbers from
//! the run's id.

use std::time::Duration;

use hejie_domain::identifiers::digest::Digest;
use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};
use wasmtime_wasi::{HostMonotonicClock, HostWallClock, WasiCtx, WasiCtxBuilder};

/// The context of one run.
pub(crate) fn context(run_id: &str) -> WasiCtx {
    let seed = Digest::of(run_id.as_bytes());
    let mut random = ChaCha8Rng::from_seed(*seed.as_bytes());
    let insecure_seed = u128::from(random.next_u64());
    WasiCtxBuilder::new()
        .secure_random(random.clone())
        .insecure_random(random)
        .insecure_random_seed(insecure_seed)
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
