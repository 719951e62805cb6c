//! What an officer is in a unit, and which acts are hers by that.

use serde::{Deserialize, Serialize};

/// The role of a post. Which unit may act on a file is decided apart from this.
#[derive(
    Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum OfficerRole {
    /// Registers, dispatches, asks for material.
    Intake,
    /// All acts of handling. Whoever acted before there were roles counts as one.
    #[default]
    Handler,
    /// Everything in the unit; approvals are hers alone.
    Head,
    /// Supervises, designates, takes up, visits, and reads; decides nothing in a file.
    Supervisor,
}

/// Acts of a unit above the one that has the file.
const FROM_ABOVE: [&str; 3] = ["supervise", "designate", "take-up"];
const AT_INTAKE: [&str; 10] = [
    "file-complaint",
    "report",
    "inquire",
    "dispatch",
    "request-material",
    "check-identity",
    "correct-filing",
    "add-note",
    // What tells of the work there; `decide/documents.rs` says which forms that are.
    "issue-document",
    "serve-document",
];
/// How what is over was handled is asked from above too.
const VISITING: [&str; 2] = ["draw-visits", "record-visit"];
/// Which of them a supervisor decides the rule of the period says.
const APPROVALS: [&str; 1] = ["decide-extension"];
/// What the authority decided is taken back by its head alone.
const OF_HEADS: [&str; 1] = ["revoke-decision"];

impl OfficerRole {
    pub const ALL: [OfficerRole; 4] = [
        OfficerRole::Intake,
        OfficerRole::Handler,
        OfficerRole::Head,
        OfficerRole::Supervisor,
    ];

    pub fn name(self) -> &'static str {
        match self {
            OfficerRole::Intake => "intake",
            OfficerRole::Handler => "handler",
            OfficerRole::Head => "head",
            OfficerRole::Supervisor => "supervisor",
        }
    }

    /// Whether an act, by the name of its command, is for this role.
    pub fn does(self, action: &str) -> bool {
        match self {
            OfficerRole::Intake => AT_INTAKE.contains(&action),
            OfficerRole::Handler => {
                let others = [&FROM_ABOVE[..], &APPROVALS, &OF_HEADS];
                !others.iter().any(|acts| acts.contains(&action))
            }
            OfficerRole::Head => true,
            OfficerRole::Supervisor => {
                FROM_ABOVE.contains(&action)
                    || APPROVALS.contains(&action)
                    || VISITING.contains(&action)
            }
        }
    }
}
