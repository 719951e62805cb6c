//! The official documents of a complaint file, as PDF and as a page.
//!
//! A form is data (`schemas/forms/cn`, a folder for each set, checked against
//! `schemas/json/official-form.schema.json`): its fields, and the blocks they stand
//! in. The set is that of SAMR Order 121 (市场监督管理投诉举报处理办法, in force since
//! 2026-04-15), with a settlement agreement, a dossier's cover and a record of service;
//! what names articles is there for the files of Order 20 too.
//!
//! A [`Document`] is a form filled in. [`Document::check`] names every field at fault;
//! [`pdf`] and [`html`] check too and set the same [layout](sheet), so that both say
//! the same. Neither knows the time of day: the same document gives the same bytes.
//!
//! ```
//! use hejie_documents::{Document, Forms, html, pdf};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let forms = Forms::builtin()?;
//! let sample = include_str!("../samples/complaint-acceptance.json");
//! let document: Document = serde_json::from_str(sample)?;
//! let form = forms.get(&document.form).ok_or("no such form")?;
//! document.check(form)?;
//! assert!(pdf(form, &document)?.starts_with(b"%PDF"));
//! assert!(html(form, &document)?.contains("投诉受理决定书"));
//! # Ok(())
//! # }
//! ```

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod check;
mod document;
mod form;
mod forms;
mod html;
mod number;
mod pdf;
mod sheet;

pub use check::{Fault, FaultKind, Faults};
pub use document::Document;
pub use form::{
    Basis, Bilingual, Block, Choice, Field, Form, Group, Indent, Kind, Numbering, Person,
};
pub use forms::{Forms, FormsError};
pub use html::{PAGE_STYLE, html};
pub use number::{DocumentNumber, NumberError};
pub use pdf::pdf;
pub use sheet::long_date;

/// Why a document was not drawn.
#[derive(Debug, thiserror::Error)]
pub enum DrawError {
    /// What the document says does not fit its form.
    #[error(transparent)]
    Faults(#[from] Faults),
    /// The page's template and its values do not agree.
    #[error("the page could not be written: {0}")]
    Page(#[from] askama::Error),
    /// The typesetter refused; its own words.
    #[error("the PDF could not be set: {0}")]
    Typesetting(String),
    /// The font that the program carries cannot be read.
    #[error("the built-in font cannot be read")]
    Font,
    #[error("the layout could not be handed to the typesetter: {0}")]
    Layout(#[from] serde_json::Error),
}
