//! Supervision 督办: a unit above, or the rules themselves, urge a file on.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::identifiers::unit_id::UnitId;

/// How urgent a supervised file is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    General,
    Urgent,
    ExtremelyUrgent,
}

impl Urgency {
    /// The next level up; the highest stays.
    pub fn raised(self) -> Urgency {
        match self {
            Urgency::General => Urgency::Urgent,
            Urgency::Urgent | Urgency::ExtremelyUrgent => Urgency::ExtremelyUrgent,
        }
    }

    /// The period within which the handling unit answers, by the service rules.
    pub fn period(self) -> &'static str {
        match self {
            Urgency::General => "supervision-general",
            Urgency::Urgent => "supervision-urgent",
            Urgency::ExtremelyUrgent => "supervision-extremely-urgent",
        }
    }
}

/// Why a file is supervised.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum SupervisionCause {
    /// An officer of a unit above said so.
    Superior,
    /// A period is about to run out.
    Nearing { clock: u32, period: String },
    /// A period ran out.
    Overdue { clock: u32, period: String },
}

impl SupervisionCause {
    /// The period it is about; `None` of what a superior asked.
    pub fn period(&self) -> Option<&str> {
        match self {
            SupervisionCause::Superior => None,
            SupervisionCause::Nearing { period, .. } | SupervisionCause::Overdue { period, .. } => {
                Some(period)
            }
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supervision {
    /// Counted from 1.
    pub seq: u32,
    pub cause: SupervisionCause,
    /// The unit that waits for the answer; it moves up while there is none.
    pub by: UnitId,
    /// The unit that waited first; older projections do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first: Option<UnitId>,
    pub urgency: Urgency,
    pub matter: String,
    /// The officer who asked; none where the rules did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub asked_by: Option<String>,
    pub opened: Timestamp,
    /// The clock of the answer.
    pub clock: u32,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answer: Option<SupervisionAnswer>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SupervisionAnswer {
    pub answer: String,
    pub on: Date,
}
