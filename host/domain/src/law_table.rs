//! Tests' reading of the tables of the law (`schemas/rules/cn/*-table.json`): from which
//! phase, by whom, to which phase, and which clocks an act starts and ends.

use jiff::civil::date;
use proptest::prelude::*;
use serde::Deserialize;

use crate::case::handled::Handled;
use crate::case::{Command, Event};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    #[allow(dead_code)]
    source: String,
    periods_that_lapse: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub action: String,
    #[allow(dead_code)]
    article: String,
    who: Vec<String>,
    pub phases: Vec<String>,
    pub leads_to: Vec<String>,
    pub starts: Vec<String>,
    pub ends: Vec<String>,
    #[serde(default)]
    pub document: Option<String>,
}

/// What was done: by whom, from which phase, with which events.
pub(crate) struct Act<'a> {
    pub action: &'a str,
    pub role: &'a str,
    pub from: &'a str,
    pub events: &'a [Event],
}

impl Table {
    pub fn read(text: &str) -> Table {
        serde_json::from_str(text).unwrap()
    }

    /// Holds an act, and the file after it, against its row.
    pub fn hold(&self, act: &Act, after: &impl Handled) {
        let Act { action, role, .. } = act;
        let row = self.rows.iter().find(|row| row.action == *action);
        let row = row.unwrap_or_else(|| panic!("{action} is not in the table"));
        let named = |words: &[String], word: &str| words.iter().any(|it| it == word);
        assert!(named(&row.who, role), "{action} by {role}");
        assert!(named(&row.phases, act.from), "{action} from {}", act.from);
        let to = after.phase_name();
        assert!(named(&row.leads_to, to), "{action} leads to {to}");
        for event in act.events {
            match event {
                Event::ClockStarted { period, .. } => {
                    assert!(named(&row.starts, period), "{action} starts {period}");
                }
                Event::ClockMet { clock } | Event::ClockStopped { clock } => {
                    let period = &after.clock(*clock).unwrap().period;
                    let ends = named(&row.ends, period) || named(&self.periods_that_lapse, period);
                    assert!(ends, "{action} ends {period}");
                }
                _ => {}
            }
        }
    }

    /// The actions of the table that were never carried out.
    pub fn missing<'a>(&'a self, done: &std::collections::BTreeSet<&str>) -> Vec<&'a str> {
        let actions = self.rows.iter().map(|row| row.action.as_str());
        actions.filter(|action| !done.contains(action)).collect()
    }
}

/// What units do with parts in files of others.
pub(crate) fn joint(units: impl Strategy<Value = &'static str>) -> impl Strategy<Value = Command> {
    let part = 1u32..4;
    let why = || "理由".to_owned();
    prop_oneof![
        units.prop_map(move |unit| Command::InviteUnit {
            unit: unit.parse().unwrap(),
            task: why(),
            due: date(2026, 5, 25)
        }),
        (part.clone(), any::<bool>()).prop_map(move |(part, agrees)| Command::AnswerInvitation {
            part,
            agrees,
            reason: why()
        }),
        (part.clone(), any::<bool>()).prop_map(move |(part, done)| Command::ReportPart {
            part,
            text: why(),
            done
        }),
        part.clone().prop_map(move |part| Command::EndPart {
            part,
            reason: why()
        }),
        part.prop_map(|part| Command::NotePartOverdue { part }),
    ]
}
