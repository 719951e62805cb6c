//! The PDF, opened by another program than the one that wrote it.

use hejie_documents::pdf;

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

#[test]
fn only_what_is_printed_of_the_font_is_embedded() {
    for form in forms().all() {
        let bytes = pdf(form, &sample(&form.id)).unwrap();
        assert!(bytes.len() < 150_000, "{}: {}", form.id, bytes.len());
    }
}
