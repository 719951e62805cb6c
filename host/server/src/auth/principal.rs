//! Who calls, in the post she holds today.

use hejie_domain::case::Actor;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::officers::OfficerRole;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::problem::Problem;

/// The person or program that a request comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Principal {
    /// A consumer: files cases and acts in her own.
    Consumer { id: String },
    /// Comes back to a report without an account: by a token that was shown once, when
    /// the report was received.
    Reporter { token: String },
    /// Answers for an enterprise. `admin` may install and release its plugins.
    Agent {
        id: String,
        organisation: String,
        name: String,
        #[serde(default)]
        admin: bool,
    },
    /// Mediates for an association. `admin` may install and release its plugins.
    Mediator {
        id: String,
        organisation: String,
        name: String,
        #[serde(default)]
        admin: bool,
    },
    /// Acts in a unit of the regulator, in the role of the post she holds there.
    Officer {
        id: String,
        unit: String,
        name: String,
        #[serde(default)]
        role: OfficerRole,
    },
    /// Runs the platform.
    Operator { id: String },
}

impl Principal {
    /// A consumer's account.
    pub fn account(&self) -> Option<&str> {
        match self {
            Principal::Consumer { id } => Some(id),
            _ => None,
        }
    }

    /// The actor that a command of this principal has.
    pub fn actor(&self) -> Actor {
        match self.clone() {
            Principal::Consumer { id } => Actor::Consumer { id },
            Principal::Reporter { token } => Actor::Reporter { token: Some(token) },
            Principal::Agent {
                id,
                organisation,
                name,
                ..
            } => Actor::Agent {
                id,
                organisation,
                name,
            },
            Principal::Mediator {
                id,
                organisation,
                name,
                ..
            } => Actor::Mediator {
                id,
                organisation,
                name,
            },
            Principal::Officer {
                id,
                unit,
                name,
                role,
            } => Actor::Officer {
                id,
                unit,
                name,
                role,
            },
            Principal::Operator { id } => Actor::Operator { id },
        }
    }

    /// The name under which idempotency keys are kept apart.
    pub fn key(&self) -> String {
        match self {
            Principal::Consumer { id } => Principal::key_of_consumer(id),
            Principal::Reporter { token } => format!("reporter:{token}"),
            Principal::Agent {
                id, organisation, ..
            } => format!("agent:{organisation}:{id}"),
            Principal::Mediator {
                id, organisation, ..
            } => format!("mediator:{organisation}:{id}"),
            Principal::Officer { id, unit, .. } => format!("officer:{unit}:{id}"),
            Principal::Operator { id } => format!("operator:{id}"),
        }
    }

    /// What a consumer's account is kept by.
    pub fn key_of_consumer(id: &str) -> String {
        format!("consumer:{id}")
    }

    /// The unit an officer acts in.
    pub fn unit(&self) -> Option<UnitId> {
        match self {
            Principal::Officer { unit, .. } => unit.parse().ok(),
            _ => None,
        }
    }

    pub fn require_operator(&self) -> Result<(), Problem> {
        match self {
            Principal::Operator { .. } => Ok(()),
            _ => Err(Problem::forbidden()),
        }
    }

    /// The operator, or an administrator of this very organisation.
    pub fn require_admin_of(&self, wanted: &str) -> Result<(), Problem> {
        match self {
            Principal::Operator { .. } => Ok(()),
            Principal::Agent {
                organisation,
                admin: true,
                ..
            }
            | Principal::Mediator {
                organisation,
                admin: true,
                ..
            } if organisation == wanted => Ok(()),
            _ => Err(Problem::forbidden()),
        }
    }
}
