//! What the law gives on stated facts. Amounts, windows, multiples and articles
//! come from dated packs (`schemas/rules/cn/entitlements`); a file here for each
//! kind of rule knows how to apply them.
//!
//! Two lists that are never merged: what holds unconditionally, and what holds
//! only if something is established first.

mod blemish;
mod food;
mod fraud;
mod in_force;
mod late_refund;
mod late_return;
mod no_reason_return;
mod non_conforming;
mod pack;
mod prepaid;
#[cfg(test)]
mod tests;

pub use pack::{EntitlementPack, Rule, RuleKind};

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use self::in_force::InForce;
use crate::facts::Facts;
use crate::money::Fen;
use crate::remedy::RemedyKind;
use crate::rules::Citation;
use crate::text::{Bilingual, Text};

/// One thing the law gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entitlement {
    /// The rule's id within its pack.
    pub id: String,
    pub pack: String,
    pub article: Citation,
    /// What must be established first; `None`: it holds on the stated facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Bilingual>,
    pub remedy: RemedyKind,
    #[serde(
        rename = "amount_fen",
        default,
        skip_serializing_if = "Option::is_none"
    )]
    pub amount: Option<Fen>,
    pub summary: Bilingual,
    /// How the amount or the window came about, a line each.
    pub arithmetic: Vec<Text>,
}

/// A rule that gives nothing here, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NotGiven {
    pub id: String,
    pub article: Citation,
    pub why: Text,
}

/// The law's answer to a set of facts.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assessment {
    pub unconditional: Vec<Entitlement>,
    pub conditional: Vec<Entitlement>,
    pub not_given: Vec<NotGiven>,
}

impl Assessment {
    /// The most money that any one unconditional entitlement gives: the floor.
    /// Entitlements to the same price are alternatives, so they do not add up.
    pub fn floor(&self) -> Option<Fen> {
        self.unconditional
            .iter()
            .filter_map(|entitlement| entitlement.amount)
            .max()
    }
}

/// What one rule says of the facts.
pub(crate) enum Verdict {
    Gives(Given),
    /// It is about such cases, and gives nothing in this one.
    Not(Text),
    /// It is about other cases.
    Silent,
}

pub(crate) struct Given {
    pub remedy: RemedyKind,
    pub amount: Option<Fen>,
    pub arithmetic: Vec<Text>,
    /// The article of the calculation, where it is not the rule's own.
    pub article: Option<String>,
}

impl Given {
    pub fn new(remedy: RemedyKind, amount: Option<Fen>, arithmetic: Vec<Text>) -> Given {
        Given {
            remedy,
            amount,
            arithmetic,
            article: None,
        }
    }

    /// The same, resting on another article of the rule's law.
    pub fn citing(self, article: &str) -> Given {
        Given {
            article: Some(article.to_owned()),
            ..self
        }
    }
}

/// Judges the facts by the packs in force on the day of receipt.
pub fn assess(facts: &Facts, received_on: Date, packs: &[EntitlementPack]) -> Assessment {
    let law = InForce::on(received_on, packs);
    let mut assessment = Assessment::default();
    for (pack, rule) in law.rules() {
        match judge(rule, facts, received_on, &law) {
            Verdict::Gives(given) => match law.exclusion(&rule.id, facts) {
                Some(excluded) => assessment.not_given.push(excluded),
                None => record(&mut assessment, pack, rule, given),
            },
            Verdict::Not(why) => assessment.not_given.push(NotGiven {
                id: rule.id.clone(),
                article: pack.cite(&rule.article),
                why,
            }),
            Verdict::Silent => {}
        }
    }
    assessment
}

fn judge(rule: &Rule, facts: &Facts, received_on: Date, law: &InForce) -> Verdict {
    match &rule.kind {
        RuleKind::NoReasonReturn(terms) => no_reason_return::judge(terms, facts, received_on),
        RuleKind::NonConformingReturn(terms) => non_conforming::judge(terms, facts, received_on),
        RuleKind::FraudDamages(terms) => fraud::judge(terms, facts),
        RuleKind::InjuryDamages(terms) => fraud::judge_injury(terms, facts),
        RuleKind::UnsafeFood(terms) => food::judge(terms, facts),
        RuleKind::PrepaidCoolingOff(terms) => {
            prepaid::cooling_off::judge(terms, facts, received_on)
        }
        RuleKind::PrepaidRefund(terms) => prepaid::refund::judge(terms, facts),
        RuleKind::LatePrepaidRefund(terms) => {
            prepaid::late_refund::judge(terms, facts, received_on)
        }
        RuleKind::LateRefund(terms) => {
            let standing = law.standing(&terms.of, facts);
            late_refund::judge(terms, standing, facts, received_on)
        }
        RuleKind::LateReturn(terms) => {
            let standing = law.standing(&terms.of, facts);
            late_return::judge(terms, standing, facts, received_on)
        }
        // It only takes away what another rule gives.
        RuleKind::BlemishExclusion(_) => Verdict::Silent,
    }
}

fn record(assessment: &mut Assessment, pack: &EntitlementPack, rule: &Rule, given: Given) {
    let list = match rule.condition {
        None => &mut assessment.unconditional,
        Some(_) => &mut assessment.conditional,
    };
    list.push(Entitlement {
        id: rule.id.clone(),
        pack: pack.version.clone(),
        article: pack.cite(given.article.as_ref().unwrap_or(&rule.article)),
        condition: rule.condition.clone(),
        remedy: given.remedy,
        amount: given.amount,
        summary: rule.summary.clone(),
        arithmetic: given.arithmetic,
    });
}

/// Natural days from one day to a later one, negative where it is earlier.
fn days_between(from: Date, to: Date) -> i64 {
    from.until((jiff::Unit::Day, to))
        .map(|span| i64::from(span.get_days()))
        .unwrap_or(i64::MAX)
}

/// Completes the sentence of a wait that began on a day: `Ok` where it has lasted
/// longer than its window, `Err` where it is still in time.
fn overdue(period: Text, since: Date, filed_on: Date, window_days: u32) -> Result<Text, Text> {
    let passed = days_between(since, filed_on);
    let period = period
        .arg("filed", filed_on.to_string())
        .arg("passed", passed)
        .arg("window", window_days);
    if passed > i64::from(window_days) {
        Ok(period)
    } else {
        Err(period)
    }
}
