//! The host's sandbox around a package.

use std::sync::Arc;

use anyhow::{Context, Result};
use hejie_domain::rules::RuleBook;
use hejie_runtime::{Config, Limits, Package, Plugin, Record, Run, Runtime};
use serde_json::Value;
use tempfile::TempDir;

use crate::Scenario;

/// A package, ready to run under the limits of production.
pub struct Sandbox {
    runtime: Runtime,
    plugin: Plugin,
    pub rules: Arc<RuleBook>,
    _cache: TempDir,
}

impl Sandbox {
    /// Around a package's bytes.
    pub fn of(package: Vec<u8>) -> Result<Sandbox> {
        Sandbox::with_limits(package, Limits::default())
    }

    pub fn with_limits(package: Vec<u8>, limits: Limits) -> Result<Sandbox> {
        let cache = tempfile::tempdir()?;
        let config = Config {
            cache: cache.path().to_owned(),
            concurrent_runs: 4,
            limits,
        };
        let runtime = Runtime::new(config)?;
        let plugin = runtime.prepare(&Package::read(package)?)?;
        let rules = Arc::new(RuleBook::builtin()?);
        Ok(Sandbox {
            runtime,
            plugin,
            rules,
            _cache: cache,
        })
    }

    fn run_of(&self, id: &str, scenario: &Scenario) -> Result<Run> {
        Ok(Run {
            id: id.to_owned(),
            rules: self.rules.clone(),
            input: scenario.input()?,
        })
    }

    /// One run with its whole record.
    pub fn run(&self, id: &str, scenario: &Scenario) -> Result<Record> {
        Ok(self.runtime.run(&self.plugin, self.run_of(id, scenario)?))
    }

    /// The decision of a run that was answered.
    pub fn decide(&self, scenario: &Scenario) -> Result<Value> {
        let record = self.run("test", scenario)?;
        let outcome = record.outcome.clone();
        let output = record.output.filter(|_| outcome.is_answered());
        let output = output.with_context(|| format!("the run ended as {outcome:?}"))?;
        Ok(serde_json::from_str(&output)?)
    }

    /// Makes a recorded run again.
    pub fn replay(&self, scenario: &Scenario, record: &Record) -> Result<hejie_runtime::Replay> {
        let run = self.run_of(&record.run_id, scenario)?;
        Ok(self
            .runtime
            .replay(&self.plugin, run, record, record.output.as_deref()))
    }
}
