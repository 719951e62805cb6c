//! Files that an officer found to belong together: the same dispute that came by another
//! channel, several of one person (一人多次), several on one matter (一事多人), a lead that
//! came to light.

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
    /// A report that the authority opened itself on what it found in this complaint
    /// (Order 121 art. 27).
    Lead,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub to: CaseNumber,
    pub relation: Relation,
    pub reason: String,
    pub at: Timestamp,
}
