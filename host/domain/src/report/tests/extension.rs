use jiff::civil::date;

use super::scene::{Scene, handler, head, officer};
use crate::case::inbox::{Inbox, Waiting};
use crate::case::refusal::Invalid;
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command, Refusal};
use crate::officers::OfficerRole;

fn request(clock: u32) -> Command {
    Command::RequestExtension {
        clock,
        reason: "检验结果未出".into(),
    }
}

fn decide(clock: u32, granted: bool) -> Command {
    Command::DecideExtension {
        clock,
        granted,
        reason: "同意延长".into(),
        days: None,
        minutes: None,
    }
}

/// Decided by the heads together.
fn together(clock: u32, days: Option<u32>, minutes: Option<&str>) -> Command {
    Command::DecideExtension {
        clock,
        granted: true,
        reason: "案情特别复杂".into(),
        days,
        minutes: minutes.map(str::to_owned),
    }
}

fn with_role(role: OfficerRole, unit: &str) -> Actor {
    Actor::Officer {
        id: "o-9".into(),
        unit: unit.into(),
        name: "吴".into(),
        role,
    }
}

#[test]
fn fifteen_more_working_days_with_the_heads_approval() {
    let mut scene = Scene::received().days_later(2);
    scene.does(&handler(), request(1)).unwrap();
    let waiting = Waiting {
        seq: 1,
        unit: "420106".parse().unwrap(),
        due: date(2026, 6, 8),
    };
    assert_eq!(scene.report.approvals(), [waiting]);
    scene.does(&head(), decide(1, true)).unwrap();
    assert_eq!(scene.report.approvals(), []);
    // The first ends on 8 June; nineteen June is a holiday.
    let extended = scene.ends_on("report-verification-extension");
    assert_eq!(extended, Some(date(2026, 6, 30)));
    assert_eq!(scene.ends_on("report-verification"), None);
    let again = scene.does(&handler(), request(2)).unwrap_err();
    assert!(matches!(again, Refusal::Needs { .. }), "only once");
}

#[test]
fn nobody_approves_her_own_request() {
    let mut scene = Scene::received();
    scene.does(&handler(), request(1)).unwrap();
    let fault = scene.does(&handler(), decide(1, true)).unwrap_err();
    assert!(matches!(fault, Refusal::NotAllowed { .. }));
    let stranger = officer("x", "420111");
    assert!(scene.does(&stranger, decide(1, true)).is_err());
    scene
        .does(&officer("s", "420100"), decide(1, true))
        .unwrap();
}

#[test]
fn a_refused_request_leaves_the_period_as_it_was() {
    let mut scene = Scene::received();
    let unasked = scene.does(&head(), decide(1, true)).unwrap_err();
    assert!(matches!(unasked, Refusal::Needs { .. }));
    scene.does(&handler(), request(1)).unwrap();
    let twice = scene.does(&handler(), request(1)).unwrap_err();
    assert!(matches!(twice, Refusal::Repeated { .. }));
    scene.does(&head(), decide(1, false)).unwrap();
    assert_eq!(scene.ends_on("report-verification"), Some(date(2026, 6, 8)));
    assert_eq!(scene.report.extensions, []);
}

#[test]
fn what_has_run_out_is_not_extended() {
    let mut scene = Scene::received();
    scene.does(&handler(), request(1)).unwrap();
    let mut scene = scene.days_later(25);
    scene
        .does(&Actor::Platform, Command::ExpireClock { clock: 1 })
        .unwrap();
    let fault = scene.does(&head(), decide(1, true)).unwrap_err();
    assert!(matches!(fault, Refusal::NotOpen { .. }));
}

#[test]
fn a_hearing_stops_the_decision_and_thirty_days_may_be_added() {
    let mut scene = Scene::received();
    scene.verifies(true);
    let clock = scene.clock("case-decision");
    let mut scene = scene.days_later(10);
    let pause = |why: &str| Command::PauseClock {
        clock,
        why: why.into(),
    };
    let unknown = scene.does(&handler(), pause("holiday")).unwrap_err();
    assert!(matches!(unknown, Refusal::Invalid { field, .. } if field == "/why"));
    scene.does(&handler(), pause("hearing")).unwrap();
    assert!(scene.does(&handler(), pause("appraisal")).is_err());
    assert_eq!(scene.ends_on("case-decision"), None);
    let stands = scene.does(&head(), decide(clock, true)).unwrap_err();
    assert!(matches!(stands, Refusal::Needs { .. }));
    let mut scene = scene.days_later(4);
    scene
        .does(&handler(), Command::ResumeClock { clock })
        .unwrap();
    // Ninety days from 18 May is 16 August; five days, 28 May to 1 June, do not count.
    assert_eq!(scene.ends_on("case-decision"), Some(date(2026, 8, 21)));
    scene.does(&handler(), request(clock)).unwrap();
    scene.does(&head(), decide(clock, true)).unwrap();
    let extended = scene.ends_on("case-decision-extension");
    assert_eq!(extended, Some(date(2026, 9, 20)));
}

