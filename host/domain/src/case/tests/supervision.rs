use rstest::rstest;

use super::merging::merges;
use super::scene::{Scene, consumer, officer, officer_of};
use crate::case::command::Command;
use crate::case::inbox::Inbox;
use crate::case::supervision::{SupervisionCause, Urgency};
use crate::case::{Actor, Refusal};
use crate::officers::OfficerRole;

fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

fn supervise(urgency: Urgency) -> Command {
    Command::Supervise {
        urgency,
        matter: "请尽快联系投诉人".into(),
    }
}

fn answer(supervision: u32) -> Command {
    Command::AnswerSupervision {
        supervision,
        answer: "已联系双方".into(),
    }
}

/// Does all that time asks for, day by day.
pub(super) fn days_pass(mut scene: Scene, days: i64) -> Scene {
    for _ in 0..days {
        scene = scene.days_later(1);
        while let Some(command) = due(&scene) {
            scene.does(&Actor::Platform, command).unwrap();
        }
    }
    scene
}

fn due(scene: &Scene) -> Option<Command> {
    let past = |at: Option<jiff::Timestamp>| at.is_some_and(|at| at <= scene.now);
    let mut running = scene.case.clocks.iter().filter(|clock| clock.is_running());
    running.find_map(|clock| {
        if past(clock.expires_at()) {
            return Some(Command::ExpireClock { clock: clock.seq });
        }
        past(clock.reminds_at()).then_some(Command::RemindClock { clock: clock.seq })
    })
}

#[test]
fn only_a_unit_above_supervises() {
    let mut scene = registered();
    for nobody in [officer(), officer_of("420200"), consumer()] {
        assert!(scene.does(&nobody, supervise(Urgency::General)).is_err());
    }
    let events = scene
        .does(&officer_of("420000"), supervise(Urgency::Urgent))
        .unwrap();
    assert_eq!(events, ["supervision_opened", "clock_started"]);
    let clock = scene.case.running_clock("supervision-urgent").unwrap();
    assert_eq!(
        clock.reading.ends_on(),
        Some(jiff::civil::date(2026, 5, 20))
    );
}

#[test]
fn the_handling_unit_answers_once() {
    let mut scene = registered();
    scene
        .does(&officer_of("420100"), supervise(Urgency::General))
        .unwrap();
    assert!(scene.does(&officer_of("420100"), answer(1)).is_err());
    assert!(matches!(
        scene.does(&officer(), answer(2)),
        Err(Refusal::Unknown { .. })
    ));
    scene.does(&officer(), answer(1)).unwrap();
    assert!(matches!(
        scene.does(&officer(), answer(1)),
        Err(Refusal::NotOpen { .. })
    ));
    assert!(scene.case.running_clock("supervision-general").is_none());
}

#[test]
fn what_nobody_answers_goes_up_to_the_top_and_stops_there() {
    let mut scene = registered();
    scene
        .does(&officer_of("420100"), supervise(Urgency::General))
        .unwrap();
    let scene = days_pass(scene, 30);
    let supervision = &scene.case.supervisions[0];
    assert_eq!(supervision.by.as_str(), "000000");
    assert_eq!(supervision.urgency, Urgency::ExtremelyUrgent);
}

#[test]
fn before_the_end_and_at_the_end_the_rules_supervise() {
    let scene = days_pass(registered(), 12);
    let causes: Vec<_> = scene
        .case
        .supervisions
        .iter()
        .map(|it| it.cause.clone())
        .collect();
    let period = "acceptance".to_owned();
    let first = SupervisionCause::Nearing {
        clock: 2,
        period: period.clone(),
    };
    assert!(causes.contains(&first), "{causes:?}");
    assert!(causes.contains(&SupervisionCause::Overdue { clock: 2, period }));
}

#[test]
fn a_decision_ends_what_urged_it() {
    let scene = days_pass(registered(), 8);
    let mut scene = scene;
    assert_eq!(scene.case.supervisions.len(), 1);
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let supervised = |scene: &Scene| {
        let clocks = scene.case.clocks.iter().filter(|it| it.is_running());
        clocks
            .filter(|it| it.period.starts_with("supervision"))
            .count()
    };
    assert_eq!(supervised(&scene), 0);
}

#[test]
fn a_reminder_comes_once_and_not_before_its_day() {
    let mut scene = registered();
    let remind = Command::RemindClock { clock: 2 };
    assert!(matches!(
        scene.does(&Actor::Platform, remind.clone()),
        Err(Refusal::NotExpired { .. })
    ));
    let mut scene = days_pass(scene, 8);
    assert!(matches!(
        scene.does(&Actor::Platform, remind.clone()),
        Err(Refusal::NotOpen { .. })
    ));
    assert!(scene.does(&officer(), remind).is_err());
}

#[test]
fn an_answer_that_nobody_is_left_to_urge_ends_no_other_period() {
    let mut scene = registered();
    scene
        .does(&officer_of("420000"), supervise(Urgency::ExtremelyUrgent))
        .unwrap();
    let mut scene = days_pass(scene, 5);
    assert_eq!(scene.case.supervisions[0].by.as_str(), "000000");
    assert!(
        scene
            .case
            .running_clock("supervision-extremely-urgent")
            .is_none()
    );
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let events = scene.does(&officer(), answer(1)).unwrap();
    assert_eq!(events, ["supervision_answered"]);
    assert!(scene.case.running_clock("mediation").is_some());
}

