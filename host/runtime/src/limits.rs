//! The limits of a run: fixed numbers, written into every decision record.

use serde::{Deserialize, Serialize};

/// Reaching a limit is an outcome with a name, not a crash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// Units of work; deterministic.
    pub fuel: u64,
    /// The wall clock's last word, in milliseconds: for what fuel cannot see. Far
    /// above what all the fuel takes, or a busy machine would end runs that fuel
    /// bounds, and no replay could decide them again. Measured on two cores under
    /// a load of seven, with an unoptimised host: 0.07 s for a loop of the guest's
    /// own, 6.8 s for one that calls the host all the time. Half of a job's lease.
    pub time_ms: u64,
    /// Linear memory of the instance, in bytes.
    pub memory: usize,
    /// Elements of a table.
    pub table: usize,
    /// Bytes of the guest's call stack.
    pub stack: usize,
    /// Bytes of the decision as canonical JSON.
    pub output: usize,
    /// Bytes the plugin may remember for a case.
    pub memory_blob: usize,
    pub log_lines: usize,
    /// Bytes of all log lines together.
    pub log_bytes: usize,
    pub actions: usize,
}

/// What the engine counts for a value handed to the host, over its canonical
/// JSON: at most this many times as much for anything the contract has (a byte
/// of memory 1 for 2, an action some 200 for 14).
const HANDED_OVER: usize = 32;

impl Limits {
    /// Bytes a guest may hand to the host in one call: far more than an output
    /// within its limit takes, far less than would hurt.
    pub fn handed_over(&self) -> usize {
        self.output.saturating_mul(HANDED_OVER)
    }
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            fuel: 500_000_000,
            time_ms: 30_000,
            memory: 64 << 20,
            table: 20_000,
            stack: 512 << 10,
            output: 256 << 10,
            memory_blob: 16 << 10,
            log_lines: 100,
            log_bytes: 16 << 10,
            actions: 32,
        }
    }
}
