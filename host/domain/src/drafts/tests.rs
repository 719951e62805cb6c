use serde_json::json;

use super::*;
use crate::case::identity::Person;

fn officer(id: &str, unit: &str, role: OfficerRole) -> Actor {
    Actor::Officer {
        id: id.into(),
        unit: unit.into(),
        name: "周".into(),
        role,
    }
}

fn zhou() -> Actor {
    officer("zhou", "420100", OfficerRole::Intake)
}

fn wu() -> Actor {
    officer("wu", "420100", OfficerRole::Handler)
}

fn begun() -> Draft {
    let content = json!({"channel": "hotline", "filing": {"statement": "袖口开线"}});
    Draft::begin("d-1".into(), content, &zhou(), Timestamp::UNIX_EPOCH).unwrap()
}

#[test]
fn in_the_middle_of_a_call_another_of_the_unit_goes_on() {
    let mut draft = begun();
    let more =
        json!({"channel": "hotline", "filing": {"statement": "袖口开线", "category": "clothing"}});
    assert!(matches!(
        draft.save(more.clone(), &wu()),
        Err(Refusal::Needs { what: "take-over" })
    ));
    draft.take_over(&wu(), Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(draft.content["filing"]["statement"], "袖口开线");
    draft.save(more, &wu()).unwrap();
    assert!(
        draft.save(json!({}), &zhou()).is_err(),
        "it is hers no more"
    );
    let again = draft.take_over(&wu(), Timestamp::UNIX_EPOCH);
    assert!(matches!(again, Err(Refusal::Repeated { .. })));
    let turns: Vec<(DraftTurn, &str)> = draft
        .turns
        .iter()
        .map(|record| (record.turn, record.by.id.as_str()))
        .collect();
    assert_eq!(
        turns,
        [(DraftTurn::Begun, "zhou"), (DraftTurn::TakenOver, "wu")]
    );
}

#[test]
fn it_is_the_units_that_began_it_and_of_those_who_enter_filings() {
    let draft = begun();
    assert!(draft.is_visible_to(&wu()));
    let elsewhere = officer("li", "420106", OfficerRole::Head);
    let supervisor = officer("he", "420100", OfficerRole::Supervisor);
    assert!(!draft.is_visible_to(&elsewhere) && !draft.is_visible_to(&supervisor));
    let begun =
        |actor: &Actor| Draft::begin("d".into(), json!({}), actor, Timestamp::UNIX_EPOCH).err();
    assert!(matches!(
        begun(&supervisor),
        Some(Refusal::OtherRole { .. })
    ));
    let consumer = Actor::Consumer { id: "c".into() };
    assert!(matches!(begun(&consumer), Some(Refusal::NotAllowed { .. })));
}

#[test]
fn what_is_over_keeps_no_content_and_takes_none() {
    let mut discarded = begun();
    discarded.discard(&zhou(), Timestamp::UNIX_EPOCH).unwrap();
    let mut filed = begun();
    filed.filed("HJ-1".into(), Timestamp::UNIX_EPOCH);
    for mut draft in [discarded, filed] {
        assert!(!draft.is_open() && draft.content.is_null());
        let saved = draft.save(json!({}), &zhou());
        assert!(matches!(saved, Err(Refusal::NotOpen { .. })));
        assert!(draft.take_over(&wu(), Timestamp::UNIX_EPOCH).is_err());
        assert!(draft.discard(&zhou(), Timestamp::UNIX_EPOCH).is_err());
    }
}

#[test]
fn it_holds_parts_of_a_complaint_and_nothing_else() {
    let field = |content: Value| match begun().save(content, &zhou()) {
        Err(Refusal::Invalid { field, .. }) => field,
        other => format!("{other:?}"),
    };
    assert_eq!(
        field(json!({"filing": {"consumer": {"name": ""}}})),
        "Ok(())"
    );
    assert_eq!(field(json!([])), "/content");
    assert_eq!(field(json!({"note": 1})), "/content/note");
    assert_eq!(
        field(json!({"filing": {"colour": 1}})),
        "/content/filing/colour"
    );
    assert_eq!(
        field(json!({"filing": {"statement": "\u{202e}x"}})),
        "/content/filing/statement"
    );
}

fn confirmed(of: Person, token: &str) -> DraftIdentity {
    DraftIdentity {
        of,
        method: "service".into(),
        token: token.into(),
        name: "name".into(),
        at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn who_was_confirmed_is_kept_by_person_until_it_is_over() {
    let consumer = Person::Complainant { person: 1 };
    let mut draft = begun();
    assert!(draft.confirm(confirmed(consumer, "a"), &wu()).is_err());
    for (of, token) in [(consumer, "a"), (Person::Agent, "b"), (consumer, "c")] {
        draft.confirm(confirmed(of, token), &zhou()).unwrap();
    }
    let tokens: Vec<&str> = draft
        .identities
        .iter()
        .map(|it| it.token.as_str())
        .collect();
    assert_eq!(tokens, ["b", "c"]);
    draft.filed("HJ-1".into(), Timestamp::UNIX_EPOCH);
    assert!(draft.identities.is_empty(), "the ledger has them");
    assert!(draft.confirm(confirmed(consumer, "d"), &zhou()).is_err());
}

#[test]
fn a_person_is_named_by_what_is_written_so_far() {
    let mut draft = begun();
    let others = |person| Person::Complainant { person };
    assert_eq!(draft.name_of(others(1)), None);
    let content = json!({"filing": {"consumer": {"name": "王小明"}, "representation": {
        "agent": {"name": "赵律师"}, "joint": {"others": [{"name": "李"}, {"phone": "1"}]}}}});
    draft.save(content, &zhou()).unwrap();
    let named = [others(1), others(2), others(3), others(0), Person::Agent];
    let named = named.map(|of| draft.name_of(of));
    assert_eq!(
        named,
        [Some("王小明"), Some("李"), None, None, Some("赵律师")]
    );
}

#[test]
fn every_field_of_a_filing_may_stand_in_it() {
    let filing: crate::case::Filing = serde_json::from_value(json!({
        "consumer": {"name": "王小明", "phone": "13800138000"},
        "respondent": {"name": "江汉百货",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"}},
        "category": "clothing", "problem": "quality",
        "claim": {"remedies": [], "reason": "开线"}, "statement": "开线",
        "order": {"reference": "1"},
        "evidence": [{"sha256": "0".repeat(64), "media_type": "image/jpeg", "size": 1, "name": "照片"}],
        "representation": {}
    }))
    .unwrap();
    let filing = serde_json::to_value(filing).unwrap();
    assert_eq!(filing.as_object().unwrap().len(), FILING_FIELDS.len());
    for name in filing.as_object().unwrap().keys() {
        assert!(FILING_FIELDS.contains(&name.as_str()), "{name}");
    }
}
