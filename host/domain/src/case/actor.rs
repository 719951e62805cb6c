//! Who or what acts in a case: every entry of the ledger names one.

use serde::{Deserialize, Serialize};

use crate::identifiers::digest::Digest;
use crate::officers::OfficerRole;

/// The role of a plugin: `schemas/wit/worlds.wit` has a world for each.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PluginRole {
    /// An enterprise's, for its own cases.
    Resolver,
    /// An association's, for opinions on claims and offers.
    Reviewer,
    /// An association's, for proposals to both sides.
    Mediator,
}

/// The exact plugin that acted: its version by digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PluginIdentity {
    pub role: PluginRole,
    /// The organisation whose plugin it is.
    pub organisation: String,
    pub id: String,
    pub version: String,
    pub digest: Digest,
}

impl PluginIdentity {
    /// Names the plugin within a case, whatever its version: two organisations may
    /// run plugins of the same id.
    pub fn key(&self) -> String {
        format!("{}:{}:{}", self.role.name(), self.organisation, self.id)
    }

    /// The same plugin, of whatever version.
    pub fn is_same(&self, other: &PluginIdentity) -> bool {
        self.role == other.role && self.organisation == other.organisation && self.id == other.id
    }
}

/// The person or the machine behind a command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Actor {
    Consumer {
        id: String,
    },
    /// Who reports a breach: by a token that only the handling unit can look up, or
    /// without a name. Nothing else of a reporter is in any ledger (Order 121 art. 37).
    Reporter {
        #[serde(default, skip_serializing_if = "Option::is_none")]
        token: Option<String>,
    },
    Agent {
        id: String,
        organisation: String,
        name: String,
    },
    Mediator {
        id: String,
        organisation: String,
        name: String,
    },
    Plugin(PluginIdentity),
    /// Of a unit, in the role she held there when she acted.
    Officer {
        id: String,
        unit: String,
        name: String,
        #[serde(default)]
        role: OfficerRole,
    },
    Operator {
        id: String,
    },
    /// A body that sends in what people told it, such as a city's hotline.
    Partner {
        id: String,
        name: String,
    },
    /// An authority with a system of its own, known here by its code.
    External {
        authority: String,
        name: String,
    },
    /// The host itself: clocks, timers, failures of plugins.
    Platform,
}

/// Whose act an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Consumer,
    Respondent,
    Mediator,
    Officer,
    Platform,
}

impl Actor {
    /// The side the actor speaks for.
    pub fn side(&self) -> Side {
        match self {
            Actor::Consumer { .. } | Actor::Reporter { .. } => Side::Consumer,
            Actor::Agent { .. } => Side::Respondent,
            Actor::Mediator { .. } => Side::Mediator,
            Actor::Plugin(plugin) => plugin.role.side(),
            Actor::Officer { .. } => Side::Officer,
            // They speak for none of those who act here.
            Actor::Operator { .. }
            | Actor::Partner { .. }
            | Actor::External { .. }
            | Actor::Platform => Side::Platform,
        }
    }

    /// The name by which others know a person who acts for somebody.
    pub fn told_name(&self) -> Option<&str> {
        match self {
            Actor::Agent { name, .. }
            | Actor::Mediator { name, .. }
            | Actor::Officer { name, .. } => Some(name),
            _ => None,
        }
    }

    /// The id of the person who acts, where one does and may be named.
    pub fn person(&self) -> Option<&str> {
        match self {
            Actor::Consumer { id }
            | Actor::Agent { id, .. }
            | Actor::Mediator { id, .. }
            | Actor::Officer { id, .. }
            | Actor::Operator { id }
            | Actor::Partner { id, .. } => Some(id),
            Actor::Reporter { .. }
            | Actor::Plugin(_)
            | Actor::External { .. }
            | Actor::Platform => None,
        }
    }

    /// The organisation it acts for, where there is one.
    pub fn organisation(&self) -> Option<&str> {
        match self {
            Actor::Agent { organisation, .. } | Actor::Mediator { organisation, .. } => {
                Some(organisation)
            }
            Actor::Plugin(plugin) => Some(&plugin.organisation),
            _ => None,
        }
    }

    /// The plugin, where one acts.
    pub fn plugin(&self) -> Option<&PluginIdentity> {
        match self {
            Actor::Plugin(plugin) => Some(plugin),
            _ => None,
        }
    }

    /// This very plugin, of whatever version.
    pub fn is_plugin(&self, plugin: &PluginIdentity) -> bool {
        self.plugin().is_some_and(|own| own.is_same(plugin))
    }

    /// True for a reviewer plugin: it may give opinions and nothing else.
    pub fn is_reviewer(&self) -> bool {
        self.plugin()
            .is_some_and(|plugin| plugin.role == PluginRole::Reviewer)
    }
}

impl PluginRole {
    pub fn name(self) -> &'static str {
        match self {
            PluginRole::Resolver => "resolver",
            PluginRole::Reviewer => "reviewer",
            PluginRole::Mediator => "mediator",
        }
    }

    /// A reviewer stands outside both sides, so it speaks for the platform.
    pub fn side(self) -> Side {
        match self {
            PluginRole::Resolver => Side::Respondent,
            PluginRole::Mediator => Side::Mediator,
            PluginRole::Reviewer => Side::Platform,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_officer_of_before_there_were_roles_is_a_handler() {
        let old = json!({"kind": "officer", "id": "o-1", "unit": "420106", "name": "周"});
        let actor: Actor = serde_json::from_value(old.clone()).unwrap();
        let mut written = serde_json::to_value(actor).unwrap();
        assert_eq!(written["role"], "handler");
        written.as_object_mut().unwrap().remove("role");
        assert_eq!(written, old);
    }
}