#[test]
fn what_warned_of_an_end_that_was_put_off_is_over() {
    let mut scene = Scene::received();
    scene.verifies(true);
    let clock = scene.clock("case-decision");
    let mut scene = scene.days_later(85);
    scene
        .does(&Actor::Platform, Command::RemindClock { clock })
        .unwrap();
    assert_eq!(scene.report.answers(false).len(), 1);
    scene.does(&handler(), request(clock)).unwrap();
    scene.does(&head(), decide(clock, true)).unwrap();
    assert!(scene.report.answers(false).is_empty());
}

/// A report whose decision was extended once by the head.
fn extended_once() -> (Scene, u32) {
    let mut scene = Scene::received();
    scene.verifies(true);
    let clock = scene.clock("case-decision");
    scene.does(&handler(), request(clock)).unwrap();
    scene.does(&head(), decide(clock, true)).unwrap();
    let clock = scene.clock("case-decision-extension");
    scene.does(&handler(), request(clock)).unwrap();
    (scene, clock)
}

#[test]
fn the_second_extension_is_decided_together_and_has_the_length_they_set() {
    let (mut scene, clock) = extended_once();
    // Ninety days from 18 May end on Sunday 16 August, the period on Monday; then thirty.
    let first = scene.ends_on("case-decision-extension");
    assert_eq!(first, Some(date(2026, 9, 16)));
    scene
        .does(
            &head(),
            together(clock, Some(40), Some("集体讨论记录〔2026〕3号")),
        )
        .unwrap();
    let further = scene.ends_on("case-decision-further-extension");
    assert_eq!(further, Some(date(2026, 10, 26)));
    let last = scene.clock("case-decision-further-extension");
    let again = scene.does(&handler(), request(last)).unwrap_err();
    assert!(matches!(again, Refusal::Needs { .. }), "no third");
}

#[test]
fn the_length_that_was_set_outlives_a_new_reading() {
    let (mut scene, clock) = extended_once();
    scene
        .does(&head(), together(clock, Some(40), Some("记录")))
        .unwrap();
    scene
        .does(&Actor::Platform, Command::RecomputeClocks)
        .unwrap();
    let further = scene.ends_on("case-decision-further-extension");
    assert_eq!(further, Some(date(2026, 10, 26)));
}

#[test]
fn a_collective_decision_says_how_long_and_where_it_is_recorded() {
    let (mut scene, clock) = extended_once();
    let mut fault = |days, minutes| {
        scene
            .does(&head(), together(clock, days, minutes))
            .unwrap_err()
    };
    let cases = [
        (None, Some("记录"), "/days", Invalid::Missing),
        (Some(0), Some("记录"), "/days", Invalid::NotPositive),
        (
            Some(181),
            Some("记录"),
            "/days",
            Invalid::TooManyDays { limit: 180 },
        ),
        (Some(40), None, "/minutes", Invalid::Missing),
    ];
    for (days, minutes, field, problem) in cases {
        assert_eq!(fault(days, minutes), Refusal::invalid(field, problem));
    }
}

#[test]
fn a_heads_decision_takes_the_length_of_the_law() {
    let mut scene = Scene::received();
    scene.does(&handler(), request(1)).unwrap();
    let fault = scene
        .does(&head(), together(1, Some(40), None))
        .unwrap_err();
    assert_eq!(fault, Refusal::invalid("/days", Invalid::NotCollective));
}

#[test]
fn only_a_head_extends_what_the_law_lets_a_head_extend() {
    let mut scene = Scene::received();
    scene.does(&handler(), request(1)).unwrap();
    for role in [OfficerRole::Handler, OfficerRole::Supervisor] {
        let fault = scene.does(&with_role(role, "420100"), decide(1, true));
        assert!(matches!(fault, Err(Refusal::OtherRole { .. })), "{role:?}");
    }
}

#[test]
fn an_answer_is_extended_by_the_unit_that_waits_for_it() {
    let mut scene = Scene::received();
    let supervisor = with_role(OfficerRole::Supervisor, "420100");
    let urge = Command::Supervise {
        urgency: Urgency::Urgent,
        matter: "尽快核查".into(),
    };
    scene.does(&supervisor, urge).unwrap();
    let clock = scene.clock("supervision-urgent");
    scene.does(&handler(), request(clock)).unwrap();
    let above = with_role(OfficerRole::Head, "420000");
    for stranger in [head(), above] {
        let fault = scene.does(&stranger, decide(clock, true)).unwrap_err();
        assert!(matches!(fault, Refusal::NotAllowed { .. }));
    }
    scene.does(&supervisor, decide(clock, true)).unwrap();
    // Two working days from Monday, and two more.
    let extended = scene.ends_on("supervision-urgent-extension");
    assert_eq!(extended, Some(date(2026, 5, 22)));
    let mut scene = scene.days_later(5);
    let clock = scene.clock("supervision-urgent-extension");
    scene
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    let raised = &scene.report.supervisions[0];
    assert_eq!(raised.urgency, Urgency::ExtremelyUrgent);
    assert_eq!(raised.by.as_str(), "420000");
}

#[test]
fn a_request_goes_with_the_period_it_is_about() {
    let mut scene = Scene::received();
    scene.does(&handler(), request(1)).unwrap();
    scene.verifies(false);
    assert_eq!(scene.report.extensions, []);
}
