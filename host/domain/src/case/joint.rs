//! Joint handling 联合办理: one unit handles the file and decides in it; others have a part
//! (协办), by order of a unit above them or because they agreed to.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::decide::dispatch::Moving;
use crate::identifiers::unit_id::UnitId;

/// A unit's part in a file that another handles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Part {
    /// Counted from 1.
    pub seq: u32,
    pub unit: UnitId,
    /// Who asked for it or ordered it.
    pub by: UnitId,
    pub task: String,
    /// The last day to report.
    pub due: Date,
    pub state: PartState,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<PartReport>,
    /// Its last day passed before it was done.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub overdue: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum PartState {
    /// The unit is to say whether it takes part.
    Asked,
    Joined,
    Declined {
        reason: String,
    },
    Done,
    /// It is no longer wanted, or the unit has the whole file now.
    Ended {
        reason: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartReport {
    pub at: Timestamp,
    pub text: String,
}

impl Part {
    /// Something is awaited of the unit.
    pub fn is_open(&self) -> bool {
        matches!(self.state, PartState::Asked | PartState::Joined)
    }

    /// The unit has, or had, a part: the file is its to see.
    pub fn lets_see(&self) -> bool {
        matches!(
            self.state,
            PartState::Asked | PartState::Joined | PartState::Done
        )
    }
}

/// A file in which other units than the one that handles it may have a part.
pub trait Assisted {
    /// All that ever were, by their numbers.
    fn all_parts(&self) -> &[Part];

    /// Whether parts are still waited for: while an authority is at work on the file.
    fn awaits_parts(&self) -> bool;

    /// Those of which something is awaited.
    fn awaited_parts(&self) -> impl Iterator<Item = &Part> {
        let awaits = self.awaits_parts();
        let parts = self.all_parts().iter();
        parts.filter(move |part| awaits && part.is_open())
    }
}

impl<F: Moving> Assisted for F {
    fn all_parts(&self) -> &[Part] {
        self.parts()
    }

    fn awaits_parts(&self) -> bool {
        self.reach().is_some()
    }
}
