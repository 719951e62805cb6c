//! A draw that anybody can repeat: the same files, rule and seed give the same list. What
//! is drawn from is fixed, and has a digest, before there is a seed.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::rules::{Ending, SampleRule, VisitRules};
use crate::case::refusal::{Invalid, Refusal};
use crate::day::strict_date;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;

/// The longest time one draw is made from, in days.
pub const MAX_DAYS: i32 = 366;

/// Whom a unit wants to ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Wanted {
    /// What ended on this day or later.
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub from: Date,
    /// And on this day or earlier; a day that is over.
    #[serde(with = "strict_date")]
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub to: Date,
    /// All of them, and not a sample.
    #[serde(default)]
    pub full: bool,
}

impl Wanted {
    /// Only days that are over: what ended on them is known, and nobody waits for one
    /// more file to end before he draws.
    pub fn check(&self, today: Date) -> Result<(), Refusal> {
        if self.to < self.from {
            let earliest = self.from.to_string();
            return Err(Refusal::invalid("/to", Invalid::TooEarly { earliest }));
        }
        let yesterday = today.yesterday().unwrap_or(Date::MIN);
        if self.to > yesterday {
            let latest = yesterday.to_string();
            return Err(Refusal::invalid("/to", Invalid::TooLate { latest }));
        }
        let days = (self.to - self.from).get_days() + 1;
        match days > MAX_DAYS {
            true => Err(Refusal::invalid(
                "/to",
                Invalid::TooManyDays {
                    limit: MAX_DAYS.unsigned_abs(),
                },
            )),
            false => Ok(()),
        }
    }
}

/// A complaint that was over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ended {
    pub number: CaseNumber,
    pub ending: Ending,
}

/// How many files were in a sample, and how many of them are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SampleCount {
    pub rule: SampleRule,
    pub files: u64,
    pub drawn: u64,
}

/// A file of the population, as the draw left it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub number: CaseNumber,
    /// The sample that it is in.
    pub sample: String,
    pub drawn: bool,
}

/// What a draw is made from: the files with their samples, in the order of their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Population {
    files: Vec<(CaseNumber, String)>,
    full: bool,
    rules: Vec<SampleRule>,
}

impl Population {
    pub fn of(ended: Vec<Ended>, rules: &VisitRules, full: bool) -> Population {
        let sampled = ended.into_iter().filter_map(|it| {
            let sample = rules.sample_of(it.ending)?;
            Some((it.number, sample.id.clone()))
        });
        Population::again(sampled.collect(), rules.samples.clone(), full)
    }

    /// The same of files whose samples are known, to repeat a draw.
    pub fn again(
        mut files: Vec<(CaseNumber, String)>,
        rules: Vec<SampleRule>,
        full: bool,
    ) -> Population {
        files.sort();
        files.dedup();
        Population { files, full, rules }
    }

    pub fn len(&self) -> usize {
        self.files.len()
    }

    pub fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// The SHA-256 of a line `NUMBER SAMPLE` for each file.
    pub fn digest(&self) -> Digest {
        let lines = self.files.iter();
        let lines = lines.map(|(number, sample)| format!("{number} {sample}\n"));
        Digest::of(lines.collect::<String>().as_bytes())
    }

    /// Sample by sample, before there is a seed.
    pub fn counts(&self) -> Vec<SampleCount> {
        let rules = self.rules.iter();
        rules
            .map(|rule| {
                let files = self.files.iter().filter(|(_, sample)| *sample == rule.id);
                let files = files.count() as u64;
                SampleCount {
                    rule: rule.clone(),
                    files,
                    drawn: match self.full {
                        true => files,
                        false => rule.wanted(files),
                    },
                }
            })
            .collect()
    }

    /// Files are ordered by the SHA-256 of `SEED NUMBER`, and of each sample the first are
    /// taken. Those that are asked come first, all in that order.
    pub fn draw(&self, seed: &Digest) -> Vec<Drawn> {
        let mut ordered: Vec<&(CaseNumber, String)> = self.files.iter().collect();
        ordered.sort_by_cached_key(|(number, _)| Digest::of(format!("{seed} {number}").as_bytes()));
        let mut left = self.counts();
        let (asked, others): (Vec<_>, Vec<_>) = ordered
            .into_iter()
            .map(|(number, sample)| Drawn {
                number: number.clone(),
                sample: sample.clone(),
                drawn: take(&mut left, sample),
            })
            .partition(|it| it.drawn);
        asked.into_iter().chain(others).collect()
    }
}

/// Whether one more of a sample is wanted.
fn take(left: &mut [SampleCount], sample: &str) -> bool {
    let found = left.iter_mut().find(|it| it.rule.id == sample);
    let Some(count) = found.filter(|it| it.drawn > 0) else {
        return false;
    };
    count.drawn -= 1;
    true
}

#[cfg(test)]
mod tests;
