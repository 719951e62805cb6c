use std::collections::BTreeSet;

use serde_json::Value;

use crate::case::event::Event;

/// One entry of every type, as version 1 wrote it. It is never changed: a later
/// version adds a file beside it.
const VERSION_1: &str = include_str!("../fixtures/events-v1.json");

fn entries() -> Vec<Value> {
    serde_json::from_str(VERSION_1).unwrap()
}

/// What an event is called today that once had another name.
fn name_now(kind: &str) -> &str {
    match kind {
        "complaint_dispatched" => "file_dispatched",
        "complaint_returned" => "file_returned",
        "complaint_taken_up" => "file_taken_up",
        "verification_extended" | "decision_extended" => "period_extended",
        same => same,
    }
}

#[test]
fn every_event_ever_written_stays_readable() {
    for entry in entries() {
        let kind = entry["kind"].as_str().unwrap();
        let event = Event::read(kind, 1, entry["payload"].clone()).unwrap();
        assert_eq!(event.kind(), name_now(kind));
        assert_eq!(
            event.payload().unwrap(),
            entry["payload"],
            "{kind} is written back the same"
        );
    }
}

#[test]
fn the_fixture_has_every_type() {
    let kinds: BTreeSet<String> = entries()
        .iter()
        .map(|entry| name_now(entry["kind"].as_str().unwrap()).to_owned())
        .collect();
    let known: BTreeSet<String> = Event::KINDS.iter().map(|kind| kind.to_string()).collect();
    assert_eq!(kinds, known);
}

#[test]
fn an_unknown_version_says_so() {
    let fault = Event::read("person_requested", 9, Value::Null).unwrap_err();
    assert!(fault.to_string().contains("version 9"), "{fault}");
}
