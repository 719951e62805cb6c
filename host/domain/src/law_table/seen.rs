//! What was seen in a run, row by row: what a row says and was never seen is more than
//! is true.

use std::collections::BTreeSet;

use super::{Act, Grounds, Row, Table};
use crate::case::Event;
use crate::case::clocks::CaseClock;
use crate::officers::OfficerRole;

/// A part of a row, in words.
type Mark = (usize, String);

#[derive(Default)]
pub(crate) struct Seen {
    marks: BTreeSet<Mark>,
    lapsed: BTreeSet<String>,
    /// Every command that was tried, whatever came of it.
    tried: BTreeSet<&'static str>,
}

impl Seen {
    pub fn tried(&mut self, command: &'static str) {
        self.tried.insert(command);
    }

    /// The commands that nobody tried.
    pub fn untried(&self, commands: &[&'static str]) -> Vec<&'static str> {
        let all = commands.iter().copied();
        all.filter(|it| !self.tried.contains(it)).collect()
    }

    /// Holds an act against its rows and keeps what was seen of them; the rows.
    pub fn hold<'t>(
        &mut self,
        table: &'t Table,
        act: &Act,
        events: &[Event],
        clocks: &[CaseClock],
    ) -> Vec<&'t Row> {
        let rows = table.rows_of(act);
        assert!(!rows.is_empty(), "no row has {act:?}");
        for (number, row) in &rows {
            self.mark_act(*number, row, act);
            for event in events {
                self.hold_clock(table, *number, act, event, clocks);
            }
        }
        rows.into_iter().map(|(_, row)| row).collect()
    }

    fn mark_act(&mut self, number: usize, row: &Row, act: &Act) {
        let who = phrase_of_who(row.by(act).unwrap(), act.role);
        let from = act.from.unwrap_or("nothing");
        self.mark(number, format!("by {who} from {from}"));
        if row.leads_to.is_some() {
            self.mark(number, format!("leads to {}", act.to));
        }
        if let Some(ground) = &act.ground {
            self.mark(number, phrase_of_ground(&row.grounds, act.version, ground));
        }
    }

    fn hold_clock(
        &mut self,
        table: &Table,
        number: usize,
        act: &Act,
        event: &Event,
        clocks: &[CaseClock],
    ) {
        let row = &table.rows[number];
        let period = |seq: u32| {
            clocks
                .iter()
                .find(|it| it.seq == seq)
                .unwrap()
                .period
                .as_str()
        };
        let (verb, listed, period) = match event {
            Event::ClockStarted { period, .. } => ("starts", &row.starts, period.as_str()),
            Event::ClockMet { clock } | Event::ClockStopped { clock } => {
                ("ends", &row.ends, period(*clock))
            }
            Event::ClockPaused { clock, .. } => ("pauses", &row.pauses, period(*clock)),
            Event::ClockResumed { clock, .. } => ("resumes", &row.resumes, period(*clock)),
            _ => return,
        };
        if listed.iter().any(|it| it == period) {
            self.mark(number, format!("{verb} {period}"));
            return;
        }
        let lapses = verb == "ends" && table.periods_that_lapse.iter().any(|it| it == period);
        assert!(lapses, "{verb} {period}: {act:?}");
        self.lapsed.insert(period.to_owned());
    }

    /// Somebody was refused what another may do from there.
    pub fn refused(&mut self, table: &Table, act: &Act) {
        let rows = table.rows.iter().enumerate();
        let from = |row: &Row| row.phases.iter().any(|it| Some(it.as_str()) == act.from);
        let its = rows.filter(|(_, row)| row.action == act.action && from(row));
        for (number, _) in its.filter(|(_, row)| row.by(act).is_none()) {
            for who in act.whos {
                self.mark(number, format!("refuses {}", phrase_of_who(who, act.role)));
            }
        }
    }

    /// A document that tells of an act of this row could be issued after it.
    pub fn issued(&mut self, table: &Table, row: &Row, document: &str) {
        let number = table.rows.iter().position(|it| std::ptr::eq(it, row));
        self.mark(number.unwrap(), format!("issues {document}"));
    }

    fn mark(&mut self, number: usize, phrase: String) {
        self.marks.insert((number, phrase));
    }

    /// What the table says and was never seen.
    pub fn missing(&self, table: &Table) -> Vec<String> {
        let mut missing = Vec::new();
        for (number, row) in table.rows.iter().enumerate() {
            let unseen = said(row).into_iter().map(|phrase| (number, phrase));
            for (_, phrase) in unseen.filter(|mark| !self.marks.contains(mark)) {
                missing.push(format!("row {number}, {}: {phrase}", row.action));
            }
        }
        let lapsing = table.periods_that_lapse.iter();
        let unseen = lapsing.filter(|it| !self.lapsed.contains(*it));
        missing.extend(unseen.map(|period| format!("{period} lapses")));
        missing
    }
}

/// Everything that a row says, as it is seen.
fn said(row: &Row) -> Vec<String> {
    let mut said = Vec::new();
    let opening = ["nothing".to_owned()];
    let phases = if row.phases.is_empty() {
        &opening[..]
    } else {
        &row.phases
    };
    for (who, roles) in &row.who {
        let named = roles.iter().map(|role| format!("{who}/{role}"));
        let named: Vec<String> = if roles.is_empty() {
            vec![who.clone()]
        } else {
            named.collect()
        };
        for from in phases {
            said.extend(named.iter().map(|who| format!("by {who} from {from}")));
        }
    }
    said.extend(refusals(row));
    let lists = [
        ("starts", &row.starts),
        ("ends", &row.ends),
        ("pauses", &row.pauses),
        ("resumes", &row.resumes),
        ("issues", &row.documents),
    ];
    for (verb, list) in lists {
        said.extend(list.iter().map(|it| format!("{verb} {it}")));
    }
    said.extend(
        row.leads_to
            .iter()
            .flatten()
            .map(|it| format!("leads to {it}")),
    );
    said.extend(all_grounds(&row.grounds));
    said
}

/// Who is always there and may not: others, and those whose act it is in another role.
fn refusals(row: &Row) -> Vec<String> {
    if row.phases.is_empty() {
        return Vec::new();
    }
    let mut refused = vec!["refuses stranger".to_owned()];
    let none = Vec::new();
    for (who, roles) in row.who.iter().chain([(&"other_unit".to_owned(), &none)]) {
        let is_officer = !roles.is_empty() || who == "other_unit";
        let others = OfficerRole::ALL.map(OfficerRole::name).into_iter();
        let others = others.filter(|role| !roles.iter().any(|it| it == role));
        refused.extend(
            others
                .filter(|_| is_officer)
                .map(|role| format!("refuses {who}/{role}")),
        );
    }
    refused
}

pub(super) fn all_grounds(grounds: &Grounds) -> Vec<String> {
    match grounds {
        Grounds::Listed(list) => list.iter().map(|it| format!("on {it}")).collect(),
        Grounds::OfVersions(versions) => {
            let items = versions.iter().flat_map(|(version, items)| {
                let grounds = items.keys();
                grounds.map(move |ground| format!("on {ground} by {version}"))
            });
            items.collect()
        }
    }
}

fn phrase_of_ground(grounds: &Grounds, version: &str, ground: &str) -> String {
    match grounds {
        Grounds::Listed(_) => format!("on {ground}"),
        Grounds::OfVersions(_) => format!("on {ground} by {version}"),
    }
}

fn phrase_of_who(who: &str, role: Option<&str>) -> String {
    match role {
        Some(role) => format!("{who}/{role}"),
        None => who.to_owned(),
    }
}
