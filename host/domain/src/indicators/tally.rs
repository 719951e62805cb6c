//! Counting rows up to figures, one after another: memory does not grow with them.

use std::collections::BTreeMap;
use std::marker::PhantomData;

use super::filter::FactFilter;
use super::{Facts, Indicator, Measure};

/// One indicator's figure.
#[derive(Debug)]
pub struct Figure<R: 'static> {
    pub indicator: &'static Indicator<R>,
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
    /// A unit sees only what came to it, and this counts what did not.
    NotByUnit,
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
    Share {
        counted: u64,
        of: u64,
    },
    /// How many cases took so many days.
    Days(BTreeMap<u32, u64>),
}

impl Sum {
    fn add<R>(&mut self, measure: &Measure<R>, facts: &R) {
        match (self, measure) {
            // A numerator is part of its denominator, whatever its rule is.
            (
                Sum::Share { counted, of },
                Measure::Share {
                    of: picks,
                    counted: counts,
                },
            ) if picks(facts) => {
                *of += 1;
                *counted += u64::from(counts(facts));
            }
            (Sum::Days(days), Measure::MeanDays(took) | Measure::MedianDays(took)) => {
                if let Some(took) = took(facts) {
                    *days.entry(took).or_default() += 1;
                }
            }
            _ => {}
        }
    }
}

impl<R: Facts> Default for Tally<R> {
    fn default() -> Tally<R> {
        let nothing = |indicator: &Indicator<R>| match indicator.measure {
            Measure::Share { .. } => Sum::Share { counted: 0, of: 0 },
            Measure::MeanDays(_) | Measure::MedianDays(_) => Sum::Days(BTreeMap::new()),
        };
        Tally {
            rows: 0,
            sums: R::INDICATORS.iter().map(nothing).collect(),
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
        for (sum, indicator) in self.sums.iter_mut().zip(R::INDICATORS) {
            sum.add(&indicator.measure, facts);
        }
    }

    /// How many files were counted.
    pub fn rows(&self) -> u64 {
        self.rows
    }

    /// The figures, in the order of [`Facts::INDICATORS`].
    pub fn figures(&self, filter: &FactFilter) -> Vec<Figure<R>> {
        let within_unit = filter.subtree.is_some();
        let figures = self.sums.iter().zip(R::INDICATORS);
        figures
            .map(|(sum, indicator)| figure(sum, indicator, within_unit))
            .collect()
    }
}

fn figure<R>(sum: &Sum, indicator: &'static Indicator<R>, within_unit: bool) -> Figure<R> {
    if indicator.beyond_units && within_unit {
        return Figure {
            indicator,
            cases: 0,
            state: State::NotByUnit,
        };
    }
    let (cases, numerator, denominator) = match (sum, &indicator.measure) {
        (Sum::Share { counted, of }, _) => (*of, *counted, *of),
        (Sum::Days(days), Measure::MedianDays(_)) => median(days),
        (Sum::Days(days), _) => mean(days),
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

fn mean(days: &BTreeMap<u32, u64>) -> (u64, u64, u64) {
    let cases = days.values().sum();
    let sum = days.iter().map(|(took, cases)| u64::from(*took) * cases);
    (cases, sum.sum(), cases)
}

fn median(days: &BTreeMap<u32, u64>) -> (u64, u64, u64) {
    let cases: u64 = days.values().sum();
    // Places are counted from 0; of an odd number both are the one in the middle.
    let (low, high) = (cases.saturating_sub(1) / 2, cases / 2);
    match (nth(days, low), nth(days, high)) {
        (Some(low), Some(_)) if cases % 2 == 1 => (cases, low, 1),
        (Some(low), Some(high)) => (cases, low + high, 2),
        _ => (0, 0, 0),
    }
}

/// The days of the case at a place, were all put in order.
fn nth(days: &BTreeMap<u32, u64>, place: u64) -> Option<u64> {
    let mut passed = 0;
    for (took, cases) in days {
        passed += cases;
        if place < passed {
            return Some(u64::from(*took));
        }
    }
    None
}
