//! Making a recorded run again, years later: the same bytes, or what differs.

use hejie_domain::identifiers::digest::Digest;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::engine::{Plugin, Runtime};
use crate::outcome::Outcome;
use crate::record::Record;
use crate::run::Run;

/// What making a run again showed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Replay {
    /// The same plugin gave the same bytes with the same fuel and outcome.
    pub same: bool,
    pub differences: Vec<Difference>,
    /// What around the run is otherwise today: versions. They change over the
    /// years, and where the bytes are the same they made no difference.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<Difference>,
    /// Why the run cannot be decided again, where it cannot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub undecided: Option<String>,
}

/// Something that was otherwise the first time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Difference {
    /// `outcome`, `fuel`, or `output` with a JSON Pointer.
    pub what: String,
    pub recorded: String,
    pub now: String,
}

/// Why a run that time ended has no second judgement.
const WALL_CLOCK: &str =
    "cannot be decided again: the wall clock ended it, and no two runs take the same time";

impl Runtime {
    /// Makes a recorded run again, within the limits it had, and compares. `run`
    /// holds the recorded input and id; `output` what was recorded.
    pub fn replay(
        &self,
        plugin: &Plugin,
        run: Run,
        recorded: &Record,
        output: Option<&str>,
    ) -> Replay {
        let again = self.run_within(plugin, run, recorded.limits);
        let notes = notes(recorded, &again);
        if [recorded, &again]
            .map(|one| &one.outcome)
            .contains(&&Outcome::OutOfTime)
        {
            return Replay {
                same: false,
                differences: Vec::new(),
                notes,
                undecided: Some(WALL_CLOCK.to_owned()),
            };
        }
        let differences = differences(recorded, output, &again);
        Replay {
            same: differences.is_empty(),
            differences,
            notes,
            undecided: None,
        }
    }
}

/// What decides whether the run is the same.
fn differences(recorded: &Record, output: Option<&str>, again: &Record) -> Vec<Difference> {
    let mut found = Vec::new();
    differ(&mut found, "digest", &recorded.digest, &again.digest);
    differ(
        &mut found,
        "input",
        &recorded.input_digest,
        &again.input_digest,
    );
    let (then, now) = (recorded.outcome.name(), again.outcome.name());
    differ(&mut found, "outcome", &then, &now);
    differ(&mut found, "fuel", &recorded.fuel, &again.fuel);
    if let (Some(digest), Some(output)) = (&recorded.output_digest, output) {
        let kept = Digest::of(output.as_bytes());
        differ(&mut found, "kept output", digest, &kept);
    }
    if output != again.output.as_deref() {
        found.push(first_difference(output, again.output.as_deref()));
    }
    found
}

/// What is only told.
fn notes(recorded: &Record, again: &Record) -> Vec<Difference> {
    let mut found = Vec::new();
    differ(&mut found, "host", &recorded.host, &again.host);
    differ(&mut found, "engine", &recorded.engine, &again.engine);
    differ(&mut found, "contract", &recorded.contract, &again.contract);
    let packs = |record: &Record| record.rule_packs.join(" ");
    differ(&mut found, "rule_packs", &packs(recorded), &packs(again));
    differ(&mut found, "calendar", &recorded.calendar, &again.calendar);
    found
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
