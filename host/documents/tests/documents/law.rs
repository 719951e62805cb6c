//! A form's articles and grounds are those of the procedures it is for, by the same ids.

use serde_json::Value;

use crate::samples::forms;

const PROCEDURES: [&str; 3] = [
    include_str!("../../../../schemas/rules/cn/procedures/2020-01-01.json"),
    include_str!("../../../../schemas/rules/cn/procedures/2024-07-01.json"),
    include_str!("../../../../schemas/rules/cn/procedures/2026-04-15.json"),
];

fn ids<'a>(procedure: &'a Value, grounds: &str) -> Vec<&'a str> {
    let all = procedure[grounds].as_array().unwrap().iter();
    all.map(|ground| ground["id"].as_str().unwrap()).collect()
}

#[test]
fn the_forms_of_a_procedure_name_its_law_and_its_grounds() {
    let forms = forms();
    for procedure in PROCEDURES {
        let procedure: Value = serde_json::from_str(procedure).unwrap();
        let law = procedure["law"]["zh"].as_str().unwrap();
        for id in procedure["forms"].as_array().unwrap() {
            let form = forms.get(id.as_str().unwrap()).unwrap();
            assert!(law.starts_with(&format!("{}（", form.basis.law.zh)), "{id}");
            let grounds = match form.id.as_str() {
                id if id.starts_with("complaint-refusal") => "refusal_grounds",
                id if id.starts_with("mediation-termination") => "termination_grounds",
                _ => continue,
            };
            let field = form.field("ground").unwrap();
            let choices = field.kind.choices().iter().map(|one| one.id.as_str());
            assert_eq!(choices.collect::<Vec<_>>(), ids(&procedure, grounds));
            let first = procedure[grounds][0]["article"].as_str().unwrap();
            assert!(first.starts_with(&format!("{}(", form.basis.article)));
        }
    }
}

#[test]
fn the_official_set_is_whole_and_in_its_order() {
    let forms = forms();
    let numbers = forms.all().into_iter().filter_map(|form| form.number);
    assert_eq!(numbers.collect::<Vec<_>>(), (1..=10).collect::<Vec<_>>());
}
