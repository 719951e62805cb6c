//! What a form is: its place in the official set, its fields, its blocks.

mod block;
mod field;

use serde::{Deserialize, Serialize};

pub use block::{Block, Group, Indent, Person};
pub(crate) use block::{Stretch, stretches};
pub use field::{Choice, Field, Kind};

use crate::number::{DocumentNumber, NumberError};

/// A text in both languages of the platform; the document itself is Chinese.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bilingual {
    pub zh: String,
    pub en: String,
}

/// One form of a set, as its file has it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Form {
    pub id: String,
    /// The number in the official set (文书式样一 is 1); none for a form of our own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u8>,
    pub title: Bilingual,
    /// Where the law asks for this document.
    pub basis: Basis,
    pub numbering: Numbering,
    pub fields: Vec<Field>,
    pub blocks: Vec<Block>,
}

/// A place in the law.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Basis {
    pub law: Bilingual,
    /// `16`, or `23(1)` for an item of an article.
    pub article: String,
}

/// How a document of this form is numbered, and what stands under its title.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "style", rename_all = "snake_case", deny_unknown_fields)]
pub enum Numbering {
    /// A document number (GB/T 9704-2012, 7.2.5), centred. `sign` is what a unit
    /// writes between its abbreviation and the year, by default.
    Official { sign: String },
    /// The maker at the left and the file's number at the right.
    File { unit_label: Bilingual },
}

impl Form {
    pub fn field(&self, key: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.key == key)
    }

    /// The document number of a unit's `serial`th document of the year: for the
    /// abbreviation `鄂武昌市监` it may be `鄂武昌市监投受〔2026〕12号`. None where
    /// the form takes the file's own number.
    pub fn number_for(
        &self,
        abbreviation: &str,
        year: i16,
        serial: u32,
    ) -> Option<Result<DocumentNumber, NumberError>> {
        match &self.numbering {
            Numbering::Official { sign } => {
                let issuer = format!("{abbreviation}{sign}");
                Some(DocumentNumber::new(&issuer, year, serial))
            }
            Numbering::File { .. } => None,
        }
    }
}
