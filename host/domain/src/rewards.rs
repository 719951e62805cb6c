//! Rewards for reports of major breaches: what they would come to by the rule. Whether a
//! breach is a major one, and how much a report helped, people decide.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::money::Fen;
use crate::text::Bilingual;

/// How much a report helped: the first grade most.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "u8", into = "u8")]
pub struct Grade(u8);

impl Grade {
    pub fn of(grade: u8) -> Option<Grade> {
        (1..=3).contains(&grade).then_some(Grade(grade))
    }
}

impl TryFrom<u8> for Grade {
    type Error = &'static str;

    fn try_from(grade: u8) -> Result<Grade, &'static str> {
        Grade::of(grade).ok_or("a grade is 1, 2 or 3")
    }
}

impl From<Grade> for u8 {
    fn from(grade: Grade) -> u8 {
        grade.0
    }
}

/// `schemas/rules/cn/rewards/`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RewardRule {
    pub version: String,
    pub in_force_from: Date,
    pub law: Bilingual,
    pub source: String,
    pub grades: Vec<GradeRule>,
    /// Of one case, in fen.
    pub cap_fen: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GradeRule {
    pub grade: Grade,
    /// Of fines and confiscations.
    pub percent: u64,
    pub floor_fen: Fen,
}

/// What a reward comes to, and how.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reward {
    pub rule: String,
    pub law: Bilingual,
    pub grade: Grade,
    pub percent: u64,
    pub penalty_fen: Fen,
    pub amount_fen: Fen,
    /// The share was less than the floor of the grade.
    pub floored: bool,
    /// The share was more than a case may have.
    pub capped: bool,
}

impl RewardRule {
    /// `None` where the rule has no such grade.
    pub fn reward(&self, grade: Grade, penalty: Fen) -> Option<Reward> {
        let rule = self.grades.iter().find(|it| it.grade == grade)?;
        // A share of an amount is never more than it.
        let share = penalty.ratio(rule.percent, 100)?;
        let (floored, capped) = (share < rule.floor_fen, share > self.cap_fen);
        Some(Reward {
            rule: self.version.clone(),
            law: self.law.clone(),
            grade,
            percent: rule.percent,
            penalty_fen: penalty,
            amount_fen: share.max(rule.floor_fen).min(self.cap_fen),
            floored,
            capped,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::RuleBook;
    use jiff::civil::date;
    use rstest::rstest;

    #[rstest]
    #[case(1, 200_000_000, 10_000_000, false, false)]
    #[case(2, 200_000_000, 6_000_000, false, false)]
    #[case(3, 200_000_000, 2_000_000, false, false)]
    #[case(1, 1_000_000, 500_000, true, false)]
    #[case(2, 0, 300_000, true, false)]
    #[case(3, 9_999_900, 100_000, true, false)]
    #[case(1, 3_000_000_000, 100_000_000, false, true)]
    fn a_reward_is_a_share_with_a_floor_and_a_cap(
        #[case] grade: u8,
        #[case] penalty: u64,
        #[case] amount: u64,
        #[case] floored: bool,
        #[case] capped: bool,
    ) {
        let book = RuleBook::builtin().unwrap();
        let rule = book.reward_rule_on(date(2026, 6, 18)).unwrap();
        let grade = Grade::of(grade).unwrap();
        let reward = rule.reward(grade, Fen::new(penalty).unwrap()).unwrap();
        assert_eq!(reward.amount_fen.get(), amount);
        assert_eq!((reward.floored, reward.capped), (floored, capped));
    }

    #[test]
    fn before_the_rule_there_is_no_reward() {
        let book = RuleBook::builtin().unwrap();
        assert!(book.reward_rule_on(date(2021, 11, 30)).is_none());
    }
}
