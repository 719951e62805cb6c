//! A document as a page, to read on a phone and to print on A4. It has no scripts
//! and loads nothing; the template escapes every value.

use askama::Template;

use crate::DrawError;
use crate::document::Document;
use crate::form::Form;
use crate::sheet::{Head, Part, Sheet, Shown};

/// The whole of a page's style, for a content security policy that names its hash;
/// no element has a style of its own.
pub const PAGE_STYLE: &str = include_str!("../templates/document.css");

#[derive(Template)]
#[template(path = "document.html")]
struct Page<'a> {
    sheet: &'a Sheet,
    title_en: &'a str,
    style: &'static str,
}

/// The document as a whole HTML page.
///
/// # Errors
///
/// [`DrawError::Faults`] where the document does not fit the form.
pub fn html(form: &Form, document: &Document) -> Result<String, DrawError> {
    document.check(form)?;
    let sheet = Sheet::of(form, document);
    let page = Page {
        sheet: &sheet,
        title_en: &form.title.en,
        style: PAGE_STYLE,
    };
    Ok(page.render()?)
}
