//! Figures on the handling of disputes (效能评价), computed from the events of cases.
//!
//! One row of facts per case ([`CaseFacts`]) is derived from the case as its events
//! made it; a figure is a pure function over rows. An export writes the same rows,
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
mod mediation;
mod names;
mod negotiation;
mod outcome;
mod tally;

pub use columns::{COLUMNS, Cell, cells};
pub use facts::{CaseFacts, Decision, MediationEnd};
pub use filter::FactFilter;
pub use tally::{Figure, State, Tally};

use crate::text::Text;

/// One figure's definition. Its name and its definition in words are messages of
/// the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct Indicator {
    pub id: &'static str,
    pub version: u32,
    /// In the columns of an export; `""` is an empty cell.
    pub formula: &'static str,
    pub measure: Measure,
    /// It counts cases that no authority has, so that within a unit it says nothing.
    pub beyond_units: bool,
}

/// What is computed of the rows.
#[derive(Debug, Clone, Copy)]
pub enum Measure {
    /// Of the cases that `of` picks, those that `counted` picks too.
    Share {
        of: fn(&CaseFacts) -> bool,
        counted: fn(&CaseFacts) -> bool,
    },
    /// The sum of the days by how many cases have any.
    MeanDays(fn(&CaseFacts) -> Option<u32>),
    /// The middle one, or the sum of the two in the middle by 2.
    MedianDays(fn(&CaseFacts) -> Option<u32>),
}

impl Measure {
    pub fn name(&self) -> &'static str {
        match self {
            Measure::Share { .. } => "share",
            Measure::MeanDays(_) => "mean_days",
            Measure::MedianDays(_) => "median_days",
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

/// Every indicator, in the order in which they are told.
pub const INDICATORS: &[Indicator] = &[
    acceptance::ON_TIME,
    completion::ON_TIME,
    mediation::SUCCESS_OF_CONCLUDED,
    mediation::SUCCESS_OF_ACCEPTED,
    mediation::SUCCESS_OF_ENDED,
    negotiation::FIRST_SETTLEMENT,
    cycle::MEDIAN,
    cycle::MEAN,
    outcome::CONFIRMED,
    outcome::SOLVED,
    outcome::PARTLY,
    outcome::UNCONFIRMED,
    outcome::CONTESTED,
];

#[cfg(test)]
mod tests;
