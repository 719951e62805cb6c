//! The PDF, opened by another program than the one that wrote it.

use hejie_documents::{html, pdf};
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::samples::{dense, expected, forms, sample};

fn text_of(pdf: &[u8]) -> String {
    pdf_extract::extract_text_from_mem(pdf).unwrap()
}

#[test]
fn a_reader_finds_every_value_of_every_form() {
    for form in forms().all() {
        let document = sample(&form.id);
        let text = dense(&text_of(&pdf(form, &document).unwrap()));
        for value in expected(form, &document) {
            assert!(text.contains(&value), "{}: {value} in {text}", form.id);
        }
    }
}

#[test]
fn the_text_of_every_form_stays() {
    for form in forms().all() {
        let text = text_of(&pdf(form, &sample(&form.id)).unwrap());
        insta::assert_snapshot!(format!("{}.pdf", form.id), text);
    }
}

#[test]
fn the_same_document_gives_the_same_bytes() {
    for form in forms().all() {
        let document = sample(&form.id);
        let first = pdf(form, &document).unwrap();
        assert_eq!(first, pdf(form, &document).unwrap(), "{}", form.id);
    }
}

/// Another process, day and machine must give these bytes too. They change with the
/// typesetter's version, a template or a form, and then on purpose.
#[test]
fn the_bytes_of_every_form_stay() {
    let forms = forms();
    let digests = forms.all().into_iter().map(|form| {
        let bytes = pdf(form, &sample(&form.id)).unwrap();
        format!("{} {}", hex::encode(Sha256::digest(bytes)), form.id)
    });
    insta::assert_snapshot!(digests.collect::<Vec<_>>().join("\n"));
}

#[test]
fn only_what_is_printed_of_the_font_is_embedded() {
    for form in forms().all() {
        let bytes = pdf(form, &sample(&form.id)).unwrap();
        assert!(bytes.len() < 150_000, "{}: {}", form.id, bytes.len());
    }
}

#[test]
fn a_file_of_hundreds_of_turns_is_there_to_its_end_page_by_page() {
    let forms = forms();
    let form = forms.get("dossier").unwrap();
    let mut document = sample("dossier");
    let turn = |n: u32| {
        json!({"at": "2026-05-18T09:00", "by": "投诉人", "what": "消息",
               "text": format!("第{n}条：网购的外套尺码偏大，请全额退款。\n谢谢。")})
    };
    let turns = (1..=600).map(turn).collect();
    document.values.insert("timeline".to_owned(), turns);
    let bytes = pdf(form, &document).unwrap();
    let pages = pdf_extract::extract_text_from_mem_by_pages(&bytes).unwrap();
    let pages: Vec<String> = pages.iter().map(|page| dense(page)).collect();
    assert!(pages.len() > 20, "{}", pages.len());
    let page = html(form, &document).unwrap();
    for n in 1..=600 {
        let text = format!("第{n}条：");
        assert!(pages.iter().any(|page| page.contains(&text)), "{n}");
        assert!(page.contains(&text), "{n}");
    }
    // Each page says what its columns are, whose file it is, and which page it is.
    for page in &pages[2..pages.len() - 2] {
        assert!(
            page.contains("行为人") && page.contains(&document.number),
            "{page}"
        );
        assert!(page.contains(&format!("共{}页", pages.len())), "{page}");
    }
}
