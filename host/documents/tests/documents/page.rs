//! The HTML page.

use hejie_documents::{PAGE_STYLE, html};

use crate::samples::{dense, expected, forms, sample};

#[test]
fn a_reader_finds_every_value_of_every_form() {
    for form in forms().all() {
        let document = sample(&form.id);
        let page = html(form, &document).unwrap();
        let text = dense(&without_tags(&page));
        for value in expected(form, &document) {
            assert!(text.contains(&value), "{}: {value}", form.id);
        }
    }
}

#[test]
fn every_page_stays_as_it_is() {
    for form in forms().all() {
        let page = html(form, &sample(&form.id)).unwrap();
        let page = page.replace(PAGE_STYLE, "…");
        insta::assert_snapshot!(format!("{}.html", form.id), page);
    }
}

#[test]
fn a_page_runs_and_loads_nothing() {
    for form in forms().all() {
        let page = html(form, &sample(&form.id)).unwrap();
        for thing in ["<script", "src=", "href=", "url(", "@import", "onload"] {
            assert!(!page.contains(thing), "{}: {thing}", form.id);
        }
        let style = format!("<style>{PAGE_STYLE}</style>");
        assert!(page.contains(&style) && !page.contains("style="));
        assert!(page.starts_with("<!doctype html>\n<html lang=\"zh-CN\">"));
    }
}

fn without_tags(page: &str) -> String {
    let body = page.split_once("</style>").unwrap().1;
    let mut text = String::new();
    let mut inside = false;
    for c in body.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => text.push(c),
            _ => {}
        }
    }
    text
}
