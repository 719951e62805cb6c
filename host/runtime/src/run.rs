//! One run: a fresh instance, one call, and a record of what came of it.

use std::sync::Arc;

use hejie_domain::rules::RuleBook;
use wasmtime::component::ResourceTable;
use wasmtime::{PoolConcurrencyLimitError, Store, Trap};

use crate::canonical;
use crate::ceiling::Ceiling;
use crate::check;
use crate::contract::{Context, Event};
use crate::decision::{Decision, Input};
use crate::engine::{Instance, Plugin, Runtime, TICK};
use crate::imports::Host;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::record::Record;
use crate::wasi;

/// A run to be made.
pub struct Run {
    /// Names the run; also the seed of everything random in it.
    pub id: String,
    /// The rules whose calendar the guest counts on.
    pub rules: Arc<RuleBook>,
    pub input: Input,
}

impl Runtime {
    /// Runs a plugin. Whatever the guest does, this returns with a named outcome,
    /// at the latest shortly after the time limit.
    pub fn run(&self, plugin: &Plugin, run: Run) -> Record {
        self.run_within(plugin, run, self.limits)
    }

    /// A run within other limits: those it had when it was made the first time.
    /// What the engine itself sets aside (stack, pooled memory) stays the bound.
    pub(crate) fn run_within(&self, plugin: &Plugin, run: Run, limits: Limits) -> Record {
        // Canonical JSON of an input made of the contract's own types cannot fail;
        // were it to, the run would say so instead of starting.
        let input = match canonical::to_string(&run.input) {
            Ok(input) => input,
            Err(fault) => {
                let outcome = Outcome::NotStarted {
                    why: fault.to_string(),
                };
                return Record::begin(plugin, &run, String::new(), &limits).with(outcome);
            }
        };
        let mut record = Record::begin(plugin, &run, input, &limits);
        // Given back after the store: declared before it, dropped after it.
        let _place = self.places.take();
        let mut store = self.store(&run, limits);
        let called = call(plugin, &mut store, &run.input.context, &run.input.event);
        record.fuel = limits.fuel - store.get_fuel().unwrap_or(0);
        let host = store.data_mut();
        record.peak_memory = host.ceiling.peak_memory() as u64;
        record.log = std::mem::take(&mut host.log);
        record.log_dropped = host.log_dropped;
        match called {
            Ok(decision) => record.answered(decision, &limits),
            Err(fault) => record.with(outcome_of(&fault, &host.ceiling, &limits)),
        }
    }

    /// The bare call, without record and checks: what the benchmark compares.
    pub fn call(&self, plugin: &Plugin, run: &Run) -> Result<Decision, String> {
        let _place = self.places.take();
        let mut store = self.store(run, self.limits);
        call(plugin, &mut store, &run.input.context, &run.input.event)
            .map_err(|fault| fault.to_string())
    }

    fn store(&self, run: &Run, limits: Limits) -> Store<Host> {
        let host = Host {
            rules: run.rules.clone(),
            limits,
            ceiling: Ceiling::of(&limits),
            log: Vec::new(),
            log_bytes: 0,
            log_dropped: 0,
            wasi: wasi::context(&run.id),
            resources: ResourceTable::new(),
        };
        let mut store = Store::new(&self.engine, host);
        store.limiter(|host| &mut host.ceiling);
        store.set_hostcall_fuel(limits.handed_over());
        // Fails only in an engine that counts no fuel; this one does.
        let _ = store.set_fuel(limits.fuel);
        let tick = TICK.as_millis() as u64;
        store.set_epoch_deadline(limits.time_ms.div_ceil(tick));
        store
    }
}

fn call(
    plugin: &Plugin,
    store: &mut Store<Host>,
    context: &Context,
    event: &Event,
) -> wasmtime::Result<Decision> {
    Ok(match &plugin.instance {
        Instance::Resolver(pre) => {
            let instance = pre.instantiate(&mut *store)?;
            let decided = instance
                .hejie_plugin_resolve()
                .call_decide(store, context, event)?;
            Decision::Resolver(decided)
        }
        Instance::Reviewer(pre) => {
            let instance = pre.instantiate(&mut *store)?;
            let decided = instance
                .hejie_plugin_review()
                .call_decide(store, context, event)?;
            Decision::Reviewer(decided)
        }
        Instance::Mediator(pre) => {
            let instance = pre.instantiate(&mut *store)?;
            let decided = instance
                .hejie_plugin_mediate()
                .call_decide(store, context, event)?;
            Decision::Mediator(decided)
        }
    })
}

/// What the engine says where a guest hands over more than it may: it has no type.
const TOO_MUCH_HANDED_OVER: &str = "fuel allocated for hostcalls has been exhausted";

/// A limit that was hit explains a trap better than the trap itself.
fn outcome_of(fault: &wasmtime::Error, ceiling: &Ceiling, limits: &Limits) -> Outcome {
    let why = || fault.root_cause().to_string();
    if fault.is::<PoolConcurrencyLimitError>() {
        return Outcome::NotStarted { why: why() };
    }
    if why().contains(TOO_MUCH_HANDED_OVER) {
        return Outcome::OutputTooLarge {
            bytes: limits.handed_over(),
        };
    }
    match fault.downcast_ref::<Trap>() {
        Some(Trap::OutOfFuel) => Outcome::OutOfFuel,
        Some(Trap::Interrupt) => Outcome::OutOfTime,
        Some(Trap::StackOverflow) => Outcome::StackOverflow,
        _ if ceiling.memory_denied => Outcome::OutOfMemory,
        _ if ceiling.table_denied => Outcome::OutOfTable,
        Some(trap) => Outcome::Trapped {
            why: trap.to_string(),
        },
        None => Outcome::Trapped { why: why() },
    }
}

impl Record {
    fn with(mut self, outcome: Outcome) -> Record {
        self.outcome = outcome;
        self
    }

    fn answered(mut self, decision: Decision, limits: &Limits) -> Record {
        // Seen before anything is made of it: every byte takes up to four as JSON.
        if decision.memory().len() > limits.memory_blob {
            return self.with(Outcome::MemoryBlobTooLarge {
                bytes: decision.memory().len(),
            });
        }
        self.outcome = match canonical::to_string(&decision) {
            Err(fault) => Outcome::NotStarted {
                why: fault.to_string(),
            },
            Ok(output) => {
                let outcome = judge(&decision, &output, limits);
                // Kept whole unless it is too large: an author wants to see it.
                self.output = (output.len() <= limits.output).then_some(output);
                outcome
            }
        };
        self.decision = Some(decision).filter(|_| self.outcome.is_answered());
        self
    }
}

fn judge(decision: &Decision, output: &str, limits: &Limits) -> Outcome {
    if output.len() > limits.output {
        return Outcome::OutputTooLarge {
            bytes: output.len(),
        };
    }
    match check::check(decision, limits) {
        Ok(()) => Outcome::Answered,
        Err(fault) => Outcome::InvalidOutput {
            field: fault.field,
            why: fault.why,
        },
    }
}
