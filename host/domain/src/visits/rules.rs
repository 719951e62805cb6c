//! The rule of follow-up visits as a procedure version has it.

use serde::{Deserialize, Serialize};

use crate::case::phase::{Closing, Phase};
use crate::case::visit::Satisfaction;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct VisitRules {
    pub samples: Vec<SampleRule>,
    pub reopening: ReopeningRule,
}

/// Of complaints that ended in one of these ways, how many are asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SampleRule {
    pub id: String,
    #[cfg_attr(feature = "openapi", schema(value_type = Object))]
    pub name: Bilingual,
    pub endings: Vec<Ending>,
    pub share_percent: u32,
    /// At the least, where there are as many.
    pub minimum: u32,
}

/// Which answers have a file handled once more.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReopeningRule {
    pub levels: Vec<Satisfaction>,
    /// How often that happens to one file.
    pub most: u32,
    /// What ended so stays closed.
    pub not_after: Vec<Ending>,
}

/// How a complaint was over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    Refused,
    Solved,
    Partly,
    NotSolved,
    NoReply,
    Withdrawn,
    Terminated,
    ConcludedElsewhere,
    /// Handled under another number, where she is asked.
    Merged,
}

impl Ending {
    /// `None` where it is not over.
    pub fn of(phase: Phase, closing: Option<Closing>) -> Option<Ending> {
        if phase == Phase::Refused {
            return Some(Ending::Refused);
        }
        Some(match closing? {
            Closing::Solved => Ending::Solved,
            Closing::Partly => Ending::Partly,
            Closing::NotSolved => Ending::NotSolved,
            Closing::NoReply => Ending::NoReply,
            Closing::Withdrawn => Ending::Withdrawn,
            Closing::Terminated => Ending::Terminated,
            Closing::ConcludedElsewhere => Ending::ConcludedElsewhere,
            Closing::Merged => Ending::Merged,
        })
    }
}

impl VisitRules {
    /// The sample that an ending falls in; what falls in none is asked by nobody.
    pub fn sample_of(&self, ending: Ending) -> Option<&SampleRule> {
        let mut samples = self.samples.iter();
        samples.find(|it| it.endings.contains(&ending))
    }
}

impl SampleRule {
    /// How many of so many are asked.
    pub fn wanted(&self, files: u64) -> u64 {
        let share = (files * u64::from(self.share_percent)).div_ceil(100);
        share.max(u64::from(self.minimum)).min(files)
    }
}

impl ReopeningRule {
    /// Whether an answer has a file handled once more that was so often before.
    pub fn applies(&self, answer: Satisfaction, ending: Option<Ending>, before: u32) -> bool {
        let stays = ending.is_some_and(|ending| self.not_after.contains(&ending));
        self.levels.contains(&answer) && !stays && before < self.most
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use rstest::rstest;

    const ALL: [Ending; 8] = [
        Ending::Refused,
        Ending::Solved,
        Ending::Partly,
        Ending::NotSolved,
        Ending::NoReply,
        Ending::Withdrawn,
        Ending::Terminated,
        Ending::ConcludedElsewhere,
    ];

    #[test]
    fn every_ending_is_in_one_sample_of_each_version() {
        let book = RuleBook::builtin().unwrap();
        for procedure in book.procedures() {
            for ending in ALL {
                let samples = procedure.visits.samples.iter();
                let of = samples.filter(|it| it.endings.contains(&ending));
                assert_eq!(of.count(), 1, "{} {ending:?}", procedure.version);
            }
            assert!(procedure.visits.sample_of(Ending::Merged).is_none());
            let stays = &procedure.visits.reopening.not_after;
            assert!(stays.contains(&Ending::Merged));
        }
    }

    #[rstest]
    #[case(0, 0)]
    #[case(3, 3)]
    #[case(5, 5)]
    #[case(40, 5)]
    #[case(51, 6)]
    #[case(1_000, 100)]
    fn a_share_is_rounded_up_and_has_a_minimum(#[case] files: u64, #[case] wanted: u64) {
        let rule = SampleRule {
            id: "a".into(),
            name: Bilingual::new("甲", "A"),
            endings: vec![Ending::Refused],
            share_percent: 10,
            minimum: 5,
        };
        assert_eq!(rule.wanted(files), wanted);
    }
}
