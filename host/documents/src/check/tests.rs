use rstest::rstest;
use serde_json::{Value, json};

use super::*;
use crate::Forms;

/// The sample of a form with one member of its values changed; `null` takes it out.
fn faults(form: &str, key: &str, value: Value) -> Vec<(String, FaultKind)> {
    let forms = Forms::builtin().unwrap();
    let form = forms.get(form).unwrap();
    let mut document = sample(&form.id);
    document.values.remove(key);
    if !value.is_null() {
        document.values.insert(key.to_owned(), value);
    }
    listed(document.check(form))
}

fn sample(form: &str) -> Document {
    let file = format!("{}/samples/{form}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

fn listed(checked: Result<(), Faults>) -> Vec<(String, FaultKind)> {
    let faults = checked.err().map(|faults| faults.0).unwrap_or_default();
    let pairs = faults.into_iter().map(|fault| (fault.pointer, fault.kind));
    pairs.collect()
}

fn wrong(wanted: &'static str) -> FaultKind {
    FaultKind::WrongType { wanted }
}

#[rstest]
#[case("reason", json!(null), FaultKind::Missing)]
#[case("reason", json!("  \n"), FaultKind::Missing)]
#[case("reason", json!(7), wrong("a string"))]
#[case("reason", json!("字".repeat(3001)), FaultKind::TooLong { max: 3000 })]
#[case("reason", json!("ab\u{202e}c"), FaultKind::DoesNotShow { at: 2 })]
#[case("reason", json!("ab\u{7}"), FaultKind::DoesNotShow { at: 2 })]
#[case("subject", json!("a\nb"), FaultKind::DoesNotShow { at: 1 })]
#[case("subject", json!("a\u{e000}"), FaultKind::DoesNotShow { at: 1 })]
#[case("subject", json!("a\u{fffe}"), FaultKind::DoesNotShow { at: 1 })]
#[case("ground", json!("16(3)"), FaultKind::NoChoice)]
#[case("ground", json!(["no-power"]), wrong("a string"))]
#[case("received_on", json!("2026-02-30"), FaultKind::Malformed { wanted: "a date like 2026-05-18" })]
#[case("received_on", json!("20260518"), FaultKind::Malformed { wanted: "a date like 2026-05-18" })]
#[case("nothing", json!("x"), FaultKind::Unknown)]
fn a_value_at_fault_is_refused_by_name(
    #[case] key: &str,
    #[case] value: Value,
    #[case] kind: FaultKind,
) {
    let found = faults("complaint-refusal", key, value);
    assert_eq!(found, [(format!("/values/{key}"), kind)]);
}

#[rstest]
#[case("complaint-registration", "amount", json!(-1), wrong("a whole number"))]
#[case("complaint-registration", "amount", json!(1.5), wrong("a whole number"))]
#[case("complaint-registration", "amount", json!(10_000_000_000_001_u64), FaultKind::OutOfRange)]
#[case("complaint-registration", "complainant_phone", json!("call me"), FaultKind::Malformed { wanted: "a telephone number" })]
#[case("mediation-notice", "held_at", json!("2026-06-09T14:30:15"), FaultKind::Malformed { wanted: "a date and time like 2026-05-18T14:30" })]
#[case("mediation-notice", "recusal_days", json!(1_000_001), FaultKind::OutOfRange)]
#[case("identity-notice", "materials", json!([]), FaultKind::Missing)]
#[case("identity-notice", "materials", json!("identity-card"), wrong("an array"))]
#[case("dossier-cover", "manifest", json!(vec![json!({}); 301]), FaultKind::TooMany { max: 300 })]
fn every_type_has_its_bounds(
    #[case] form: &str,
    #[case] key: &str,
    #[case] value: Value,
    #[case] kind: FaultKind,
) {
    assert_eq!(faults(form, key, value), [(format!("/values/{key}"), kind)]);
}

#[test]
fn a_fault_in_a_list_or_a_row_is_named_where_it_stands() {
    let ticked = json!(["identity-card", "identity-card", "a stone"]);
    assert_eq!(
        faults("identity-notice", "materials", ticked),
        [
            ("/values/materials/1".to_owned(), FaultKind::Repeated),
            ("/values/materials/2".to_owned(), FaultKind::NoChoice),
        ]
    );
    let rows = json!([{"index": 1, "title": "甲", "a/b": 1}, 7, {"index": 2}]);
    assert_eq!(
        faults("dossier-cover", "manifest", rows),
        [
            ("/values/manifest/0/a~1b".to_owned(), FaultKind::Unknown),
            ("/values/manifest/1".to_owned(), wrong("an object")),
            ("/values/manifest/2/title".to_owned(), FaultKind::Missing),
        ]
    );
}

#[test]
fn number_unit_and_form_are_checked_too() {
    let forms = Forms::builtin().unwrap();
    let mut document = sample("complaint-refusal");
    document.number = "12".to_owned();
    document.unit = " ".to_owned();
    let form = forms.get("complaint-acceptance").unwrap();
    let found = listed(document.check(form));
    let pointers: Vec<&str> = found.iter().map(|(pointer, _)| pointer.as_str()).collect();
    assert_eq!(pointers[..3], ["/form", "/unit", "/number"]);
    assert!(pointers.contains(&"/values/contact") && pointers.contains(&"/values/ground"));
}

#[test]
fn an_error_says_what_is_wrong_and_where() {
    let forms = Forms::builtin().unwrap();
    let form = forms.get("complaint-refusal").unwrap();
    let mut document = sample(&form.id);
    document.values.clear();
    document.values.insert("x".to_owned(), json!(1));
    let said = document.check(form).unwrap_err().to_string();
    assert!(said.contains("/values/reason: is required"), "{said}");
    assert!(
        said.ends_with("/values/x: is no field of this form"),
        "{said}"
    );
}
