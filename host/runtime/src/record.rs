//! The decision record: all that is needed to make a run again, years later, and
//! to see that the bytes are the same.

use hejie_domain::identifiers::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

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

/// What making a run again showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    pub same: bool,
    pub differences: Vec<Difference>,
}

/// Something that was otherwise the first time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `outcome`, `fuel`, or `output` with a JSON Pointer.
    pub what: String,
    pub recorded: String,
    pub now: String,
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
        serde_jcs::to_string(self)
    }

    /// The input as a run takes it.
    pub fn read_input(input: &str) -> Result<Input, serde_json::Error> {
        serde_json::from_str(input)
    }
}

impl Runtime {
    /// Makes a recorded run again, within the limits it had, and compares: the
    /// same bytes, or what differs. `run` holds the recorded input and id; `output` what was recorded.
    pub fn replay(
        &self,
        plugin: &Plugin,
        run: Run,
        recorded: &Record,
        output: Option<&str>,
    ) -> Replay {
        let again = self.run_within(plugin, run, recorded.limits);
        let mut differences = Vec::new();
        differ(&mut differences, "digest", &recorded.digest, &again.digest);
        differ(
            &mut differences,
            "rule_packs",
            &recorded.rule_packs.join(" "),
            &again.rule_packs.join(" "),
        );
        differ(
            &mut differences,
            "calendar",
            &recorded.calendar,
            &again.calendar,
        );
        differ(
            &mut differences,
            "input",
            &recorded.input_digest,
            &again.input_digest,
        );
        differ(
            &mut differences,
            "outcome",
            &recorded.outcome.name(),
            &again.outcome.name(),
        );
        // Where the clock on the wall ended a run, its fuel is not repeatable.
        if recorded.outcome != Outcome::OutOfTime {
            differ(&mut differences, "fuel", &recorded.fuel, &again.fuel);
        }
        if output != again.output.as_deref() {
            differences.push(first_difference(output, again.output.as_deref()));
        }
        Replay {
            same: differences.is_empty(),
            differences,
        }
    }
}

fn differ<T: PartialEq + ToString>(found: &mut Vec<Difference>, what: &str, then: &T, now: &T) {
    if then != now {
        let (recorded, now) = (then.to_string(), now.to_string());
        found.push(Difference {
            what: what.to_owned(),
            recorded,
            now,
        });
    }
}

fn first_difference(recorded: Option<&str>, now: Option<&str>) -> Difference {
    let read = |text: Option<&str>| text.and_then(|text| serde_json::from_str(text).ok());
    let (then, today): (Value, Value) = (
        read(recorded).unwrap_or_default(),
        read(now).unwrap_or_default(),
    );
    let (pointer, recorded, now) = walk(String::new(), &then, &today);
    Difference {
        what: format!("output{pointer}"),
        recorded,
        now,
    }
}

fn walk(at: String, then: &Value, now: &Value) -> (String, String, String) {
    let differing = match (then, now) {
        (Value::Object(a), Value::Object(b)) if a.keys().eq(b.keys()) => a
            .iter()
            .zip(b.values())
            .find(|((_, x), y)| x != y)
            .map(|((k, x), y)| (k.clone(), x, y)),
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs
                .find(|(_, (x, y))| x != y)
                .map(|(i, (x, y))| (i.to_string(), x, y))
        }
        _ => None,
    };
    match differing {
        Some((step, then, now)) => walk(format!("{at}/{step}"), then, now),
        None => (at, then.to_string(), now.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_difference_is_named_by_its_place() {
        let then = r#"{"actions":[{"say":"a"},{"say":"b"}],"memory":[]}"#;
        let now = r#"{"actions":[{"say":"a"},{"say":"c"}],"memory":[]}"#;
        let difference = first_difference(Some(then), Some(now));
        assert_eq!(difference.what, "output/actions/1/say");
        assert_eq!(
            (difference.recorded.as_str(), difference.now.as_str()),
            ("\"b\"", "\"c\"")
        );
        assert_eq!(first_difference(Some(then), None).what, "output");
    }
}
