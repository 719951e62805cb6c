//! An incident as its events made it.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::case::supervision::Urgency;
use crate::case::{Command, Context, Event, FoldError, Recorded, Refusal};
use crate::file::{File, FileKind};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;

/// What an incident is opened with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct IncidentOpening {
    pub level: Urgency,
    pub title: String,
    /// What the files have in common.
    pub gathered_by: WhyGathered,
    /// The enterprise's name, the batch's number, or the matter in words.
    pub subject: String,
    pub commander: Commander,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhyGathered {
    Enterprise,
    Batch,
    Matter,
}

/// Who leads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Commander {
    /// The officer's id.
    pub id: String,
    pub name: String,
}

/// The fold of an incident's events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Incident {
    pub number: CaseNumber,
    /// How many events were folded.
    pub version: u64,
    pub opened_at: Timestamp,
    pub phase: IncidentPhase,
    pub opening: IncidentOpening,
    /// Now; the opening says what it began with.
    pub level: Urgency,
    pub commander: Commander,
    /// The unit that leads.
    pub unit: UnitId,
    pub files: Vec<CaseNumber>,
    pub tasks: Vec<Task>,
    pub situations: Vec<Situation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IncidentPhase {
    /// Being dealt with 处置中.
    Active,
    Closed,
}

impl IncidentPhase {
    pub fn name(self) -> &'static str {
        match self {
            IncidentPhase::Active => "active",
            IncidentPhase::Closed => "closed",
        }
    }
}

/// Something a unit is to do by a time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Task {
    /// Counted from 1.
    pub seq: u32,
    pub unit: UnitId,
    pub what: String,
    pub due_at: Timestamp,
    pub state: TaskState,
    /// What the unit reported, the latest last.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reports: Vec<String>,
    /// Its time passed before it was done.
    #[serde(default)]
    pub overdue: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done,
}

/// A report on the situation 情况报告: how things stood when it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Situation {
    /// Counted from 1.
    pub seq: u32,
    pub at: Timestamp,
    pub text: String,
    pub files: u32,
    /// Of the files, those that were closed.
    pub closed_files: u32,
    pub tasks: u32,
    pub done_tasks: u32,
    pub overdue_tasks: u32,
}

impl Incident {
    pub fn open_tasks(&self) -> impl Iterator<Item = &Task> {
        self.tasks.iter().filter(|it| it.state == TaskState::Open)
    }

    /// The unit that leads, or one that has a task.
    pub fn concerns(&self, unit: &UnitId) -> bool {
        self.unit == *unit || self.tasks.iter().any(|task| task.unit == *unit)
    }
}

impl File for Incident {
    const KIND: FileKind = FileKind::Incident;

    fn number(&self) -> &CaseNumber {
        &self.number
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn open(first: &Recorded) -> Result<Incident, FoldError> {
        Incident::opened(first)
    }

    fn apply(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        self.fold_in(recorded)
    }

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        self.follow(command, context)
    }

    /// The time of the first task that is not done.
    fn next_deadline(&self) -> Option<Timestamp> {
        let waiting = self.open_tasks().filter(|task| !task.overdue);
        waiting.map(|task| task.due_at).min()
    }

    fn due(&self, now: Timestamp) -> Option<Command> {
        let mut waiting = self.open_tasks().filter(|task| !task.overdue);
        let late = waiting.find(|task| task.due_at <= now)?;
        Some(Command::NoteTaskOverdue { task: late.seq })
    }
}
