//! Figures on the handling of files (效能评价), computed from their events.
//!
//! One row of facts per file ([`CaseFacts`] of a dispute, [`ReportFacts`] of a report) is
//! derived from the file as its events made it; a figure is a pure function over rows. An export writes the same rows,
//! so that whoever has one computes every figure again: each [`Indicator`] says its
//! formula in the names of the export's columns.
//!
//! A figure is a ratio of whole numbers and never a rounded one. Definitions in
//! use differ (success of mediation has three denominators), so each has its own
//! indicator, and a change of one raises its version.

mod acceptance;
mod columns;
mod completion;
mod cycle;
mod derive;
mod facts;
mod filter;
mod inquiry;
mod mediation;
mod names;
mod negotiation;
mod outcome;
mod report;
mod satisfaction;
mod tally;

pub use columns::Cell;
pub use facts::{CaseFacts, Decision, MediationEnd};
pub use filter::FactFilter;
pub use inquiry::InquiryFacts;
pub use report::ReportFacts;
pub use tally::{Figure, State, Tally};

use jiff::civil::Date;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::file::FileKind;
use crate::identifiers::unit_id::UnitId;
use crate::text::Text;

/// One figure's definition. Its name and its definition in words are messages of
/// the catalogue.
#[derive(Debug)]
pub struct Indicator<R: 'static> {
    pub id: &'static str,
    pub version: u32,
    /// In the columns of an export; `""` is an empty cell.
    pub formula: &'static str,
    pub measure: Measure<R>,
    /// It counts files that no authority has, so that within a unit it says nothing.
    pub beyond_units: bool,
}

/// What is computed of the rows.
#[derive(Debug)]
pub enum Measure<R: 'static> {
    /// Of the files that `of` picks, those that `counted` picks too.
    Share {
        of: fn(&R) -> bool,
        counted: fn(&R) -> bool,
    },
    /// The sum of the days by how many files have any.
    MeanDays(fn(&R) -> Option<u32>),
    /// The middle one, or the sum of the two in the middle by 2.
    MedianDays(fn(&R) -> Option<u32>),
}

/// A row of facts of one kind of file, and the figures that are made of such rows.
pub trait Facts: Serialize + DeserializeOwned + Send + Sized + 'static {
    const KIND: FileKind;
    /// What a table of such rows is called.
    const TABLE: &'static str;
    /// In the order in which they are told.
    const INDICATORS: &'static [Indicator<Self>];
    /// The names of an export's columns. They are stable; a new one comes at the end.
    const COLUMNS: &'static [&'static str];

    /// The row's values in the order of the columns.
    fn cells(&self) -> Vec<Cell>;
    fn unit(&self) -> Option<&UnitId>;
    /// The day by which a period of time picks it.
    fn counted_on(&self) -> Date;
    fn category(&self) -> &str;
    /// Whether it is about an operator: its id here, its credit code or its name.
    fn is_about(&self, respondent: &str) -> bool;
}

impl<R> Measure<R> {
    pub fn name(&self) -> &'static str {
        match self {
            Measure::Share { .. } => "share",
            Measure::MeanDays(_) => "mean_days",
            Measure::MedianDays(_) => "median_days",
        }
    }
}

impl<R> Indicator<R> {
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
