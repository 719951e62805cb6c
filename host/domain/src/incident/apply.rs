//! Folding events into an incident.

use super::state::{Incident, IncidentPhase, Situation, Task, TaskState};
use crate::case::{Event, FoldError, Recorded};

impl Incident {
    pub(super) fn opened(first: &Recorded) -> Result<Incident, FoldError> {
        let Event::IncidentOpened {
            number,
            unit,
            opening,
        } = &first.event
        else {
            return Err(FoldError::NotFiled);
        };
        Ok(Incident {
            number: number.clone(),
            version: 1,
            opened_at: first.at,
            phase: IncidentPhase::Active,
            level: opening.level,
            commander: opening.commander.clone(),
            opening: opening.clone(),
            unit: unit.clone(),
            files: Vec::new(),
            tasks: Vec::new(),
            situations: Vec::new(),
            summary: None,
        })
    }

    pub(super) fn fold_in(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        self.version += 1;
        match &recorded.event {
            Event::IncidentOpened { .. } => return Err(FoldError::FiledTwice),
            Event::FilesGathered { files } => self.files.extend(files.iter().cloned()),
            Event::FileReleased { file, .. } => self.files.retain(|it| it != file),
            Event::IncidentLevelChanged { level, .. } => self.level = *level,
            Event::CommanderChanged { commander } => self.commander = commander.clone(),
            Event::TaskSet {
                seq,
                unit,
                what,
                due_at,
            } => self.tasks.push(Task {
                seq: *seq,
                unit: unit.clone(),
                what: what.clone(),
                due_at: *due_at,
                state: TaskState::Open,
                reports: Vec::new(),
                overdue: false,
            }),
            Event::TaskReported { task, text, done } => {
                if let Some(task) = self.task_mut(*task) {
                    task.reports.push(text.clone());
                    if *done {
                        task.state = TaskState::Done;
                    }
                }
            }
            Event::TaskFellDue { task } => {
                if let Some(task) = self.task_mut(*task) {
                    task.overdue = true;
                }
            }
            Event::SituationReported { text, closed_files } => {
                let situation = self.situation(recorded, text, *closed_files);
                self.situations.push(situation);
            }
            Event::IncidentClosed { summary } => {
                self.phase = IncidentPhase::Closed;
                self.summary = Some(summary.clone());
            }
            _ => {}
        }
        Ok(())
    }

    fn task_mut(&mut self, seq: u32) -> Option<&mut Task> {
        self.tasks.iter_mut().find(|task| task.seq == seq)
    }

    fn situation(&self, recorded: &Recorded, text: &str, closed_files: u32) -> Situation {
        let count = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        let done = self.tasks.iter().filter(|it| it.state == TaskState::Done);
        let overdue = self.open_tasks().filter(|it| it.overdue);
        Situation {
            seq: count(self.situations.len()) + 1,
            at: recorded.at,
            text: text.to_owned(),
            files: count(self.files.len()),
            closed_files,
            tasks: count(self.tasks.len()),
            done_tasks: count(done.count()),
            overdue_tasks: count(overdue.count()),
        }
    }
}
