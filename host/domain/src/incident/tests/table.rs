//! Whatever anyone does with an incident in whatever order: it stands in its table
//! (`schemas/rules/cn/incident-table.json`), and all that the table says is done.

use jiff::Timestamp;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use crate::case::supervision::Urgency;
use crate::case::{Actor, Command};
use crate::incident::{Incident, IncidentPhase, open};
use crate::law_table::acts::{UNITS, rules, why};
use crate::law_table::samples::{number, samples, task};
use crate::law_table::walk::{Setting, Step, Tabled, Walk, chances, officer, officers};
use crate::law_table::{Seen, Table};
use crate::officers::OfficerRole;
use crate::rules::RuleBook;

const TABLE: &str = include_str!("../../../../../schemas/rules/cn/incident-table.json");
const BEGINS: &str = "2026-05-18T01:00:00Z";

fn everybody() -> Vec<Actor> {
    let mut all = vec![
        Actor::Platform,
        Actor::Consumer { id: "c-1".into() },
        Actor::Operator { id: "op".into() },
    ];
    all.extend(officers(&UNITS));
    all.extend(OfficerRole::ALL.map(commander));
    all
}

/// The commander, from another bureau.
fn commander(role: OfficerRole) -> Actor {
    let Command::OpenIncident { opening, .. } = sample("open-incident") else {
        panic!("it opens an incident");
    };
    Actor::Officer {
        id: opening.commander.id,
        unit: "420500".into(),
        name: opening.commander.name,
        role,
    }
}

impl Tabled for Incident {
    fn opener(actor: &Actor) -> Vec<&'static str> {
        vec![match actor {
            Actor::Officer { .. } => "leading_unit",
            _ => "stranger",
        }]
    }

    fn whos(&self, actor: &Actor, _rules: &RuleBook) -> Vec<&'static str> {
        let Actor::Officer { id, unit, .. } = actor else {
            return vec![match actor {
                Actor::Platform => "platform",
                _ => "stranger",
            }];
        };
        let unit = unit.parse().unwrap();
        let mut whos = Vec::new();
        if *id == self.commander.id {
            whos.push("commander");
        }
        if self.unit == unit {
            whos.push("leading_unit");
        }
        if self.tasks.iter().any(|task| task.unit == unit) {
            whos.push("tasked_unit");
        }
        if whos.is_empty() {
            whos.push("other_unit");
        }
        whos
    }

    fn wishes(&self, now: Timestamp) -> Vec<Command> {
        let mut wishes = samples(now);
        let levels = [Urgency::Urgent, Urgency::ExtremelyUrgent];
        wishes.extend(levels.map(|level| Command::ChangeIncidentLevel {
            level,
            reason: why(),
        }));
        wishes.extend(["420100", "420106"].map(|unit| task(unit, now)));
        wishes.push(Command::GatherFiles {
            files: vec![number(20 + self.files.len() as u64)],
        });
        wishes.extend(self.tasks.iter().map(|task| Command::ReportTask {
            task: task.seq,
            text: why(),
            done: task.seq % 2 == 0,
        }));
        wishes
    }
}

fn sample(name: &str) -> Command {
    let samples = samples(BEGINS.parse().unwrap());
    samples.into_iter().find(|it| it.name() == name).unwrap()
}

#[test]
fn an_incident_goes_by_its_table_and_does_all_that_the_table_says() {
    let table = Table::read(TABLE);
    let setting = Setting {
        table: &table,
        everybody: everybody(),
    };
    let mut seen = Seen::default();
    let mut runner = TestRunner::deterministic();
    let strategy = chances(8..20);
    let city = officer("420100", OfficerRole::Handler);
    let set = Step::By(city.clone(), task("420106", BEGINS.parse().unwrap()));
    let county = officer("420106", OfficerRole::Handler);
    let done = Step::By(county, sample("report-task"));
    let gathered = Step::By(city.clone(), sample("gather-files"));
    for turn in 0..40 {
        let mut steps = match turn % 3 {
            0 => vec![set.clone()],
            1 => vec![set.clone(), Step::Wait],
            _ => vec![set.clone(), done.clone(), gathered.clone()],
        };
        steps.push(Step::Everything);
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        let at = (rules(), BEGINS.parse().unwrap());
        let opens = (&city, &sample("open-incident"));
        let walk: Walk<Incident> = Walk::opened(&setting, &mut seen, at, opens, open);
        walk.go(steps, &mut seen);
    }
    let missing = seen.missing(&table);
    assert!(missing.is_empty(), "never seen: {missing:#?}");
    let untried = seen.untried(Command::NAMES);
    assert!(untried.is_empty(), "never tried: {untried:?}");
}

#[test]
fn every_row_names_phases_that_exist_and_says_nothing_twice() {
    let phase = |name: &str| serde_json::from_value::<IncidentPhase>(name.into()).is_ok();
    Table::read(TABLE).is_sound(|_| false, phase);
}
