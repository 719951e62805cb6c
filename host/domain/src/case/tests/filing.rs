use rstest::rstest;
use serde_json::{Value, json};

use super::scene::{Scene, consumer, filing};
use crate::case::{Command, Filing, Phase, Refusal};

#[test]
fn a_filing_starts_the_odr_clock_of_ten_working_days() {
    let scene = Scene::filed();
    assert_eq!(scene.case.phase, Phase::Negotiating);
    let clock = scene.case.running_clock("odr-negotiation").unwrap();
    assert_eq!(clock.reading.ends_on().unwrap().to_string(), "2026-06-01");
    assert_eq!(scene.case.procedure, "cn-procedure-2026-04-15");
}

#[test]
fn without_an_odr_enterprise_there_is_nothing_to_wait_for() {
    let mut filing = filing();
    filing.respondent.organisation = None;
    let scene = Scene::filed_with(filing).unwrap();
    assert_eq!(scene.case.phase, Phase::Open);
    assert!(scene.case.clocks.is_empty());
}

fn changed(pointer: &str, value: Value) -> Filing {
    let mut filing = serde_json::to_value(filing()).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match filing.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        object => object[name] = value,
    }
    serde_json::from_value(filing).unwrap()
}

#[rstest]
#[case("/consumer/name", json!(""))]
#[case("/consumer/name", json!("王\u{0}明"))]
#[case("/consumer/name", json!("王".repeat(51)))]
#[case("/respondent/name", json!("江汉\n百货"))]
#[case("/respondent/organisation", json!("Jiang Han"))]
#[case("/category", json!("nothing-known"))]
#[case("/problem", json!("nothing-known"))]
#[case("/claim/remedies", json!([]))]
#[case("/claim/remedies/0/amount_fen", json!(0))]
#[case("/claim/reason", json!("\u{7}"))]
#[case("/statement", json!("字".repeat(5_001)))]
#[case("/facts/received_on", json!("2026-05-19"))]
fn a_wrong_field_is_named(#[case] pointer: &str, #[case] value: Value) {
    match Scene::filed_with(changed(pointer, value)).err() {
        Some(Refusal::Invalid { field, .. }) => assert_eq!(field, pointer),
        other => panic!("{other:?}"),
    }
}

#[rstest]
#[case(json!({"kind": "platform", "domicile": "990000"}), "/domicile")]
#[case(json!({"kind": "platform", "domicile": "420100"}), "/domicile")]
#[case(json!({"kind": "ordinary", "place_of_business": "990305", "domicile": "990000"}), "/place_of_business")]
#[case(json!({"kind": "in_platform_seller", "platform": " ", "platform_domicile": "420111"}), "/platform")]
fn a_place_that_no_authority_covers_is_refused_at_once(#[case] operator: Value, #[case] at: &str) {
    match Scene::filed_with(changed("/respondent/operator", operator)).err() {
        Some(Refusal::Invalid { field, .. }) => {
            assert_eq!(field, format!("/respondent/operator{at}"));
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn evidence_has_a_size_and_a_type() {
    let digest = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    let evidence = |kind: &str, size: u64| json!([{"sha256": digest, "media_type": kind, "size": size, "name": "照片"}]);
    assert!(Scene::filed_with(changed("/evidence", evidence("image/jpeg", 10))).is_ok());
    for (kind, size) in [("jpeg", 10), ("image/jpeg", 0), ("image/jpeg", 1 << 40)] {
        assert!(Scene::filed_with(changed("/evidence", evidence(kind, size))).is_err());
    }
}

#[test]
fn a_case_is_filed_once() {
    let mut scene = Scene::filed();
    let number = scene.case.number.clone();
    let again = Command::File {
        number,
        filing: Box::new(filing()),
        identities: Vec::new(),
    };
    assert!(matches!(
        scene.does(&consumer(), again),
        Err(Refusal::Repeated { .. })
    ));
}
