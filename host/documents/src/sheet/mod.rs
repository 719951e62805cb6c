//! The layout: a form with a document's values in their places, as plain texts.
//!
//! Both outputs draw this and nothing else, so that they say the same. A value is
//! never part of a template here: it is a string beside others.

mod blocks;
mod words;

pub use words::day as long_date;

use serde::Serialize;

use crate::document::Document;
use crate::form::{Form, Numbering};

/// One document, ready to be drawn.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// `文书式样六`, in the corner of an official form.
    pub model: Option<String>,
    pub title: String,
    pub head: Head,
    pub unit: String,
    /// `2026年5月18日`.
    pub issued_on: String,
    /// `[2026, 5, 18]`, for the file's own properties.
    pub day: (i16, i8, i8),
    pub parts: Vec<Part>,
}

/// What stands under the title.
#[derive(Debug, Serialize)]
#[serde(tag = "style", rename_all = "snake_case")]
pub(crate) enum Head {
    Official {
        number: String,
    },
    File {
        unit_label: String,
        unit: String,
        number: String,
    },
}

/// A [`Block`](crate::Block) filled in.
#[derive(Debug, Serialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub(crate) enum Part {
    Heading {
        text: String,
    },
    Table {
        groups: Vec<Rows>,
    },
    Paragraph {
        flush: bool,
        runs: Vec<Run>,
    },
    Checklist {
        label: String,
        items: Vec<Item>,
    },
    Area {
        label: String,
        lines: Vec<String>,
        room: u8,
    },
    Rows {
        label: String,
        columns: Vec<String>,
        rows: Vec<Vec<String>>,
    },
    Signatures {
        people: Vec<Signature>,
    },
    Seal,
    Notes {
        items: Vec<String>,
    },
}

#[derive(Debug, Serialize)]
pub(crate) struct Rows {
    pub label: Option<String>,
    pub rows: Vec<Vec<Cell>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Cell {
    pub label: String,
    pub shown: Shown,
}

#[derive(Debug, Serialize)]
#[serde(tag = "as", rename_all = "snake_case")]
pub(crate) enum Shown {
    /// `room` lines at the least.
    Lines {
        lines: Vec<String>,
        room: u8,
    },
    Boxes {
        items: Vec<Item>,
    },
}

/// A choice with its box.
#[derive(Debug, Serialize)]
pub(crate) struct Item {
    pub ticked: bool,
    /// `（三）`, or nothing.
    pub number: String,
    pub text: String,
}

/// A stretch of a paragraph; one that is filled in and empty is a gap to write in.
#[derive(Debug, Serialize)]
pub(crate) struct Run {
    pub filled: bool,
    pub text: String,
}

#[derive(Debug, Serialize)]
pub(crate) struct Signature {
    pub label: String,
    pub name: String,
    pub day: String,
}

impl Sheet {
    /// Lays out a document that passed its check.
    pub(crate) fn of(form: &Form, document: &Document) -> Sheet {
        let day = document.issued_on;
        Sheet {
            model: form.number.and_then(words::model),
            title: form.title.zh.clone(),
            head: head(form, document),
            unit: document.unit.clone(),
            issued_on: words::day(day),
            day: (day.year(), day.month(), day.day()),
            parts: blocks::parts(form, document),
        }
    }
}

fn head(form: &Form, document: &Document) -> Head {
    let number = document.number.clone();
    match &form.numbering {
        Numbering::Official { .. } => Head::Official { number },
        Numbering::File { unit_label } => Head::File {
            unit_label: unit_label.zh.clone(),
            unit: document.unit.clone(),
            number,
        },
    }
}
