//! Two authorities that disagree on who verifies a report (Order 121 art. 33).

use jiff::civil::date;

use super::scene::{Scene, handler, officer};
use crate::case::{Actor, Command, Refusal};
use crate::file::File;

fn dispute(with: &str) -> Command {
    Command::DisputeHandling {
        with: with.parse().unwrap(),
        reason: "实际经营地在该区".into(),
    }
}

fn disputed() -> Scene {
    let mut scene = Scene::received();
    scene.does(&handler(), dispute("420111")).unwrap();
    scene
}

fn other() -> Actor {
    officer("o-9", "420111")
}

#[test]
fn the_other_takes_it_and_has_the_days_of_verification_anew() {
    let mut scene = disputed().days_later(1);
    assert!(scene.ends_on("handling-dispute").is_some());
    scene.does(&other(), Command::AgreeHandling).unwrap();
    assert_eq!(scene.report.unit.as_str(), "420111");
    assert_eq!(scene.report.dispute, None);
    assert_eq!(scene.ends_on("handling-dispute"), None);
    assert_eq!(scene.ends_on("report-verification"), Some(date(2026, 6, 9)));
}

#[test]
fn until_then_the_other_reads_and_notes_and_decides_nothing() {
    let mut scene = disputed();
    let note = Command::AddNote {
        body: "我局无此经营者档案".into(),
    };
    scene.does(&other(), note).unwrap();
    let verify = Command::VerifyReport {
        opens: false,
        reason: "不实".into(),
    };
    let read = Command::ReadIdentity {
        reason: "核实".into(),
        document: None,
    };
    for command in [verify, read] {
        let refused = scene.does(&other(), command);
        assert!(matches!(refused, Err(Refusal::NotAllowed { .. })));
    }
    let stranger = scene.does(&officer("o-8", "420102"), Command::AgreeHandling);
    assert!(matches!(stranger, Err(Refusal::NotAllowed { .. })));
}

#[test]
fn in_time_their_common_superior_is_told_and_designates() {
    let mut scene = disputed().days_later(10);
    while let Some(due) = scene.report.due(scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    let overdue = scene.report.supervisions.last().unwrap();
    assert_eq!(overdue.by.as_str(), "420100");
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "由实际经营地处理".into(),
    };
    scene.does(&officer("s-1", "420100"), designate).unwrap();
    assert_eq!(scene.report.unit.as_str(), "420111");
    assert_eq!(scene.report.dispute, None);
}

#[test]
fn who_verifies_it_after_all_ends_the_disagreement() {
    let mut scene = disputed();
    scene.verifies(true);
    assert_eq!(scene.report.dispute, None);
    assert_eq!(scene.ends_on("handling-dispute"), None);
    let late = scene.does(&other(), Command::AgreeHandling);
    assert!(late.is_err(), "{late:?}");
}
