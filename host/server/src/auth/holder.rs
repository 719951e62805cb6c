//! Whom a token names.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// A token's holder. Of an officer the token says no more than who she is: in which
/// unit and role she acts is looked up at each request.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Holder {
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
    /// An officer of the directory.
    Officer { id: String },
    /// Runs the platform.
    Operator { id: String },
}
