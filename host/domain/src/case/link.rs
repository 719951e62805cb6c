//! Files that an officer found to belong together: the same dispute that came by another
//! channel, several of one person (一人多次), several on one matter (一事多人).

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::identifiers::case_number::CaseNumber;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// The same dispute; one of the two is handled.
    SameDispute,
    SamePerson,
    SameMatter,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub to: CaseNumber,
    pub relation: Relation,
    pub reason: String,
    pub at: Timestamp,
}
