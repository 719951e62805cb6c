//! An authority handles itself what came to it to be sent on.

use rstest::rstest;

use super::direct::{at_intake, called, running};
use super::scene::{Scene, officer, officer_of};
use super::supervision::days_pass;
use crate::case::command::Command;
use crate::case::moves::ReturnReason;
use crate::case::{Actor, Phase};
use crate::indicators::CaseFacts;
use crate::units::Unit;

fn why() -> String {
    "案情重大，由本局处理".into()
}

fn city() -> Actor {
    officer_of("420100")
}

fn at_the_city() -> Scene {
    let mut scene = Scene::direct(city(), at_intake()).unwrap();
    let station: Unit = serde_json::from_value(serde_json::json!({
        "id": "420100-01", "level": "station", "name": "直属所", "parent": "420100"}))
    .unwrap();
    scene.rules = scene.rules.with_unit(station).unwrap();
    scene
}

fn disputes() -> Command {
    Command::DisputeHandling {
        with: "420500".parse().unwrap(),
        reason: "住所地在宜昌".into(),
    }
}

/// It has had the complaint since that came: by that day it is judged.
#[test]
fn an_intake_unit_that_decides_itself_has_the_period_of_acceptance_since_receipt() {
    let city = officer_of("420100");
    let accepted_after = |days| {
        let mut scene = Scene::direct(city.clone(), at_intake()).unwrap();
        scene = days_pass(scene, days);
        scene.does(&city, Command::AcceptComplaint).unwrap();
        let own = scene.case.clocks.iter().rfind(|it| it.is_of("acceptance"));
        assert_eq!(own.unwrap().start, scene.case.received_on);
        let left = running(&scene);
        assert!(!left.contains(&"intake-dispatch"), "{left:?}");
        CaseFacts::of(&scene.case).acceptance_in_time
    };
    assert_eq!(accepted_after(0), Some(true));
    assert_eq!(
        accepted_after(9),
        Some(true),
        "27 May, the seventh working day"
    );
    assert_eq!(accepted_after(10), Some(false));
}

#[test]
fn an_intake_unit_that_takes_a_complaint_up_is_warned_of_its_own_period() {
    let city = officer_of("420100");
    let take_up = || Command::TakeUp {
        reason: "案情重大，由本局处理".into(),
    };
    let mut scene = Scene::direct(city.clone(), at_intake()).unwrap();
    scene = days_pass(scene, 2);
    scene.does(&city, take_up()).unwrap();
    assert!(
        running(&scene).contains(&"acceptance"),
        "{:?}",
        running(&scene)
    );
    assert!(!running(&scene).contains(&"intake-dispatch"));
    let own = scene.case.running_clock("acceptance").unwrap();
    assert_eq!(own.start, scene.case.received_on);
    assert!(scene.does(&city, take_up()).is_err(), "it has it by now");
    scene.does(&city, Command::AcceptComplaint).unwrap();
    let periods = scene.case.clocks.iter().filter(|it| it.is_of("acceptance"));
    assert_eq!(periods.count(), 1);
    let mut below = Scene::direct(city, called()).unwrap();
    assert!(below.does(&officer_of("420106"), take_up()).is_err());
}

/// However it comes to keep it: its period is that since the complaint came.
#[rstest]
#[case::agreed(vec![disputes(), Command::AgreeHandling])]
#[case::taken_up_while_disputed(vec![disputes(), Command::TakeUp { reason: why() }])]
#[case::to_its_station(vec![Command::Dispatch {
    to: "420100-01".parse().unwrap(), note: why(), report_by: None }])]
fn what_an_authority_keeps_it_has_had_since_it_came(#[case] steps: Vec<Command>) {
    let mut scene = days_pass(at_the_city(), 10);
    for step in steps {
        scene.does(&city(), step).unwrap();
    }
    let own = scene.case.clocks.iter().rfind(|it| it.is_of("acceptance"));
    assert_eq!(own.unwrap().start, scene.case.received_on);
    for over in ["intake-dispatch", "handling-dispute"] {
        assert!(!running(&scene).contains(&over), "{:?}", running(&scene));
    }
    let unit = scene.case.complaint.as_ref().unwrap().unit.to_string();
    scene
        .does(&officer_of(&unit), Command::AcceptComplaint)
        .unwrap();
    assert_eq!(CaseFacts::of(&scene.case).acceptance_in_time, Some(false));
}

#[test]
fn who_is_designated_where_the_file_is_has_had_it_since_it_came() {
    let mut scene = days_pass(at_the_city(), 10);
    let designate = Command::Designate {
        unit: "420100".parse().unwrap(),
        reason: why(),
    };
    scene.does(&officer_of("420000"), designate).unwrap();
    scene.does(&city(), Command::AcceptComplaint).unwrap();
    assert_eq!(CaseFacts::of(&scene.case).acceptance_in_time, Some(false));
}

#[test]
fn who_agrees_to_take_it_has_its_own_period_and_owes_no_sending_on() {
    let mut scene = days_pass(at_the_city(), 3);
    scene.does(&city(), disputes()).unwrap();
    scene
        .does(&officer_of("420500"), Command::AgreeHandling)
        .unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
    let own = scene.case.running_clock("acceptance").unwrap();
    assert!(own.start > scene.case.received_on, "it has it from today");
}

/// The notice has the days of the decision itself (Order 121 art. 15).
#[test]
fn she_is_told_by_the_end_of_the_period_in_which_intake_decided() {
    let ends = |period: &str, scene: &Scene| {
        let clock = scene.case.clocks.iter().rfind(|it| it.is_of(period));
        clock.unwrap().reading.ends_on()
    };
    let mut came = days_pass(at_the_city(), 2);
    came.does(&city(), Command::AcceptComplaint).unwrap();
    assert_eq!(ends("decision-notice", &came), ends("acceptance", &came));

    let mut back = Scene::direct(city(), called()).unwrap().days_later(2);
    let returned = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "经营地不在本区".into(),
    };
    back.does(&officer(), returned).unwrap();
    back.does(&city(), Command::AcceptComplaint).unwrap();
    assert_eq!(back.case.phase, Phase::Accepted);
    assert_eq!(ends("decision-notice", &back), ends("acceptance", &back));
}