#[rstest]
#[case(consumer(), Command::Withdraw)]
#[case(officer(), merges())]
fn what_a_superior_asked_is_answered_though_she_withdrew_or_it_was_merged(
    #[case] by: Actor,
    #[case] ends: Command,
) {
    let mut scene = registered();
    scene
        .does(&officer_of("420100"), supervise(Urgency::General))
        .unwrap();
    scene.does(&by, ends).unwrap();
    let running = |scene: &Scene| -> Vec<String> {
        let clocks = scene.case.clocks.iter().filter(|it| it.is_running());
        clocks.map(|it| it.period.clone()).collect()
    };
    assert_eq!(running(&scene), ["supervision-general"]);
    scene.does(&officer(), answer(1)).unwrap();
    assert!(running(&scene).is_empty());
}

/// She may be an officer of several units.
#[test]
fn nobody_answers_what_she_asked_herself() {
    let mut scene = registered();
    let of = |unit: &str| Actor::Officer {
        id: "o-7".into(),
        unit: unit.into(),
        name: "周".into(),
        role: OfficerRole::Head,
    };
    scene
        .does(&of("420100"), supervise(Urgency::General))
        .unwrap();
    let what = "other-officer";
    assert_eq!(
        scene.does(&of("420106"), answer(1)),
        Err(Refusal::Needs { what })
    );
    scene.does(&officer(), answer(1)).unwrap();
    // What the rules ask nobody asked.
    let mut urged = days_pass(registered(), 8);
    urged.does(&of("420106"), answer(1)).unwrap();
}

#[test]
fn what_a_unit_asked_that_is_not_above_the_file_any_more_lapses() {
    let asked = || {
        let mut scene = registered();
        let city = officer_of("420100");
        scene.does(&city, supervise(Urgency::General)).unwrap();
        scene
    };
    let urged = |scene: &Scene| scene.case.running_clock("supervision-general").is_some();
    let to = |unit: &str| Command::Designate {
        unit: unit.parse().unwrap(),
        reason: "实际经营地".into(),
    };
    let mut below = asked();
    below.does(&officer_of("420100"), to("420111")).unwrap();
    assert!(urged(&below), "the city is above the other county too");
    let mut elsewhere = asked();
    elsewhere.does(&officer_of("420000"), to("420502")).unwrap();
    assert!(!urged(&elsewhere));
    let mut above = asked();
    let reason = "重大投诉".to_owned();
    above
        .does(&officer_of("420000"), Command::TakeUp { reason })
        .unwrap();
    assert!(!urged(&above), "nobody owes one below an answer");
}

#[test]
fn who_has_the_file_owes_nobody_an_answer_to_its_own_question_though_that_was_raised() {
    let mut scene = registered();
    let city = officer_of("420100");
    let ask = supervise(Urgency::ExtremelyUrgent);
    scene.does(&city, ask).unwrap();
    let mut scene = days_pass(scene, 3);
    assert_eq!(scene.case.supervisions[0].by.as_str(), "420000", "raised");
    let take_up = Command::TakeUp {
        reason: "自办".into(),
    };
    scene.does(&city, take_up).unwrap();
    let asked = scene.case.running_clock("supervision-extremely-urgent");
    assert!(asked.is_none());
}

/// Up to the top, and still asked: it stands on the list of whoever owes it.
#[test]
fn an_answer_that_nobody_gave_is_owed_on_though_the_file_is_over() {
    let mut scene = registered();
    let city = officer_of("420100");
    scene
        .does(&city, supervise(Urgency::ExtremelyUrgent))
        .unwrap();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    let scene = days_pass(scene, 30);
    assert!(scene.case.clocks.iter().all(|it| !it.is_running()));
    let owed = scene.case.authority_due().unwrap();
    assert_eq!(owed.period.as_deref(), Some("supervision-extremely-urgent"));
    assert_eq!(scene.case.over_on(), None);
    let mut scene = scene;
    scene.does(&officer(), answer(1)).unwrap();
    assert_eq!(scene.case.authority_due(), None);
}

/// However far up it is urged: who designates is the common superior (Order 121 art. 33).
#[test]
fn a_dispute_stays_the_common_superiors_to_decide() {
    let mut scene = registered();
    let dispute = Command::DisputeHandling {
        with: "420111".parse().unwrap(),
        reason: "住所地在该区".into(),
    };
    scene.does(&officer(), dispute).unwrap();
    let scene = days_pass(scene, 40);
    let mut raised = scene.case.supervisions.iter();
    let raised = raised.rfind(|it| it.cause.period() == Some("handling-dispute"));
    assert_ne!(raised.unwrap().by.as_str(), "420100");
    let waits = scene.case.designation().unwrap();
    assert_eq!(waits.unit.as_str(), "420100");
}

#[test]
fn what_was_answered_late_leaves_the_list_to_what_is_next() {
    let mut scene = registered();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let city = officer_of("420100");
    scene
        .does(&city, supervise(Urgency::ExtremelyUrgent))
        .unwrap();
    let mut scene = days_pass(scene, 9);
    let due = |scene: &Scene| scene.case.authority_due().unwrap().period;
    assert_eq!(due(&scene).as_deref(), Some("supervision-extremely-urgent"));
    scene.does(&officer(), answer(1)).unwrap();
    assert_eq!(due(&scene).as_deref(), Some("mediation"));
}
