//! Figures on the handling of files (效能评价), computed from their events.
//!
//! One row of facts per file ([`CaseFacts`] of a dispute, [`ReportFacts`] of a report) is
//! derived from the file as its events made it; a figure is a pure function over rows. An
//! export writes the same rows, and a figure is computed of what it writes: the formula of
//! each [`Indicator`], in the names of the export's columns, is the definition itself.
//!
//! A figure is a ratio of whole numbers and never a rounded one. Definitions in
//! use differ (success of mediation has three denominators), so each has its own
//! indicator, and a change of one raises its version.

mod acceptance;
mod columns;
mod completion;
mod condition;
mod cycle;
mod derive;
mod facts;
mod filter;
mod inquiry;
mod measure;
mod mediation;
mod names;
mod negotiation;
mod outcome;
mod recovered;
mod report;
mod row;
mod satisfaction;
mod tally;

pub use condition::Condition;
pub use derive::NEGOTIATED;
pub use facts::{CaseFacts, Decision, MediationEnd};
pub use filter::{FactFilter, Located, PickedBy};
pub use inquiry::InquiryFacts;
pub use measure::{Measure, Quantity};
pub use negotiation::NegotiationFacts;
pub use report::ReportFacts;
pub use row::{Cell, Row};
pub use tally::{Figure, State, Tally};

use serde::de::DeserializeOwned;

use crate::file::FileKind;
use crate::text::Text;

/// One figure's definition. Its name and its definition in words are messages of
/// the catalogue.
#[derive(Debug)]
pub struct Indicator {
    pub id: &'static str,
    pub version: u32,
    pub measure: Measure,
}

/// A table with a row of facts per file, and the figures that are made of its rows.
pub trait Facts: DeserializeOwned + Send + Sized + 'static {
    const KIND: FileKind;
    /// What the table is called.
    const TABLE: &'static str;
    /// In the order in which they are told.
    const INDICATORS: &'static [Indicator];
    /// The names of its columns. They are stable; a new one comes at the end.
    const COLUMNS: &'static [&'static str];
    /// The columns by which a scope picks its rows.
    const PICKED_BY: PickedBy;

    /// The row's values in the order of the columns.
    fn cells(&self) -> Vec<Cell>;

    fn row(&self) -> Row {
        Row {
            columns: Self::COLUMNS,
            cells: self.cells(),
        }
    }
}

impl Indicator {
    /// The indicator's name.
    pub fn name(&self) -> Text {
        Text::new(format!("indicator-{}", self.id))
    }

    /// What it says, in words.
    pub fn definition(&self) -> Text {
        Text::new(format!("indicator-{}-definition", self.id))
    }
}

#[cfg(test)]
mod tests;
