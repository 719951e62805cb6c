//! Tests' reading of the tables of the law (`schemas/rules/cn/*-table.json`): who may do
//! an act in which role and from which phase, on which ground, to which phase it leads,
//! which clocks it starts and ends, and which documents tell of it. An act that happens
//! stands in a row, and whatever a row says was seen to happen.

pub(crate) mod acts;
mod ground;
pub(crate) mod samples;
mod seen;
mod steps;
pub(crate) mod walk;

use std::collections::{BTreeMap, BTreeSet};

use serde::Deserialize;

pub(crate) use ground::of as ground_of;
pub(crate) use seen::Seen;

use crate::rules::Ground;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Table {
    #[allow(dead_code)]
    source: String,
    /// Periods that any act may end which ends their matter.
    #[serde(default)]
    periods_that_lapse: Vec<String>,
    /// Documents that only somebody known by name gets.
    #[serde(default)]
    documents_by_name: Vec<String>,
    pub rows: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    pub action: String,
    #[allow(dead_code)]
    article: String,
    /// With the roles of those who are officers.
    who: BTreeMap<String, Vec<String>>,
    /// None: it opens the file.
    phases: Vec<String>,
    /// Absent: the file stays where it is.
    #[serde(default)]
    leads_to: Option<Vec<String>>,
    #[serde(default)]
    grounds: Grounds,
    #[serde(default)]
    starts: Vec<String>,
    #[serde(default)]
    ends: Vec<String>,
    #[serde(default)]
    pauses: Vec<String>,
    #[serde(default)]
    resumes: Vec<String>,
    #[serde(default)]
    documents: Vec<String>,
}

/// The grounds that an act may name.
#[derive(Deserialize)]
#[serde(untagged)]
enum Grounds {
    /// Of a list of this platform, or of all versions of the law.
    Listed(Vec<String>),
    /// The items of each version of the law.
    OfVersions(BTreeMap<String, BTreeMap<String, String>>),
}

impl Default for Grounds {
    fn default() -> Grounds {
        Grounds::Listed(Vec::new())
    }
}

/// What was done: by whom, from which phase to which, on which ground.
#[derive(Debug)]
pub(crate) struct Act<'a> {
    pub action: &'a str,
    /// All that the actor is to the file.
    pub whos: &'a [&'static str],
    /// Of an officer.
    pub role: Option<&'static str>,
    /// `None`: there was no file before.
    pub from: Option<&'static str>,
    pub to: &'static str,
    pub ground: Option<String>,
    /// The version of the law by which the file is handled.
    pub version: &'a str,
}

impl Table {
    pub fn read(text: &str) -> Table {
        serde_json::from_str(text).unwrap()
    }

    /// The rows that an act stands in, with their numbers.
    fn rows_of(&self, act: &Act) -> Vec<(usize, &Row)> {
        let rows = self.rows.iter().enumerate();
        rows.filter(|(_, row)| row.has(act)).collect()
    }

    /// The documents that a row somewhere names, by what they are for.
    pub fn documents(&self) -> BTreeSet<&str> {
        let rows = self.rows.iter().flat_map(|row| &row.documents);
        rows.map(String::as_str).collect()
    }

    pub fn is_by_name(&self, document: &str) -> bool {
        self.documents_by_name.iter().any(|it| it == document)
    }

    /// The grounds of some actions, with their articles, are these of a version.
    pub fn has_all_grounds(&self, actions: &[&str], version: &str, grounds: &[Ground]) {
        let mut listed = BTreeMap::new();
        for row in self
            .rows
            .iter()
            .filter(|it| actions.contains(&it.action.as_str()))
        {
            if let Grounds::OfVersions(versions) = &row.grounds {
                listed.extend(&versions[version]);
            }
        }
        let law = grounds.iter().map(|it| (&it.id, &it.article)).collect();
        assert_eq!(listed, law, "{actions:?} by {version}");
    }

    /// Every period and phase that a row names exists, and nothing is said twice.
    pub fn is_sound(&self, period: impl Fn(&str) -> bool, phase: impl Fn(&str) -> bool) {
        let lapsing = self.periods_that_lapse.iter();
        let of_rows = self.rows.iter().flat_map(Row::periods);
        for name in lapsing.chain(of_rows) {
            assert!(period(name), "no period {name}");
        }
        for name in self.rows.iter().flat_map(Row::all_phases) {
            assert!(phase(name), "no phase {name}");
        }
        let mut cells = BTreeSet::new();
        for cell in self.rows.iter().flat_map(Row::cells) {
            assert!(!cells.contains(&cell), "twice: {cell}");
            cells.insert(cell);
        }
    }
}

impl Row {
    fn has(&self, act: &Act) -> bool {
        let from = match act.from {
            Some(from) => self.phases.iter().any(|it| it == from),
            None => self.phases.is_empty(),
        };
        let to = match &self.leads_to {
            Some(phases) => phases.iter().any(|it| it == act.to),
            None => act.from == Some(act.to),
        };
        self.action == act.action && from && to && self.by(act).is_some() && self.is_on(act)
    }

    /// As whom the actor does it.
    fn by(&self, act: &Act) -> Option<&str> {
        let mut may = self.who.iter().filter(|(who, roles)| {
            let in_role = act
                .role
                .is_none_or(|role| roles.iter().any(|it| it == role));
            act.whos.contains(&who.as_str()) && in_role
        });
        may.next().map(|(who, _)| who.as_str())
    }

    fn is_groundless(&self) -> bool {
        matches!(&self.grounds, Grounds::Listed(grounds) if grounds.is_empty())
    }

    fn is_on(&self, act: &Act) -> bool {
        match (&self.grounds, &act.ground) {
            (Grounds::Listed(grounds), None) => grounds.is_empty(),
            (Grounds::Listed(grounds), Some(ground)) => grounds.contains(ground),
            (Grounds::OfVersions(_), None) => false,
            (Grounds::OfVersions(versions), Some(ground)) => versions
                .get(act.version)
                .is_some_and(|items| items.contains_key(ground)),
        }
    }

    /// From where to where, by whom and on which ground, one by one.
    fn cells(&self) -> Vec<String> {
        let stays = vec!["the same".to_owned()];
        let to = self.leads_to.as_ref().unwrap_or(&stays);
        let mut cells = Vec::new();
        for (who, from) in self
            .who
            .keys()
            .flat_map(|who| self.phases.iter().map(move |it| (who, it)))
        {
            for to in to {
                let cell = format!("{} by {who} from {from} to {to}", self.action);
                let grounds = seen::all_grounds(&self.grounds).into_iter();
                cells.extend(grounds.map(|ground| format!("{cell} {ground}")));
                cells.extend(self.is_groundless().then_some(cell));
            }
        }
        cells
    }

    fn periods(&self) -> impl Iterator<Item = &String> {
        let lists = [&self.starts, &self.ends, &self.pauses, &self.resumes];
        lists.into_iter().flatten()
    }

    fn all_phases(&self) -> impl Iterator<Item = &String> {
        self.phases.iter().chain(self.leads_to.iter().flatten())
    }
}
