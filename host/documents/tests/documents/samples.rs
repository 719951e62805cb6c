//! Each form with a sample document, and what a reader must find in it.

use hejie_documents::{Document, Form, Forms, Kind};
use serde_json::Value;

pub fn forms() -> Forms {
    Forms::builtin().unwrap()
}

/// The sample of a form: `samples/<id>.json`.
pub fn sample(id: &str) -> Document {
    let file = format!("{}/samples/{id}.json", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_slice(&std::fs::read(file).unwrap()).unwrap()
}

/// Text without any space, as lines and columns put spaces anywhere.
pub fn dense(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// Every value as it must be read, without spaces.
pub fn expected(form: &Form, document: &Document) -> Vec<String> {
    let values = document.values.iter();
    let words = values.flat_map(|(key, value)| words(&form.field(key).unwrap().kind, value));
    let head = [&document.number, &document.unit, &form.title.zh];
    let all = words.chain(head.into_iter().cloned());
    all.map(|text| dense(&text)).collect()
}

fn words(kind: &Kind, value: &Value) -> Vec<String> {
    match (kind, value) {
        (Kind::Rows { columns, .. }, Value::Array(rows)) => {
            let cells = rows.iter().flat_map(|row| {
                let columns = columns.iter();
                columns.flat_map(|one| row.get(&one.key).map(|value| words(&one.kind, value)))
            });
            cells.flatten().collect()
        }
        (Kind::Choice { choices } | Kind::Checklist { choices }, value) => {
            let chosen = choices
                .iter()
                .filter(|one| value.to_string().contains(&format!("\"{}\"", one.id)));
            chosen.map(|one| one.label.zh.clone()).collect()
        }
        (Kind::Date, Value::String(day)) => {
            let day: jiff::civil::Date = day.parse().unwrap();
            vec![day.strftime("%-Y年%-m月%-d日").to_string()]
        }
        (Kind::DateTime, Value::String(at)) => {
            let at: jiff::civil::DateTime = at.parse().unwrap();
            vec![at.strftime("%-Y年%-m月%-d日%-H时").to_string()]
        }
        (Kind::Money, Value::Number(fen)) => {
            let fen = fen.as_u64().unwrap();
            vec![format!("¥{}.{:02}", fen / 100, fen % 100)]
        }
        (Kind::LongText { .. }, Value::String(text)) => text.lines().map(str::to_owned).collect(),
        (_, Value::String(text)) => vec![text.clone()],
        (_, other) => vec![other.to_string()],
    }
}

#[test]
fn every_form_has_a_sample_that_passes_its_check() {
    let forms = forms();
    assert_eq!(forms.all().len(), 25);
    for form in forms.all() {
        sample(&form.id).check(form).unwrap();
    }
}
