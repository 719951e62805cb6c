//! The day by which a unit reports back to whoever sent it a file.

use jiff::SignedDuration;
use jiff::civil::{Date, date};

use super::merging::merges;
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
    // A station of the county has it for the county.
    let mut there = sent();
    there.rules = there.rules.with_unit(station()).unwrap();
    let designate = |unit: &str| Command::Designate {
        unit: unit.parse().unwrap(),
        reason: "实际经营地".into(),
    };
    let by_city = officer_of("420100");
    there.does(&by_city, designate("420106-01")).unwrap();
    assert!(there.case.running_clock(BACK).is_some());
    // Another county owes nobody anything.
    let mut elsewhere = sent();
    elsewhere.does(&by_city, designate("420111")).unwrap();
    assert!(elsewhere.case.running_clock(BACK).is_none());
}

fn station() -> Unit {
    serde_json::from_value(serde_json::json!({
        "id": "420106-01", "level": "station", "name": "中南市场监督管理所", "parent": "420106"}))
    .unwrap()
}

fn take_up() -> Command {
    Command::TakeUp {
        reason: "重大投诉".into(),
    }
}

/// The province asks the city, the city the county, for the same day.
fn asked_twice() -> Scene {
    let mut scene = at_the_city();
    scene.does(&officer_of("420000"), take_up()).unwrap();
    for (by, to) in [("420000", "420100"), ("420100", "420106")] {
        let sends = Command::Dispatch {
            to: to.parse().unwrap(),
            note: "请办理".into(),
            report_by: Some(date(2026, 5, 22)),
        };
        scene.does(&officer_of(by), sends).unwrap();
    }
    scene
}

#[test]
fn each_of_two_that_set_the_same_day_hears_of_it_itself() {
    let mut scene = asked_twice().days_later(5);
    while let Some(due) = scene.case.due(scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    let urged = scene.case.supervisions.iter();
    let urged = urged.filter(|it| it.cause.period() == Some(BACK));
    let by: Vec<&str> = urged
        .map(|it| it.first.as_ref().unwrap().as_str())
        .collect();
    assert_eq!(by, ["420000", "420100"]);

    // The county hands it back to the city, which still owes the province its day.
    let mut back = asked_twice();
    let returns = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "不属本区".into(),
    };
    back.does(&officer_of("420106"), returns).unwrap();
    let running = back.case.clocks.iter().filter(|it| it.is_running());
    assert_eq!(running.filter(|it| it.period == BACK).count(), 1);
    // And so it does when another county of its own has it.
    let mut other = asked_twice();
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "实际经营地".into(),
    };
    other.does(&officer_of("420100"), designate).unwrap();
    let running = other.case.clocks.iter().filter(|it| it.is_running());
    assert_eq!(running.filter(|it| it.period == BACK).count(), 1);
    other.does(&officer_of("420111"), report()).unwrap();
}

/// Friday is over, and nobody reported.
fn unheard() -> Scene {
    let mut scene = sent().days_later(5);
    let due = scene.case.due(scene.now).unwrap();
    scene.does(&Actor::Platform, due).unwrap();
    assert!(is_urged(&scene));
    scene
}

fn is_urged(scene: &Scene) -> bool {
    scene.case.running_clock("supervision-urgent").is_some()
}

#[test]
fn what_urges_to_report_goes_no_further_than_whoever_was_asked() {
    let mut accepted = unheard();
    let county = officer_of("420106");
    accepted.does(&county, Command::AcceptComplaint).unwrap();
    assert!(is_urged(&accepted), "acceptance is no report");
    let mut elsewhere = unheard();
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "实际经营地".into(),
    };
    elsewhere.does(&officer_of("420100"), designate).unwrap();
    assert!(!is_urged(&elsewhere), "who has it now was asked nothing");
    let reports = elsewhere.does(&officer_of("420111"), report());
    assert!(matches!(reports, Err(Refusal::Needs { .. })));
}

#[test]
fn a_merger_that_is_taken_back_leaves_the_day_as_it_was() {
    let mut scene = sent();
    let county = officer_of("420106");
    scene.does(&county, merges()).unwrap();
    assert!(scene.case.running_clock(BACK).is_none());
    let reason = "系另一次购买".to_owned();
    scene
        .does(&county, Command::RevokeDecision { reason })
        .unwrap();
    let again = scene.case.running_clock(BACK).unwrap();
    assert_eq!(again.reading.ends_on(), Some(date(2026, 5, 22)));
    scene.does(&county, report()).unwrap();
}

#[test]
fn whoever_heard_nothing_asks_again_when_an_end_is_taken_back() {
    let mut scene = unheard();
    let county = officer_of("420106");
    scene.does(&county, merges()).unwrap();
    assert!(!is_urged(&scene));
    let reason = "系另一次购买".to_owned();
    scene
        .does(&county, Command::RevokeDecision { reason })
        .unwrap();
    assert!(is_urged(&scene));
    assert_eq!(
        scene.case.supervisions.last().unwrap().by.as_str(),
        "420100"
    );
    scene.does(&county, report()).unwrap();
}

#[test]
fn a_day_that_is_set_again_is_that_of_whoever_was_asked_last() {
    let mut scene = sent();
    let returns = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "不属本区".into(),
    };
    scene.does(&officer_of("420106"), returns).unwrap();
    let to_another = Command::Dispatch {
        to: "420111".parse().unwrap(),
        note: "请办理".into(),
        report_by: Some(date(2026, 5, 22)),
    };
    scene.does(&officer_of("420100"), to_another).unwrap();
    // An hour later, on the same day.
    scene.now = scene
        .now
        .checked_add(SignedDuration::from_hours(1))
        .unwrap();
    let county = officer_of("420111");
    scene.does(&county, merges()).unwrap();
    let reason = "系另一次购买".to_owned();
    scene
        .does(&county, Command::RevokeDecision { reason })
        .unwrap();
    let mut late = scene.clone().days_later(5);
    let due = late.case.due(late.now).unwrap();
    late.does(&Actor::Platform, due).unwrap();
    for mut scene in [scene, late] {
        scene.does(&county, report()).unwrap();
    }
}
