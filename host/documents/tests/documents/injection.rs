//! What strangers write stays what they wrote, in both outputs.

use hejie_documents::{Document, Form, Kind, html, pdf};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::samples::{dense, forms, sample};

/// Markup of the typesetter, of the page and of its templates.
const HOSTILE: &str = r##"#panic("x") $1/0$ *b* _i_ `c` @ref <lab> \u{41} = H [ ] // /* #import "/etc/passwd": * {{ 7*7 }} {% x %} {addressee} </td><script>alert(1)</script> " onload='x' &lt; &amp;"##;

/// The document with one text everywhere a stranger's text may stand.
fn saying(form: &Form, text: &str) -> Document {
    let mut document = sample(&form.id);
    document.unit = text.to_owned();
    for field in &form.fields {
        if let Some(value) = put(&field.kind, text) {
            document.values.insert(field.key.clone(), value);
        }
    }
    document
}

fn put(kind: &Kind, text: &str) -> Option<Value> {
    let cut = |max: usize| text.chars().take(max).collect::<String>();
    match kind {
        Kind::Text { max } => Some(json!(cut(*max))),
        Kind::LongText { max, .. } => Some(json!(cut(*max))),
        Kind::Rows { columns, .. } => {
            let row = columns.iter().filter_map(|one| {
                let value = put(&one.kind, text).or(match &one.kind {
                    Kind::Count => Some(json!(1)),
                    Kind::Date => Some(json!("2026-05-18")),
                    Kind::DateTime => Some(json!("2026-05-18T09:00")),
                    kind => kind.choices().first().map(|choice| json!(choice.id)),
                });
                value.map(|value| (one.key.clone(), value))
            });
            Some(json!([Value::Object(row.collect())]))
        }
        _ => None,
    }
}

#[test]
fn markup_is_printed_and_not_obeyed() {
    for form in forms().all() {
        let mut document = saying(form, HOSTILE);
        document.unit = HOSTILE.chars().take(100).collect();
        let text = pdf_extract::extract_text_from_mem(&pdf(form, &document).unwrap()).unwrap();
        let start = &HOSTILE[..20];
        assert!(dense(&text).contains(&dense(start)), "{}: {text}", form.id);
        let page = html(form, &document).unwrap();
        assert!(!page.contains("<script"), "{}", form.id);
        assert!(!page.contains("' onload"), "{}", form.id);
        assert!(page.contains("#panic(&#34;x&#34;)"), "{}", form.id);
    }
}

#[test]
fn the_whole_of_a_hostile_text_is_there_to_read() {
    let forms = forms();
    let form = forms.get("complaint-refusal").unwrap();
    let document = saying(form, HOSTILE);
    let document = Document {
        unit: sample(&form.id).unit,
        ..document
    };
    let text = pdf_extract::extract_text_from_mem(&pdf(form, &document).unwrap()).unwrap();
    assert!(dense(&text).contains(&dense(HOSTILE)), "{text}");
}

#[test]
fn what_the_font_has_not_is_named_on_paper_and_shown_on_the_page() {
    let forms = forms();
    let form = forms.get("complaint-refusal").unwrap();
    let mut document = sample(&form.id);
    document
        .values
        .insert("reason".into(), json!("好😀吧👩\u{200d}🔧"));
    let text = pdf_extract::extract_text_from_mem(&pdf(form, &document).unwrap()).unwrap();
    assert!(
        dense(&text).contains("好〔U+1F600〕吧〔U+1F469〕〔U+1F527〕"),
        "{text}"
    );
    assert!(
        html(form, &document)
            .unwrap()
            .contains("好😀吧👩\u{200d}🔧")
    );
}

#[test]
fn the_longest_text_goes_over_pages_and_is_all_there() {
    let forms = forms();
    let form = forms.get("complaint-registration").unwrap();
    for unit in ["字", "w", "很长的一句话，", "！"] {
        let long: String = unit.chars().cycle().take(5000).collect();
        let mut document = sample(&form.id);
        document.values.insert("facts".into(), json!(long));
        let text = pdf_extract::extract_text_from_mem(&pdf(form, &document).unwrap()).unwrap();
        let wanted = long.chars().filter(|c| unit.contains(*c)).count();
        let found = dense(&text).matches(unit.chars().next().unwrap()).count();
        assert!(
            found >= wanted / unit.chars().count(),
            "{unit}: {found} of {wanted}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever passes the check can be drawn, and what cannot is refused.
    #[test]
    fn what_passes_the_check_is_drawn(text in "\\PC{1,60}") {
        let forms = forms();
        let form = forms.get("mediation-notice").unwrap();
        let document = saying(form, &text);
        if document.check(form).is_ok() {
            pdf(form, &document).unwrap();
            html(form, &document).unwrap();
        }
    }
}
