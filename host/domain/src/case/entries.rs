//! What gathers in a case while it is negotiated: messages, questions,
//! evidence, offers, opinions, look-ups, timers. Each has a number of its own
//! within the case, counted from 1.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::actor::{Actor, Side};
use super::filing::EvidenceReference;
use super::terms::Terms;
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub seq: u32,
    pub by: Actor,
    pub at: Timestamp,
    pub body: MessageBody,
}

/// A person writes in one language; a plugin says it in both.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(untagged)]
pub enum MessageBody {
    Said(Bilingual),
    Written(String),
}

/// A question to the consumer: a form to fill, or evidence to add.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Question {
    pub seq: u32,
    pub by: Actor,
    pub at: Timestamp,
    /// The asker's own name for it.
    pub key: String,
    pub prompt: Bilingual,
    /// A JSON Schema (2020-12) of type object; absent where evidence is asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Value>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<Value>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    pub seq: u32,
    pub by: Side,
    pub at: Timestamp,
    /// The request it answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub question: Option<u32>,
    /// A paper that the authority asked the complainant for (Order 121 art. 10-11): between
    /// the two of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub for_authority: bool,
    #[serde(flatten)]
    pub reference: EvidenceReference,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferState {
    Open,
    Accepted,
    Declined,
    Withdrawn,
    Expired,
    /// A later offer of the same side, or a settlement, took its place.
    Superseded,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Offer {
    pub seq: u32,
    pub by: Actor,
    pub at: Timestamp,
    pub terms: Terms,
    pub state: OfferState,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub in_reply_to: Option<u32>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<MessageBody>,
    /// The sides that said yes, the offering side among them; a mediator's
    /// proposal starts with none.
    pub accepted_by: BTreeSet<Side>,
    /// When each that did not offer said yes; not known of what was agreed before this was
    /// kept.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub accepted_at: BTreeMap<Side, Timestamp>,
    /// Who said yes here on the consumer's side, by name; not known of what was agreed before
    /// this was kept.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub accepted_as: Option<String>,
    /// Of them those that said so elsewhere than here, as an officer recorded.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub by_word: BTreeSet<Side>,
}

impl Offer {
    /// True once both parties said yes to these very terms.
    pub fn is_agreed(&self) -> bool {
        self.accepted_by.contains(&Side::Consumer) && self.accepted_by.contains(&Side::Respondent)
    }
}

/// What a reviewer's opinion is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "about", content = "offer", rename_all = "snake_case")]
pub enum Subject {
    Claim,
    Offer(u32),
}

/// How terms stand to what the law gives unconditionally.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Floor {
    Met,
    NotMet,
    NoneApplies,
    Unclear,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Finding {
    pub entitlement: String,
    pub article: Bilingual,
    pub unconditional: bool,
    /// In fen; 0 where the terms do not fall short.
    pub short_by_fen: u64,
    pub explanation: Bilingual,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opinion {
    pub by: Actor,
    pub at: Timestamp,
    pub subject: Subject,
    pub floor: Floor,
    pub findings: Vec<Finding>,
    pub summary: Bilingual,
}

/// A fact the respondent's plugin asked the host to fetch.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LookUp {
    pub by: Actor,
    pub key: String,
    pub name: String,
    pub path: String,
    /// What the answer was stands in the ledger and was told to the plugin.
    pub answered: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "outcome", rename_all = "snake_case")]
pub enum LookUpOutcome {
    Answered { status: u16, body: String },
    Failed { why: String },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Timer {
    pub by: Actor,
    pub key: String,
    pub fires_at: Timestamp,
}
