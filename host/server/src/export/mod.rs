//! Files as a table for other programs: a row of facts per file, the columns of
//! [`Facts::COLUMNS`], from which every figure can be computed again. There is nothing of the consumer in it: no name, phone, address or word;
//! of the respondent its name, credit code and organisation here.

mod csv;
mod neutral;
mod xlsx;

use hejie_domain::indicators::Facts;

/// The most rows of one export; it is made in memory.
pub const MAX_ROWS: usize = 50_000;

/// A kind of file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// RFC 4180 in UTF-8, with a byte order mark because spreadsheets want one.
    Csv,
    /// Office Open XML; one sheet, and nothing in it but text and numbers.
    Xlsx,
}

/// The file could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    #[error("a row could not be written: {0}")]
    Csv(#[from] ::csv::Error),
    #[error("the sheet could not be written: {0}")]
    Xlsx(#[from] rust_xlsxwriter::XlsxError),
    #[error("the file could not be finished: {0}")]
    Finish(String),
}

impl Form {
    pub fn name(self) -> &'static str {
        match self {
            Form::Csv => "csv",
            Form::Xlsx => "xlsx",
        }
    }

    pub fn media_type(self) -> &'static str {
        match self {
            Form::Csv => "text/csv; charset=utf-8",
            Form::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        }
    }

    /// The whole file.
    pub fn write<R: Facts>(self, rows: &[R]) -> Result<Vec<u8>, ExportError> {
        match self {
            Form::Csv => csv::write(rows),
            Form::Xlsx => xlsx::write(rows),
        }
    }
}

#[cfg(test)]
mod tests;
