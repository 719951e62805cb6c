//! The manifest: what a plugin is, may do and wants to see, each with a reason.
//! `schemas/json/manifest.schema.json` is its form.

use hejie_domain::case::PluginRole;
use hejie_domain::money::Fen;
use hejie_domain::remedy::RemedyKind;
use hejie_domain::text::Bilingual;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    /// `publisher.name`, the same over all versions.
    pub id: String,
    pub publisher: String,
    pub role: PluginRole,
    /// Semantic version of the plugin.
    pub version: String,
    /// The version of the contract it was built for.
    pub contract: String,
    pub name: Bilingual,
    pub description: Bilingual,
    pub scope: Scope,
    /// The parts of a case it wants to see.
    pub fields: Vec<Reasoned<Field>>,
    /// The events it wants to be asked about.
    pub subscribes: Vec<String>,
    #[serde(default)]
    pub look_ups: Vec<LookUpRule>,
    /// A JSON Schema (2020-12) of the settings.
    pub settings_schema: Value,
    /// Names of secrets that the host keeps for its look-ups.
    #[serde(default)]
    pub secrets: Vec<String>,
    pub source: String,
    pub licence: String,
}

/// What it may deal with and promise by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// Object categories of the 12315 classification; empty: all.
    #[serde(default)]
    pub categories: Vec<String>,
    /// Remedies it may offer; empty: all.
    #[serde(default)]
    pub remedies: Vec<RemedyKind>,
    /// The most money it may offer or accept without a person.
    #[serde(
        default,
        rename = "amount_ceiling_fen",
        skip_serializing_if = "Option::is_none"
    )]
    pub amount_ceiling: Option<Fen>,
}

/// Something asked for, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Reasoned<T> {
    pub field: T,
    pub reason: Bilingual,
}

/// A part of the case that a plugin sees only if it asked for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    ConsumerName,
    ConsumerPhone,
    ConsumerAddress,
    Respondent,
    Claim,
    Facts,
    Order,
    Evidence,
    Messages,
    Questions,
    Offers,
    Clocks,
    Entitlements,
}

/// A look-up the host may make for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LookUpRule {
    pub name: String,
    pub base: Base,
    pub reason: Bilingual,
    /// The secret to send as a bearer token.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub secret: Option<String>,
    pub timeout_ms: u64,
    /// The most bytes of an answer.
    pub max_bytes: usize,
}

/// Where a look-up goes: a fixed address, or one that the settings name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Base {
    Url(String),
    Setting { setting: String },
}

impl Manifest {
    pub fn sees(&self, field: Field) -> bool {
        self.fields.iter().any(|asked| asked.field == field)
    }

    pub fn subscribes_to(&self, event: &str) -> bool {
        self.subscribes.iter().any(|name| name == event)
    }

    pub fn covers(&self, category: &str) -> bool {
        self.scope.categories.is_empty() || self.scope.categories.iter().any(|c| c == category)
    }

    pub fn look_up(&self, name: &str) -> Option<&LookUpRule> {
        self.look_ups.iter().find(|rule| rule.name == name)
    }
}
