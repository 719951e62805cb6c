//! Supplements between authorities: `schemas/json/supplement.schema.json`.

use std::sync::LazyLock;

use hejie_domain::case::transfer::{Supplement, Supplied};
use hejie_domain::case::{Case, Event, Recorded};
use serde::{Deserialize, Serialize};

use super::form::{self, Form, VERSION};

/// What is sent after a file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Addition {
    form: String,
    /// The code of who tells.
    pub source: String,
    /// The number that the file has with who tells.
    pub number: String,
    #[serde(flatten)]
    pub supplement: Supplement,
}

pub static FORM: Form = LazyLock::new(|| form::compile("supplement"));

/// What an event of a file that is with another authority adds to it there; the entry's
/// number is the sequence number.
pub fn of(case: &Case, recorded: &Recorded, seq: u64, code: &str) -> Option<Addition> {
    let (from, what) = match &recorded.event {
        Event::MessagePosted { body, .. } => (recorded.by.side(), Supplied::Message(body.clone())),
        Event::EvidenceAdded { reference, .. } => {
            (recorded.by.side(), Supplied::Evidence(reference.clone()))
        }
        // What came after it here goes on with it.
        Event::SupplementTaken { supplement } => (supplement.from, supplement.what.clone()),
        _ => return None,
    };
    Some(Addition {
        form: VERSION.to_owned(),
        source: code.to_owned(),
        number: case.number.to_string(),
        supplement: Supplement {
            sequence: seq,
            at: recorded.at,
            from,
            what,
        },
    })
}

#[cfg(test)]
mod tests {
    use hejie_domain::case::Actor;
    use hejie_domain::case::actor::Side;
    use hejie_domain::file::File;
    use serde_json::{Value, json};

    use super::*;

    fn addition(what: Value) -> Value {
        let mut addition = json!({"form": "1.0.0", "source": "hubei",
            "number": "HJ-260518-7K3M9QAB-4", "sequence": 12, "at": "2026-05-18T01:00:00Z",
            "from": "consumer"});
        for (member, value) in what.as_object().unwrap() {
            addition[member] = value.clone();
        }
        addition
    }

    fn evidence() -> Value {
        json!({"sha256": "ab".repeat(32), "media_type": "image/jpeg", "size": 5, "name": "照片.jpg"})
    }

    #[test]
    fn what_is_written_fits_the_form_and_is_read_as_it_was() {
        for what in [
            json!({"message": "已补充检验报告"}),
            json!({"message": {"zh": "已补充", "en": "Added"}}),
            json!({"evidence": evidence()}),
        ] {
            let written = addition(what);
            assert_eq!(form::fault(&FORM, &written), Ok(None), "{written}");
            let read: Addition = serde_json::from_value(written.clone()).unwrap();
            assert_eq!(read.supplement.from, Side::Consumer);
            assert_eq!(serde_json::to_value(read).unwrap(), written);
        }
    }

    #[test]
    fn what_was_taken_from_another_goes_on_with_the_side_it_came_from() {
        const EVENTS: &str = include_str!("../../../domain/src/case/fixtures/events-v1.json");
        let entries: Vec<Value> = serde_json::from_str(EVENTS).unwrap();
        let by = Actor::External {
            authority: "shanghai".to_owned(),
            name: "外省市场监督管理局".to_owned(),
        };
        let recorded = |entry: &Value| Recorded {
            at: "2026-05-18T01:00:00Z".parse().unwrap(),
            by: by.clone(),
            event: Event::read(entry["kind"].as_str().unwrap(), 1, entry["payload"].clone())
                .unwrap(),
        };
        let case = Case::open(&recorded(&entries[0])).unwrap();
        let told = entries.iter().map(recorded).filter_map(|it| {
            let kind = it.event.kind();
            of(&case, &it, 9, "hubei").map(|addition| (kind, addition))
        });
        let mut kinds = Vec::new();
        for (kind, addition) in told {
            kinds.push(kind);
            if kind == "supplement_taken" {
                let supplement = &addition.supplement;
                assert_eq!((supplement.from, supplement.sequence), (Side::Consumer, 9));
                let Supplied::Evidence(reference) = &supplement.what else {
                    panic!("{supplement:?}")
                };
                assert_eq!(reference.name, "检验报告.jpg");
            }
        }
        kinds.sort_unstable();
        kinds.dedup();
        assert_eq!(
            kinds,
            ["evidence_added", "message_posted", "supplement_taken"]
        );
    }

    #[test]
    fn it_is_one_thing_and_from_somebody() {
        let mut nobody = addition(json!({"message": "x"}));
        nobody["from"] = json!("platform");
        for wrong in [
            addition(json!({})),
            addition(json!({"message": "x", "evidence": evidence()})),
            addition(json!({"message": ""})),
            addition(json!({"evidence": {"name": "x"}})),
            addition(json!({"message": "x", "more": 1})),
            nobody,
        ] {
            assert_ne!(form::fault(&FORM, &wrong), Ok(None), "{wrong}");
        }
    }
}
