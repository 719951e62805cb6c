//! Follow-up visits 回访: whether the complainant is satisfied with how her complaint
//! was handled (Order 121 art. 26), and whom to call.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::mediation::Means;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;

/// Five levels, as the platform's callers ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Satisfaction {
    VeryUnsatisfied,
    Unsatisfied,
    Fair,
    Satisfied,
    VerySatisfied,
}

impl Satisfaction {
    pub fn name(self) -> &'static str {
        match self {
            Satisfaction::VeryUnsatisfied => "very_unsatisfied",
            Satisfaction::Unsatisfied => "unsatisfied",
            Satisfaction::Fair => "fair",
            Satisfaction::Satisfied => "satisfied",
            Satisfaction::VerySatisfied => "very_satisfied",
        }
    }

    /// The file is handled once more (service rule 7).
    pub fn reopens(self) -> bool {
        self <= Satisfaction::Unsatisfied
    }
}

/// One call or message, answered or not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visit {
    /// Counted from 1.
    pub seq: u32,
    pub at: Timestamp,
    pub means: Means,
    /// `None`: she was not reached.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub satisfaction: Option<Satisfaction>,
    pub note: String,
}

/// Draws the files to be called: as many as the share of them that is wanted, at
/// least one where there are any. The same files, seed and share give the same draw,
/// so anybody can check that none was picked by hand: files are ordered by the
/// SHA-256 of the seed and their number, and the first are taken.
pub fn draw(mut files: Vec<CaseNumber>, seed: &str, share_percent: u32) -> Vec<CaseNumber> {
    let share = u64::from(share_percent.min(100));
    let wanted = (files.len() as u64 * share).div_ceil(100);
    files.sort_by_cached_key(|number| Digest::of(format!("{seed}\n{number}").as_bytes()));
    files.truncate(usize::try_from(wanted).unwrap_or(usize::MAX));
    files
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    fn files(count: u32) -> Vec<CaseNumber> {
        let number = |serial| CaseNumber::compose(date(2026, 5, 18), serial);
        (1..=count).map(|serial| number(serial.into())).collect()
    }

    #[test]
    fn the_same_seed_draws_the_same_and_another_draws_others() {
        let first = draw(files(200), "2026-05", 10);
        assert_eq!(first.len(), 20);
        let mut turned = files(200);
        turned.reverse();
        assert_eq!(first, draw(turned, "2026-05", 10));
        assert_ne!(first, draw(files(200), "2026-06", 10));
    }

    proptest! {
        #[test]
        fn a_larger_share_keeps_those_of_a_smaller(count in 0u32..300, small in 0u32..=100, more in 0u32..=100) {
            let (few, many) = (draw(files(count), "s", small), draw(files(count), "s", small + more));
            prop_assert!(few.iter().all(|file| many.contains(file)));
            prop_assert_eq!(many.len() as u32, (count * (small + more).min(100)).div_ceil(100));
        }
    }
}
