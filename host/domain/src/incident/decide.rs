//! From a command to events, or to the reason why not: of an incident.

use jiff::Timestamp;

use super::state::{Commander, Incident, IncidentOpening, IncidentPhase, Task, TaskState};
use crate::case::actor::Side;
use crate::case::decide::{Decided, authority, by_platform, next, only, plugins, room};
use crate::case::refusal::Invalid;
use crate::case::supervision::Urgency;
use crate::case::time::to_the_next_minute;
use crate::case::{Actor, Command, Context, Event, Refusal, validate};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;

const MAX_FILES: usize = 2_000;
const MAX_AT_ONCE: usize = 200;
const MAX_TASKS: usize = 200;
const MAX_REPORTS: usize = 50;
const MAX_SITUATIONS: usize = 200;
const MAX_PROSE: usize = 2_000;

/// Opens an incident, led by the officer's unit: the one command that needs none.
pub fn open(command: Command, context: &Context) -> Decided {
    let Command::OpenIncident { number, opening } = command else {
        return Err(Refusal::Unknown {
            what: "incident",
            id: command.name().to_owned(),
        });
    };
    const ACTION: &str = "open-incident";
    only(ACTION, context, &[Side::Officer])?;
    authority::of_role(ACTION, context)?;
    let unit = authority::unit_of(context.actor);
    let unit = unit.ok_or(Refusal::NotAllowed { action: ACTION })?;
    check(&opening)?;
    Ok(vec![Event::IncidentOpened {
        number,
        unit,
        opening,
    }])
}

fn check(opening: &IncidentOpening) -> Result<(), Refusal> {
    validate::line("/title", &opening.title, 100)?;
    validate::line("/subject", &opening.subject, 200)?;
    check_commander(&opening.commander)
}

fn check_commander(commander: &Commander) -> Result<(), Refusal> {
    validate::key("/commander/id", &commander.id)?;
    validate::line("/commander/name", &commander.name, 50)
}

impl Incident {
    /// What follows from `command`.
    pub(super) fn follow(&self, command: Command, context: &Context) -> Decided {
        let action = command.name();
        if self.phase == IncidentPhase::Closed {
            return Err(Refusal::WrongPhase {
                action,
                phase: self.phase.name(),
            });
        }
        authority::of_role(action, context)?;
        match command {
            Command::ReportTask { task, text, done } => {
                self.report_task(task, text, done, action, context)
            }
            Command::NoteTaskOverdue { task } => self.note_overdue(task, action, context),
            led => {
                self.leads(action, context)?;
                self.follow_lead(led, action, context)
            }
        }
    }

    fn follow_lead(&self, command: Command, action: &'static str, context: &Context) -> Decided {
        match command {
            Command::GatherFiles { files } => self.gather(files),
            Command::ReleaseFile { file, reason } => self.release(file, reason),
            Command::ChangeIncidentLevel { level, reason } => self.change_level(level, reason),
            Command::ChangeCommander { commander } => {
                check_commander(&commander)?;
                Ok(vec![Event::CommanderChanged { commander }])
            }
            Command::SetTask { unit, what, due_at } => self.set_task(unit, what, due_at, context),
            Command::ReportSituation { text, closed_files } => {
                room("situations", self.situations.len(), MAX_SITUATIONS)?;
                validate::prose("/text", &text, 5_000)?;
                Ok(vec![Event::SituationReported { text, closed_files }])
            }
            Command::AddNote { body } => plugins::note(body),
            Command::CloseIncident { summary } => self.close(summary),
            _ => Err(Refusal::NotAllowed { action }),
        }
    }

    /// The unit that leads, and the commander, of whatever unit she is.
    fn leads(&self, action: &'static str, context: &Context) -> Result<(), Refusal> {
        only(action, context, &[Side::Officer])?;
        let of_unit = authority::unit_of(context.actor).is_some_and(|unit| unit == self.unit);
        let commands =
            matches!(context.actor, Actor::Officer { id, .. } if *id == self.commander.id);
        match of_unit || commands {
            true => Ok(()),
            false => Err(Refusal::NotAllowed { action }),
        }
    }

