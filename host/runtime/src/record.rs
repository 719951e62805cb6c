//! The decision record: all that is needed to make a run again, years later, and
//! to see that the bytes are the same.

use hejie_domain::identifiers::digest::Digest;
use serde::{Deserialize, Serialize};

use crate::canonical;
use crate::decision::{Decision, Input};
use crate::engine::{Plugin, Runtime};
use crate::imports::LogLine;
use crate::limits::Limits;
use crate::outcome::Outcome;
use crate::run::Run;

/// One run, whole.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Record {
    pub run_id: String,
    pub plugin: String,
    pub version: String,
    pub digest: Digest,
    pub host: String,
    pub engine: String,
    pub contract: String,
    pub settings_digest: Digest,
    /// The rule packs the guest could ask the host to apply, by version.
    pub rule_packs: Vec<String>,
    pub calendar: String,
    pub limits: Limits,
    /// Canonical JSON of the input; kept beside the record.
    #[serde(skip)]
    pub input: String,
    pub input_digest: Digest,
    /// Canonical JSON of the decision; kept beside the record.
    #[serde(skip)]
    pub output: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output_digest: Option<Digest>,
    pub fuel: u64,
    /// In bytes.
    pub peak_memory: u64,
    #[serde(flatten)]
    pub outcome: Outcome,
    pub log: Vec<LogLine>,
    pub log_dropped: u64,
    /// The decision, where the run was answered.
    #[serde(skip)]
    pub decision: Option<Decision>,
}

impl Record {
    pub(crate) fn begin(plugin: &Plugin, run: &Run, input: String, limits: &Limits) -> Record {
        let manifest = &plugin.package.manifest;
        Record {
            run_id: run.id.clone(),
            plugin: manifest.id.clone(),
            version: manifest.version.clone(),
            digest: plugin.package.digest.clone(),
            host: concat!("hejie ", env!("CARGO_PKG_VERSION")).to_owned(),
            engine: Runtime::engine_version().to_owned(),
            contract: crate::contract::VERSION.to_owned(),
            settings_digest: Digest::of(run.input.context.settings.as_bytes()),
            rule_packs: run.rules.versions(),
            calendar: run.rules.calendar().version().to_owned(),
            limits: *limits,
            input_digest: Digest::of(input.as_bytes()),
            input,
            output: None,
            output_digest: None,
            fuel: 0,
            peak_memory: 0,
            outcome: Outcome::NotStarted { why: String::new() },
            log: Vec::new(),
            log_dropped: 0,
            decision: None,
        }
    }

    /// Canonical JSON of the record itself, with the digests of what lies beside it.
    pub fn canonical(&mut self) -> Result<String, serde_json::Error> {
        self.output_digest = self
            .output
            .as_ref()
            .map(|output| Digest::of(output.as_bytes()));
        canonical::to_string(self)
    }

    /// The input as a run takes it.
    pub fn read_input(input: &str) -> Result<Input, serde_json::Error> {
        serde_json::from_str(input)
    }
}
