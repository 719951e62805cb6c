//! The day by which a unit reports back to whoever sent it a file.

use jiff::civil::{Date, date};

use super::scene::{Scene, officer_as, officer_of};
use crate::case::command::Command;
use crate::case::intake::{Channel, RegisterAt};
use crate::case::moves::ReturnReason;
use crate::case::{Actor, Intake, Refusal};
use crate::file::File;
use crate::law_table::samples::{refuse, terminate};
use crate::officers::OfficerRole;
use crate::units::Unit;

const BACK: &str = "report-back";

fn at_the_city() -> Scene {
    let intake = Intake {
        channel: Channel::Hotline,
        caller: Some("027-87654321".parse().unwrap()),
        register_at: RegisterAt::IntakeUnit,
        ..Intake::default()
    };
    Scene::direct(officer_as("420100", OfficerRole::Intake), intake).unwrap()
}

fn down(report_by: Option<Date>) -> Command {
    Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: "请办理".into(),
        report_by,
    }
}

/// Sent down on Monday 2026-05-18, to hear of it by Friday.
fn sent() -> Scene {
    let mut scene = at_the_city();
    let friday = down(Some(date(2026, 5, 22)));
    scene.does(&officer_of("420100"), friday).unwrap();
    scene
}

fn report() -> Command {
    Command::ReportBack {
        text: "已联系双方，拟组织调解".into(),
    }
}

#[test]
fn the_day_is_watched_and_what_was_reported_stays_with_the_dispatch() {
    let mut scene = sent();
    let clock = scene.case.running_clock(BACK).unwrap();
    assert_eq!(clock.reading.ends_on(), Some(date(2026, 5, 22)));
    let elsewhere = scene.does(&officer_of("420111"), report());
    assert!(matches!(elsewhere, Err(Refusal::NotAllowed { .. })));
    scene.does(&officer_of("420106"), report()).unwrap();
    let moves = &scene.case.complaint.as_ref().unwrap().moves;
    assert!(moves[0].reported.is_some());
    assert!(scene.case.running_clock(BACK).is_none());
    let again = scene.does(&officer_of("420106"), report());
    assert!(matches!(again, Err(Refusal::Needs { what: "report-day" })));
}

#[test]
fn the_day_is_one_to_come() {
    let mut scene = at_the_city();
    for day in [date(2026, 5, 17), date(2026, 5, 18), date(2029, 1, 1)] {
        let refused = scene.does(&officer_of("420100"), down(Some(day)));
        let field = match refused {
            Err(Refusal::Invalid { field, .. }) => field,
            other => panic!("{day}: {other:?}"),
        };
        assert_eq!(field, "/report_by");
    }
    let tomorrow = down(Some(date(2026, 5, 19)));
    scene.does(&officer_of("420100"), tomorrow).unwrap();
}

#[test]
fn whoever_sent_it_down_asks_when_the_day_is_over() {
    // The province sends it past the city, which never had it.
    let mut scene = at_the_city();
    let take = Command::TakeUp {
        reason: "重大投诉".into(),
    };
    scene.does(&officer_of("420000"), take).unwrap();
    let friday = down(Some(date(2026, 5, 22)));
    scene.does(&officer_of("420000"), friday).unwrap();
    let mut scene = scene.days_later(5);
    let due = scene.case.due(scene.now).unwrap();
    scene.does(&Actor::Platform, due).unwrap();
    let urged = scene.case.supervisions.last().unwrap();
    assert_eq!(urged.by.as_str(), "420000");
    scene.does(&officer_of("420106"), report()).unwrap();
    let asked = scene.case.running_clock("supervision-urgent");
    assert!(asked.is_none(), "late, and there is nothing more to ask");
    let again = scene.does(&officer_of("420106"), report());
    assert!(matches!(again, Err(Refusal::Needs { .. })), "{again:?}");
}

#[test]
fn the_result_is_a_report_and_another_way_ends_the_day() {
    let handler = officer_of("420106");
    let state = |scene: &Scene| {
        let clocks = scene.case.clocks.iter();
        let back = clocks.rev().find(|clock| clock.period == BACK).unwrap();
        serde_json::to_value(back.state).unwrap()["state"].clone()
    };
    let mut refused = sent();
    refused.does(&handler, refuse("no-power")).unwrap();
    assert_eq!(state(&refused), "met");
    let mut terminated = sent();
    terminated.does(&handler, Command::AcceptComplaint).unwrap();
    assert_eq!(state(&terminated), "running", "acceptance is no result");
    terminated
        .does(&handler, terminate("other-statutory"))
        .unwrap();
    assert_eq!(state(&terminated), "met");
    let mut returned = sent();
    let back = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "不属本区".into(),
    };
    returned.does(&handler, back).unwrap();
    assert_eq!(state(&returned), "stopped");
}

/// The county hears of it by its own station's day, the city by the county's.
#[test]
fn a_county_that_has_it_back_from_its_station_still_owes_the_city_its_report() {
    let to_station = || Command::Dispatch {
        to: "420106-01".parse().unwrap(),
        note: "请承办".into(),
        report_by: Some(date(2026, 5, 21)),
    };
    let returns = Command::ReturnToIntake {
        reason: ReturnReason::Other,
        note: "由机关办理".into(),
    };
    let takes = Command::TakeUp {
        reason: "由机关办理".into(),
    };
    for (by, back) in [("420106-01", returns), ("420106", takes)] {
        let mut scene = sent();
        scene.rules = scene.rules.with_unit(station()).unwrap();
        scene.does(&officer_of("420106"), to_station()).unwrap();
        scene.does(&officer_of(by), back).unwrap();
        let running = scene.case.clocks.iter().filter(|it| it.is_running());
        let days: Vec<_> = running
            .filter(|it| it.period == BACK)
            .map(|it| it.reading.ends_on())
            .collect();
        assert_eq!(days, [Some(date(2026, 5, 22))], "by {by}");
        let mut late = scene.clone().days_later(5);
        let due = late.case.due(late.now).unwrap();
        late.does(&Actor::Platform, due).unwrap();
        let urged = late.case.supervisions.last().unwrap();
        assert_eq!(urged.by.as_str(), "420100");
        scene.does(&officer_of("420106"), report()).unwrap();
    }
    // Another county owes nobody anything.
    let mut elsewhere = sent();
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "实际经营地".into(),
    };
    elsewhere.does(&officer_of("420100"), designate).unwrap();
    assert!(elsewhere.case.running_clock(BACK).is_none());
}

fn station() -> Unit {
    serde_json::from_value(serde_json::json!({
        "id": "420106-01", "level": "station", "name": "中南市场监督管理所", "parent": "420106"}))
    .unwrap()
}
