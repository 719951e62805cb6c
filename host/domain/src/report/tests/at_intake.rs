//! A report that came back to be sent on, and one whose period no calendar tells yet.

use jiff::civil::{Date, date};

use super::flow::result;
use super::scene::{Scene, handler, number, officer};
use crate::case::clocks::CaseClock;
use crate::case::moves::ReturnReason;
use crate::case::{Actor, Command};
use crate::clock::Reading;
use crate::file::File;
use crate::indicators::ReportFacts;

fn city() -> Actor {
    officer("c-1", "420100")
}

fn returned(mut scene: Scene) -> Scene {
    let back = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "违法行为地不在本区".into(),
    };
    scene.does(&handler(), back).unwrap();
    scene
}

#[test]
fn what_lies_at_intake_beyond_its_day_is_owed_until_it_is_decided() {
    let mut scene = returned(Scene::received()).days_later(3);
    while let Some(due) = scene.report.due(scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    let answer = Command::AnswerSupervision {
        supervision: 1,
        answer: "正在核实管辖".into(),
    };
    scene.does(&city(), answer).unwrap();
    assert_eq!(scene.report.binding().unwrap().period, "intake-dispatch");
    let declines = Command::DeclineReport {
        reason: "不属于市场监管部门职责".into(),
        route: "向海关反映".into(),
    };
    scene.does(&city(), declines).unwrap();
    assert_eq!(scene.report.binding(), None);
    assert_eq!(
        ReportFacts::of(&scene.report).verification_in_time,
        Some(true)
    );
}

#[test]
fn new_facts_begin_no_verification_where_the_report_is_to_be_sent_on() {
    let mut scene = returned(Scene::received()).days_later(1);
    let gains = Command::MergeFacts {
        from: number(8),
        received_on: date(2026, 5, 19),
    };
    scene.does(&city(), gains).unwrap();
    let running = scene.report.clocks.iter().filter(|it| it.is_running());
    let running: Vec<&str> = running.map(|it| it.period.as_str()).collect();
    assert_eq!(running, ["intake-dispatch"]);
    let reason = "由本局核查".to_owned();
    scene.does(&city(), Command::TakeUp { reason }).unwrap();
    assert!(scene.ends_on("report-verification").is_some());
}

/// Sent to another county on Thursday 2026-12-24, five working days before the year ends.
fn over_the_year() -> Scene {
    let mut scene = returned(Scene::received()).days_later(220);
    let down = Command::Dispatch {
        to: "420111".parse().unwrap(),
        note: "请核查".into(),
        report_by: None,
    };
    scene.does(&city(), down).unwrap();
    scene
}

#[test]
fn more_time_is_given_before_the_calendar_is_there_that_tells_when_the_first_ends() {
    let mut scene = over_the_year();
    let clock = scene.clock("report-verification");
    let reason = "检验结果未出".to_owned();
    let asks = Command::RequestExtension { clock, reason };
    scene.does(&officer("h-1", "420111"), asks).unwrap();
    let grants = Command::DecideExtension {
        clock,
        granted: true,
        reason: "同意延长".into(),
        days: None,
        minutes: None,
    };
    scene.does(&officer("h-2", "420111"), grants).unwrap();
    let extended = scene.report.verification_clock().unwrap();
    assert_eq!(extended.period, "report-verification-extension");
    assert!(extended.awaits_calendar());
    // Thirty working days from the first one's start, twenty-five of them to come.
    assert_eq!(extended.start, date(2026, 12, 24));
    assert_eq!(extended.reading.work_to(), Some(date(2027, 1, 25)));
}

#[test]
fn a_case_that_is_decided_before_its_earliest_end_is_in_time_whatever_the_calendar_says() {
    let opened = || {
        let mut scene = Scene::received().days_later(140);
        scene.verifies(true);
        let system = Command::HandToEnforcement {
            system: "执法办案系统".into(),
            case_number: "武昌市监案〔2026〕1号".into(),
            partner: None,
        };
        scene.does(&handler(), system).unwrap();
        scene
    };
    let clock = |scene: &Scene| -> CaseClock { scene.report.decision_clock().unwrap().clone() };
    let scene = opened();
    // Ninety days from 5 October: a Sunday in a year that is not known.
    assert!(matches!(
        clock(&scene).reading,
        Reading::AwaitingCalendar { .. }
    ));
    assert_eq!(clock(&scene).reading.work_to(), Some(date(2027, 1, 3)));
    let judged = |on: Date| {
        let mut scene = opened().days_later(95);
        scene.does(&handler(), result(on)).unwrap();
        ReportFacts::of(&scene.report).decision_in_time
    };
    assert_eq!(judged(date(2027, 1, 3)), Some(true));
    assert_eq!(judged(date(2027, 1, 4)), None, "nobody knows yet");
}
