//! What is computed of rows, and how that is written down.

use super::condition::Condition;

/// A computation. Its formula is written from what is evaluated, in the names of an
/// export's columns.
#[derive(Debug)]
pub enum Measure {
    /// Of the files that `of` picks, those that `counted` picks too.
    Share { of: Condition, counted: Condition },
    /// The sum of a column's numbers by how many files have one.
    Mean { column: &'static str, of: Quantity },
    /// The middle one, or the sum of the two in the middle by 2.
    Median { column: &'static str, of: Quantity },
    /// A column's words, each worth so many points: their sum by how many files have one.
    Score {
        column: &'static str,
        points: &'static [(&'static str, u64)],
    },
}

/// What a column's numbers count.
#[derive(Debug, Clone, Copy)]
pub enum Quantity {
    Days,
    Fen,
}

impl Measure {
    pub fn name(&self) -> &'static str {
        match self {
            Measure::Share { .. } => "share",
            Measure::Mean { of, .. } => match of {
                Quantity::Days => "mean_days",
                Quantity::Fen => "mean_fen",
            },
            Measure::Median { of, .. } => match of {
                Quantity::Days => "median_days",
                Quantity::Fen => "median_fen",
            },
            Measure::Score { .. } => "mean_points",
        }
    }

    /// In the columns of the table; `""` is an empty cell. The sum and the median are of
    /// the cells that are not empty.
    pub fn formula(&self) -> String {
        match self {
            Measure::Share { of, counted } => {
                let (part, whole) = (counted.in_brackets(), of.in_brackets());
                format!("count({whole} and {part}) / count({of})")
            }
            Measure::Mean { column, .. } => {
                format!("sum({column}) / count({column} <> \"\")")
            }
            Measure::Median { column, .. } => format!("median({column})"),
            Measure::Score { column, points } => {
                let worth =
                    |(word, points): &(&str, u64)| format!("{points} * count({column} = {word})");
                let sum: Vec<String> = points.iter().map(worth).collect();
                format!("({}) / count({column} <> \"\")", sum.join(" + "))
            }
        }
    }

    /// The columns it names.
    pub fn columns(&self) -> Vec<&'static str> {
        match self {
            Measure::Share { of, counted } => [of.columns(), counted.columns()].concat(),
            Measure::Mean { column, .. }
            | Measure::Median { column, .. }
            | Measure::Score { column, .. } => vec![column],
        }
    }
}
