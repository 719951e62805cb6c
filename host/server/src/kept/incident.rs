//! Incidents: their projection and what others are told. They are in no figures and not on
//! the work list: the files that they gather are, and their tasks are among what units do in
//! files of others.

use std::collections::BTreeSet;

use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Event, Recorded};
use hejie_domain::file::File;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::incident::Incident;
use hejie_store::{Awaited, CaseRow, NewMessage, PartRow};
use jiff::Timestamp;
use serde_json::json;

use super::{Kept, json_of, row_of};
use crate::act::ActError;

/// The unit that leads, and those that have or had a task.
fn involved(incident: &Incident) -> Vec<String> {
    let of_tasks = incident.tasks.iter().map(|task| &task.unit);
    let units: BTreeSet<&UnitId> = of_tasks.chain([&incident.unit]).collect();
    units.into_iter().map(ToString::to_string).collect()
}

/// On whose list it is besides those of its units: its commander's, of whatever unit. No
/// consumer's account has such a name.
pub fn account_of(commander: &str) -> String {
    format!("officer:{commander}")
}

/// What units are still to do.
fn tasks(incident: &Incident) -> Vec<PartRow> {
    let open = incident.open_tasks();
    open.map(|it| row_of(Awaited::Task, it.seq, &it.unit, civil_date(it.due_at)))
        .collect()
}

impl Kept for Incident {
    fn row(&self, id: &str, updated_at: Timestamp) -> Result<CaseRow, ActError> {
        Ok(CaseRow {
            kind: Incident::KIND.name(),
            case_id: id.to_owned(),
            number: self.number.to_string(),
            snapshot: json_of(id, self)?,
            phase: self.phase.name(),
            consumer_id: String::new(),
            accounts: Some(vec![account_of(&self.commander.id)]),
            involved: Some(involved(self)),
            respondent: None,
            division: None,
            unit: Some(self.unit.to_string()),
            category: String::new(),
            mediation: false,
            delegated: None,
            awaits_calendar: false,
            next_deadline: self.next_deadline(),
            updated_at,
            origin: None,
            facts: None,
            likeness: None,
            parts: Some(tasks(self)),
            work: None,
        })
    }

    fn message(&self, recorded: &Recorded) -> Option<NewMessage> {
        let topic = match recorded.event {
            Event::IncidentOpened { .. } => "incident.opened",
            Event::IncidentLevelChanged { .. } => "incident.level",
            Event::TaskSet { .. } => "incident.task",
            Event::TaskFellDue { .. } => "incident.overdue",
            Event::IncidentClosed { .. } => "incident.closed",
            _ => return None,
        };
        let payload = json!({
            "number": self.number,
            "phase": self.phase.name(),
            "level": self.level,
            "unit": self.unit,
        });
        Some(NewMessage {
            topic,
            payload: payload.to_string(),
            at: recorded.at,
            discreet: None,
        })
    }
}
