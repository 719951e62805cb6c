//! Given events, when command, then events: of incidents.

mod table;

use jiff::civil::date;
use jiff::{Timestamp, ToSpan};
use rstest::rstest;
use serde_json::json;

use super::{Incident, IncidentPhase, TaskState, open};
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command, Context, Recorded, Refusal};
use crate::file::{File, decide_all};
use crate::identifiers::case_number::CaseNumber;
use crate::rules::RuleBook;

struct Scene {
    rules: RuleBook,
    now: Timestamp,
    incident: Incident,
}

fn officer(unit: &str) -> Actor {
    serde_json::from_value(json!({"kind": "officer", "id": "o-1", "unit": unit, "name": "周"}))
        .unwrap()
}

fn number(entropy: u64) -> CaseNumber {
    CaseNumber::compose(date(2026, 5, 18), entropy)
}

/// Opened by the city.
fn opened() -> Scene {
    let rules = RuleBook::builtin().unwrap();
    let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    let by = officer("420100");
    let opening = json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch",
        "subject": "20260401A", "commander": {"id": "o-9", "name": "郑"}});
    let command = Command::OpenIncident {
        number: number(1),
        opening: serde_json::from_value(opening).unwrap(),
    };
    let context = Context {
        now,
        actor: &by,
        rules: &rules,
    };
    let recorded = open(command, &context)
        .unwrap()
        .into_iter()
        .map(|event| Recorded {
            at: now,
            by: by.clone(),
            event,
        });
    let incident = Incident::fold(recorded).unwrap();
    Scene {
        rules,
        now,
        incident,
    }
}

impl Scene {
    fn does(&mut self, unit: &str, command: Command) -> Result<(), Refusal> {
        self.acts(&officer(unit), command)
    }

    fn acts(&mut self, by: &Actor, command: Command) -> Result<(), Refusal> {
        let steps = [(by.clone(), command)];
        self.incident = decide_all(&self.incident, steps, self.now, &self.rules)?.0;
        Ok(())
    }

    fn task(&self, unit: &str, hours: i64) -> Command {
        Command::SetTask {
            unit: unit.parse().unwrap(),
            what: "下架并抽检".into(),
            due_at: self.now.checked_add(hours.hours()).unwrap(),
        }
    }
}

fn report(task: u32, done: bool) -> Command {
    Command::ReportTask {
        task,
        text: "已下架三百罐".into(),
        done,
    }
}

#[test]
fn tasks_go_to_the_leading_unit_and_those_below_with_a_time() {
    let mut scene = opened();
    for unit in ["420100", "420106"] {
        let task = scene.task(unit, 4);
        scene.does("420100", task).unwrap();
    }
    for (unit, hours, field) in [("420200", 4, "/unit"), ("420106", 0, "/due_at")] {
        let task = scene.task(unit, hours);
        let fault = scene.does("420100", task).unwrap_err();
        assert!(matches!(fault, Refusal::Invalid { field: at, .. } if at == field));
    }
    let task = scene.task("420106", 4);
    assert!(scene.does("420106", task).is_err(), "it does not lead");
}

#[test]
fn a_task_is_reported_by_its_unit_until_it_is_done() {
    let mut scene = opened();
    let task = scene.task("420106", 4);
    scene.does("420100", task).unwrap();
    assert!(scene.does("420111", report(1, true)).is_err());
    scene.does("420106", report(1, false)).unwrap();
    scene.does("420106", report(1, true)).unwrap();
    assert_eq!(scene.incident.tasks[0].state, TaskState::Done);
    assert_eq!(scene.incident.tasks[0].reports.len(), 2);
    let again = scene.does("420106", report(1, true)).unwrap_err();
    assert!(matches!(again, Refusal::NotOpen { .. }));
}

#[test]
fn what_is_late_is_noted_once() {
    let mut scene = opened();
    let task = scene.task("420106", 4);
    scene.does("420100", task).unwrap();
    assert_eq!(scene.incident.due(scene.now), None);
    let early = Command::NoteTaskOverdue { task: 1 };
    assert!(scene.acts(&Actor::Platform, early).is_err());
    scene.now = scene.now.checked_add(5.hours()).unwrap();
    let due = scene.incident.due(scene.now).unwrap();
    assert!(
        scene.does("420100", due.clone()).is_err(),
        "time alone says so"
    );
    scene.acts(&Actor::Platform, due).unwrap();
    assert!(scene.incident.tasks[0].overdue);
    assert_eq!(scene.incident.next_deadline(), None);
    scene.does("420106", report(1, true)).unwrap();
    assert!(scene.incident.tasks[0].overdue, "late it was all the same");
}

#[test]
fn files_are_gathered_once_and_may_be_let_go() {
    let mut scene = opened();
    let gather = |files: Vec<CaseNumber>| Command::GatherFiles { files };
    let release = |file| Command::ReleaseFile {
        file,
        reason: "不是该批次".into(),
    };
    scene
        .does("420100", gather(vec![number(2), number(3)]))
        .unwrap();
    for files in [vec![], vec![number(2)], vec![number(4), number(4)]] {
        assert!(scene.does("420100", gather(files)).is_err());
    }
    scene.does("420100", release(number(2))).unwrap();
    assert!(scene.does("420100", release(number(2))).is_err());
    assert_eq!(scene.incident.files, [number(3)]);
}

#[test]
fn a_situation_says_how_things_stood() {
    let mut scene = opened();
    let files = vec![number(2), number(3)];
    scene
        .does("420100", Command::GatherFiles { files })
        .unwrap();
    for _ in 0..2 {
        let task = scene.task("420106", 4);
        scene.does("420100", task).unwrap();
    }
    scene.does("420106", report(1, true)).unwrap();
    let text = "无人员伤亡".to_owned();
    let situation = Command::ReportSituation {
        text,
        closed_files: 1,
    };
    scene.does("420100", situation).unwrap();
    let told = &scene.incident.situations[0];
    assert_eq!((told.files, told.closed_files), (2, 1));
    assert_eq!((told.tasks, told.done_tasks, told.overdue_tasks), (2, 1, 0));
}

#[test]
fn it_ends_when_nobody_has_anything_to_do() {
    let mut scene = opened();
    let task = scene.task("420106", 4);
    scene.does("420100", task).unwrap();
    let close = || Command::CloseIncident {
        summary: "全部召回".into(),
    };
    let early = scene.does("420100", close()).unwrap_err();
    assert_eq!(early, Refusal::Needs { what: "done-tasks" });
    scene.does("420106", report(1, true)).unwrap();
    scene.does("420100", close()).unwrap();
    assert_eq!(scene.incident.phase, IncidentPhase::Closed);
    let after = scene.does("420100", close()).unwrap_err();
    assert!(matches!(after, Refusal::WrongPhase { .. }));
}

#[rstest]
#[case(Urgency::Urgent, false)]
#[case(Urgency::ExtremelyUrgent, true)]
fn a_level_changes_to_another(#[case] level: Urgency, #[case] possible: bool) {
    let mut scene = opened();
    let reason = "涉及婴幼儿".to_owned();
    let change = Command::ChangeIncidentLevel { level, reason };
    assert_eq!(scene.does("420100", change).is_ok(), possible);
}
