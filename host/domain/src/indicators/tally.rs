//! Counting rows up to figures, one after another: memory does not grow with them.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::filter::FactFilter;
use super::row::Row;
use super::{Facts, Indicator, Measure};

/// One indicator's figure.
#[derive(Debug)]
pub struct Figure {
    pub indicator: &'static Indicator,
    /// How many files it is of.
    pub cases: u64,
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    /// Exactly so; the denominator is more than zero.
    Known { numerator: u64, denominator: u64 },
    /// There is nothing it could be of: no figure, and not zero.
    NoCases,
}

/// What rows have come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tally<R> {
    rows: u64,
    sums: Vec<Sum>,
    of: PhantomData<R>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Sum {
    /// A numerator and how many files it is of.
    Total { sum: u64, files: u64 },
    /// How many files have such a number.
    Spread(BTreeMap<u64, u64>),
}

impl Sum {
    fn new(measure: &Measure) -> Sum {
        match measure {
            Measure::Median { .. } => Sum::Spread(BTreeMap::new()),
            _ => Sum::Total { sum: 0, files: 0 },
        }
    }

    fn add(&mut self, measure: &Measure, row: &Row) {
        let Some(value) = value(measure, row) else {
            return;
        };
        match self {
            Sum::Total { sum, files } => {
                // Beyond all money there is the sum stays what it can be.
                *sum = sum.saturating_add(value);
                *files += 1;
            }
            Sum::Spread(files) => *files.entry(value).or_default() += 1,
        }
    }
}

/// What a row adds to a numerator; `None` where it is not counted at all. A numerator is
/// part of its denominator, whatever its rule is.
fn value(measure: &Measure, row: &Row) -> Option<u64> {
    match measure {
        Measure::Share { of, counted } => of.holds(row).then(|| u64::from(counted.holds(row))),
        Measure::Mean { column, .. } | Measure::Median { column, .. } => row.cell(column).number(),
        Measure::Score { column, points } => {
            let said = row.cell(column).text()?;
            let worth = points.iter().find(|(word, _)| *word == said);
            Some(worth.map_or(0, |(_, points)| *points))
        }
    }
}

impl<R: Facts> Default for Tally<R> {
    fn default() -> Tally<R> {
        let sums = R::INDICATORS.iter().map(|it| Sum::new(&it.measure));
        Tally {
            rows: 0,
            sums: sums.collect(),
            of: PhantomData,
        }
    }
}

impl<R: Facts> Tally<R> {
    /// Of the rows that a filter takes.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a R>, filter: &FactFilter) -> Tally<R> {
        let mut tally = Tally::default();
        let taken = rows.into_iter().filter(|facts| filter.takes(*facts));
        taken.for_each(|facts| tally.add(facts));
        tally
    }

    /// Counts one more file.
    pub fn add(&mut self, facts: &R) {
        self.rows += 1;
        let row = facts.row();
        for (sum, indicator) in self.sums.iter_mut().zip(R::INDICATORS) {
            sum.add(&indicator.measure, &row);
        }
    }

    /// How many files were counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The figures, in the order of [`Facts::INDICATORS`].
    pub fn figures(&self) -> Vec<Figure> {
        let figures = self.sums.iter().zip(R::INDICATORS);
        figures
            .map(|(sum, indicator)| figure(sum, indicator))
            .collect()
    }
}

fn figure(sum: &Sum, indicator: &'static Indicator) -> Figure {
    let (cases, numerator, denominator) = match sum {
        Sum::Total { sum, files } => (*files, *sum, *files),
        Sum::Spread(files) => median(files),
    };
    let state = match denominator {
        0 => State::NoCases,
        _ => State::Known {
            numerator,
            denominator,
        },
    };
    Figure {
        indicator,
        cases,
        state,
    }
}

fn median(spread: &BTreeMap<u64, u64>) -> (u64, u64, u64) {
    let files: u64 = spread.values().sum();
    // Places are counted from 0; of an odd number both are the one in the middle.
    let (low, high) = (files.saturating_sub(1) / 2, files / 2);
    match (nth(spread, low), nth(spread, high)) {
        (Some(low), Some(_)) if files % 2 == 1 => (files, low, 1),
        (Some(low), Some(high)) => (files, low.saturating_add(high), 2),
        _ => (0, 0, 0),
    }
}

/// The number of the file at a place, were all put in order.
fn nth(spread: &BTreeMap<u64, u64>, place: u64) -> Option<u64> {
    let mut passed = 0;
    for (number, files) in spread {
        passed += files;
        if place < passed {
            return Some(*number);
        }
    }
    None
}
