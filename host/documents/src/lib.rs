//! The official documents of a complaint file.
//!
//! A form is data (`schemas/forms/cn/2026`, one file each, checked against
//! `schemas/json/official-form.schema.json`): its fields, and the blocks they stand
//! in. The set is that of SAMR Order 121 (市场监督管理投诉举报处理办法, in force since
//! 2026-04-15), with a settlement agreement, a dossier's cover and a record of service.
//!
//! A [`Document`] is a form filled in; [`Document::check`] names every field at fault.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod check;
mod document;
mod form;
mod forms;
mod number;

pub use check::{Fault, FaultKind, Faults};
pub use document::Document;
pub use form::{
    Basis, Bilingual, Block, Choice, Field, Form, Group, Indent, Kind, Numbering, Person,
};
pub use forms::{Forms, FormsError};
pub use number::{DocumentNumber, NumberError};
