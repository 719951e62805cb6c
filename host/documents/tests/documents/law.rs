//! A form's grounds are those of the procedure in force, by the same ids.

use serde_json::Value;

use crate::samples::forms;

const PROCEDURE: &str = include_str!("../../../../schemas/rules/cn/procedures/2026-04-15.json");

fn ids<'a>(procedure: &'a Value, grounds: &str) -> Vec<&'a str> {
    let all = procedure[grounds].as_array().unwrap().iter();
    all.map(|ground| ground["id"].as_str().unwrap()).collect()
}

#[test]
fn the_grounds_of_refusal_and_termination_are_the_procedures() {
    let procedure: Value = serde_json::from_str(PROCEDURE).unwrap();
    let forms = forms();
    for (form, grounds) in [
        ("complaint-refusal", "refusal_grounds"),
        ("mediation-termination", "termination_grounds"),
    ] {
        let field = forms.get(form).unwrap().field("ground").unwrap();
        let choices = field.kind.choices().iter().map(|one| one.id.as_str());
        assert_eq!(choices.collect::<Vec<_>>(), ids(&procedure, grounds));
    }
}

#[test]
fn the_official_set_is_whole_and_in_its_order() {
    let forms = forms();
    let numbers = forms.all().into_iter().filter_map(|form| form.number);
    assert_eq!(numbers.collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
}