    fn gather(&self, files: Vec<CaseNumber>) -> Decided {
        if files.is_empty() {
            return Err(Refusal::invalid("/files", Invalid::Missing));
        }
        validate::count("/files", files.len(), MAX_AT_ONCE)?;
        room("files", self.files.len() + files.len() - 1, MAX_FILES)?;
        for (index, file) in files.iter().enumerate() {
            if self.files.contains(file) || files[..index].contains(file) {
                let field = format!("/files/{index}");
                return Err(Refusal::invalid(&field, Invalid::Repeated));
            }
        }
        Ok(vec![Event::FilesGathered { files }])
    }

    fn release(&self, file: CaseNumber, reason: String) -> Decided {
        if !self.files.contains(&file) {
            return Err(Refusal::invalid("/file", Invalid::UnknownValue));
        }
        validate::prose("/reason", &reason, MAX_PROSE)?;
        Ok(vec![Event::FileReleased { file, reason }])
    }

    fn change_level(&self, level: Urgency, reason: String) -> Decided {
        validate::prose("/reason", &reason, MAX_PROSE)?;
        if level == self.level {
            return Err(Refusal::invalid("/level", Invalid::Repeated));
        }
        Ok(vec![Event::IncidentLevelChanged { level, reason }])
    }

    /// To the leading unit itself or to one below it.
    fn set_task(
        &self,
        unit: UnitId,
        what: String,
        due_at: Timestamp,
        context: &Context,
    ) -> Decided {
        room("tasks", self.tasks.len(), MAX_TASKS)?;
        let below = context.rules.units().is_below(&unit, &self.unit);
        if unit != self.unit && !below {
            return Err(Refusal::invalid("/unit", Invalid::UnknownValue));
        }
        validate::prose("/what", &what, MAX_PROSE)?;
        if due_at <= context.now {
            let earliest = to_the_next_minute(context.now);
            return Err(Refusal::invalid("/due_at", Invalid::TooEarly { earliest }));
        }
        Ok(vec![Event::TaskSet {
            seq: next(self.tasks.len()),
            unit,
            what,
            due_at,
        }])
    }

    fn report_task(
        &self,
        seq: u32,
        text: String,
        done: bool,
        action: &'static str,
        context: &Context,
    ) -> Decided {
        only(action, context, &[Side::Officer])?;
        let task = self.open_task(seq)?;
        if authority::unit_of(context.actor).as_ref() != Some(&task.unit) {
            return Err(Refusal::NotAllowed { action });
        }
        room("reports", task.reports.len(), MAX_REPORTS)?;
        validate::prose("/text", &text, MAX_PROSE)?;
        Ok(vec![Event::TaskReported {
            task: seq,
            text,
            done,
        }])
    }

    fn note_overdue(&self, seq: u32, action: &'static str, context: &Context) -> Decided {
        by_platform(action, context)?;
        let task = self.open_task(seq)?;
        if task.overdue || context.now < task.due_at {
            return Err(Refusal::NotExpired {
                period: "task".to_owned(),
            });
        }
        Ok(vec![Event::TaskFellDue { task: seq }])
    }

    fn open_task(&self, seq: u32) -> Result<&Task, Refusal> {
        let task = self.tasks.iter().find(|task| task.seq == seq);
        let task = task.ok_or(Refusal::Unknown {
            what: "task",
            id: seq.to_string(),
        })?;
        match task.state {
            TaskState::Open => Ok(task),
            TaskState::Done => Err(Refusal::NotOpen {
                what: "task",
                id: seq.to_string(),
            }),
        }
    }

    /// Not while somebody still has something to do.
    fn close(&self, summary: String) -> Decided {
        if self.open_tasks().next().is_some() {
            return Err(Refusal::Needs { what: "done-tasks" });
        }
        validate::prose("/summary", &summary, 5_000)?;
        Ok(vec![Event::IncidentClosed { summary }])
    }
}
