use rstest::rstest;
use serde_json::json;

use super::*;

/// A sound little form, changed.
fn read_changed(change: impl FnOnce(&mut Value)) -> Result<Form, FormsError> {
    let text = json!({"zh": "样", "en": "sample"});
    let field = |key: &str, kind: &str| json!({"key": key, "label": text, "type": kind});
    let mut form = json!({
        "id": "sample",
        "title": text,
        "basis": {"law": text, "article": "16"},
        "numbering": {"style": "official", "sign": "投受"},
        "fields": [field("name", "text"), field("reason", "long_text")],
        "blocks": [
            {"block": "paragraph", "text": "{name}："},
            {"block": "area", "field": "reason"},
        ],
    });
    change(&mut form);
    let bytes = serde_json::to_vec(&form).unwrap();
    read(&validator().unwrap(), "sample.json", &bytes)
}

#[test]
fn a_sound_form_is_read_and_composes_its_numbers() {
    let form = read_changed(|_| {}).unwrap();
    let number = form.number_for("鄂武昌市监", 2026, 12).unwrap().unwrap();
    assert_eq!(number.to_string(), "鄂武昌市监投受〔2026〕12号");
    assert!(form.number_for("", 2026, 0).unwrap().is_err());
}

#[rstest]
#[case("/fields/0/type", json!("colour"))]
#[case("/fields/0/label", json!("样"))]
#[case("/fields/0/max", json!(0))]
#[case("/basis/article", json!("16条"))]
#[case("/numbering/style", json!("none"))]
#[case("/blocks/1/block", json!("script"))]
fn the_schema_names_what_is_wrong(#[case] pointer: &str, #[case] value: Value) {
    let (parent, member) = pointer.rsplit_once('/').unwrap();
    let read = read_changed(|form| form.pointer_mut(parent).unwrap()[member] = value);
    match read.unwrap_err() {
        FormsError::Schema { pointer: found, .. } => {
            assert!(pointer.starts_with(&found), "{found}");
        }
        other => panic!("{other}"),
    }
}

#[test]
fn a_block_shows_only_fields_that_it_can() {
    for (index, block) in [
        json!({"block": "paragraph", "text": "{nobody}"}),
        json!({"block": "paragraph", "text": "{reason}"}),
        json!({"block": "area", "field": "name"}),
        json!({"block": "checklist", "field": "name"}),
        json!({"block": "rows", "field": "reason"}),
    ]
    .into_iter()
    .enumerate()
    {
        let read = read_changed(|form| form["blocks"][1] = block);
        assert!(
            matches!(read, Err(FormsError::NoField { .. })),
            "{index}: {read:?}"
        );
    }
}

#[test]
fn a_field_that_no_block_shows_is_an_error() {
    let read = read_changed(|form| form["blocks"][0]["text"] = json!("：{reason_}"));
    assert!(matches!(read, Err(FormsError::NoField { .. })));
    let read = read_changed(|form| form["blocks"][0]["text"] = json!("："));
    assert!(matches!(read, Err(FormsError::NotShown { key, .. }) if key == "name"));
}

#[test]
fn keys_and_choices_are_told_apart() {
    let read = read_changed(|form| form["fields"][0]["key"] = json!("reason"));
    assert!(matches!(read, Err(FormsError::Twice { .. })));
    let choice = json!({"id": "yes", "label": {"zh": "是", "en": "yes"}});
    let read = read_changed(|form| {
        form["fields"][0]["type"] = json!("choice");
        form["fields"][0]["choices"] = json!([choice, choice]);
    });
    assert!(matches!(read, Err(FormsError::Twice { key, .. }) if key == "yes"));
}

#[test]
fn a_file_is_named_after_its_form() {
    let read = read_changed(|form| form["id"] = json!("other"));
    assert!(matches!(read, Err(FormsError::Name { .. })));
}
