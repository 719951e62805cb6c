//! A pack: the entitlement rules of one law over a span of days.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::facts::{Cause, Channel, Nature};
use crate::money::Fen;
use crate::rules::Citation;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EntitlementPack {
    pub version: String,
    pub law: Bilingual,
    pub source: String,
    pub in_force_from: Date,
    #[serde(default)]
    pub in_force_to: Option<Date>,
    pub rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub id: String,
    pub article: String,
    pub summary: Bilingual,
    /// What must be established before it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub condition: Option<Bilingual>,
    #[serde(flatten)]
    pub kind: RuleKind,
}

/// The kinds of rule there are, with their numbers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "terms", rename_all = "snake_case")]
pub enum RuleKind {
    NoReasonReturn(NoReasonReturn),
    NonConformingReturn(Window),
    FraudDamages(Damages),
    InjuryDamages(Damages),
    UnsafeFood(UnsafeFood),
    PrepaidCoolingOff(CoolingOff),
    PrepaidRefund(PrepaidRefund),
    LatePrepaidRefund(Window),
    LateRefund(Delay),
    LateReturn(Delay),
    BlemishExclusion(Exclusion),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoReasonReturn {
    pub window_days: u32,
    pub channels: BTreeSet<Channel>,
    /// Never returned without reason.
    pub never: BTreeSet<Nature>,
    /// Left out only where the consumer confirmed it for this purchase.
    pub if_confirmed: BTreeSet<Nature>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Window {
    pub window_days: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Damages {
    /// Of the price, or of the loss where injury is concerned.
    pub multiple: u64,
    #[serde(rename = "minimum_fen", default)]
    pub minimum: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnsafeFood {
    pub price_multiple: u64,
    pub loss_multiple: u64,
    #[serde(rename = "minimum_fen")]
    pub minimum: Fen,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PrepaidRefund {
    /// Whose cause this rule is about; `operator`: any but the consumer's.
    pub cause: Cause,
    /// What a refund by time rests on.
    pub unlimited_article: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CoolingOff {
    pub window_days: u32,
    /// What a refund by time rests on.
    pub unlimited_article: String,
}

/// A return, or its refund, that is not done in time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delay {
    pub window_days: u32,
    /// The id of the return rule, in whatever pack, that makes the return due.
    pub of: String,
}

/// A rule that takes away what another gives.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exclusion {
    /// The id of the other rule, in whatever pack.
    pub excludes: String,
}

impl EntitlementPack {
    pub fn is_in_force(&self, day: Date) -> bool {
        self.in_force_from <= day && self.in_force_to.is_none_or(|to| day <= to)
    }

    pub(super) fn cite(&self, article: &str) -> Citation {
        Citation {
            law: self.law.clone(),
            article: article.to_owned(),
            source: Some(self.source.clone()),
        }
    }
}
