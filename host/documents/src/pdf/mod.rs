//! A document as PDF/A, set by typst from a template that reads the layout as data.

mod printable;
mod world;

use typst::comemo;
use typst::diag::SourceDiagnostic;
use typst::foundations::Smart;
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

use crate::DrawError;
use crate::document::Document;
use crate::form::Form;
use crate::sheet::Sheet;
use world::Desk;

/// Typst remembers parts of past runs; how many runs it keeps them for.
const REMEMBERED_RUNS: usize = 4;

/// The document as PDF/A-2a and PDF/UA-1: kept for years, and read aloud.
///
/// # Errors
///
/// [`DrawError::Faults`] where the document does not fit the form.
pub fn pdf(form: &Form, document: &Document) -> Result<Vec<u8>, DrawError> {
    document.check(form)?;
    let sheet = serde_json::to_value(Sheet::of(form, document))?;
    let desk = Desk::with(&sheet)?;
    let options = options(document)?;
    let set = typst::compile::<PagedDocument>(&desk).output;
    let written = set.and_then(|paged| typst_pdf::pdf(&paged, &options));
    comemo::evict(REMEMBERED_RUNS);
    written.map_err(|faults| DrawError::Typesetting(in_words(&faults)))
}

/// Nothing here may come from the clock or the machine.
fn options(document: &Document) -> Result<PdfOptions, DrawError> {
    let standards = PdfStandards::new(&[PdfStandard::A_2a, PdfStandard::Ua_1])
        .map_err(|why| DrawError::Typesetting(why.message().to_string()))?;
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}", document.form, document.number)),
        creator: Smart::Custom(Some("Hejie".to_owned())),
        standards,
        ..PdfOptions::default()
    })
}

fn in_words(faults: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = faults.iter().map(|one| one.message.as_str()).collect();
    messages.join("; ")
}
