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
    let set = typst::compile::<PagedDocument>(&desk).output;
    let written = set
        .and_then(|paged| {
            let options = options(document)?;
            typst_pdf::pdf(&paged, &options)
        })
        .map_err(|faults| DrawError::Typesetting(in_words(&faults)));
    comemo::evict(REMEMBERED_RUNS);
    written
}

/// Nothing here may come from the clock or the machine.
fn options(document: &Document) -> typst::diag::SourceResult<PdfOptions> {
    let wanted = [PdfStandard::A_2a, PdfStandard::Ua_1];
    let standards = PdfStandards::new(&wanted).map_err(|why| {
        let fault = SourceDiagnostic::error(typst::syntax::Span::detached(), why.message().clone());
        [fault]
    });
    Ok(PdfOptions {
        ident: Smart::Custom(format!("{} {}", document.form, document.number)),
        creator: Smart::Custom(Some("Hejie".to_owned())),
        standards: standards?,
        ..PdfOptions::default()
    })
}

fn in_words(faults: &[SourceDiagnostic]) -> String {
    let messages: Vec<&str> = faults.iter().map(|one| one.message.as_str()).collect();
    messages.join("; ")
}
