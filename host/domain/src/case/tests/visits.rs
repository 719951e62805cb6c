use jiff::civil::date;
use rstest::rstest;

use super::acts::{extension, request_extension};
use super::scene::{Scene, agent, consumer, offer, officer, officer_of};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::intake::{Channel, Intake};
use crate::case::mediation::Means;
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::visit::Satisfaction;
use crate::case::{Actor, Refusal};
use crate::officers::OfficerRole;

fn visit(satisfaction: Option<Satisfaction>) -> Command {
    Command::RecordVisit {
        means: Means::Phone,
        satisfaction,
        note: "已电话回访".into(),
    }
}

fn terminated() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let terminate = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "被投诉人拒绝调解".into(),
    };
    scene.does(&officer(), terminate).unwrap();
    scene
}

fn closed() -> Scene {
    let mut scene = terminated();
    let notify = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), notify).unwrap();
    scene
}

#[test]
fn only_what_is_over_is_visited_by_the_unit_or_one_above() {
    let mut scene = terminated();
    let refused = scene.does(&officer(), visit(None));
    assert!(matches!(refused, Err(Refusal::WrongPhase { .. })));
    let mut scene = closed();
    for nobody in [consumer(), agent(), officer_of("420111")] {
        assert!(scene.does(&nobody, visit(None)).is_err());
    }
    scene.does(&officer_of("420000"), visit(None)).unwrap();
    scene
        .does(&officer(), visit(Some(Satisfaction::Fair)))
        .unwrap();
    assert_eq!(
        (scene.case.visits.len(), scene.case.phase),
        (2, Phase::Closed)
    );
}

#[rstest]
#[case(Satisfaction::Unsatisfied)]
#[case(Satisfaction::VeryUnsatisfied)]
fn who_is_not_satisfied_has_the_file_handled_once_more(#[case] level: Satisfaction) {
    let mut scene = closed();
    scene.does(&officer(), visit(Some(level))).unwrap();
    assert_eq!(
        (scene.case.phase, scene.case.closing),
        (Phase::Accepted, None)
    );
    assert!(scene.case.running_clock("redo").is_some());
    let answer = |side| Command::AnswerMediation {
        side,
        agrees: true,
        delegation: false,
        means: Means::Phone,
    };
    scene.does(&officer(), answer(Side::Consumer)).unwrap();
    scene.does(&officer(), offer(5_000)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    scene
        .does(&agent(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
    assert!(scene.case.running_clock("redo").is_none());
}

#[test]
fn which_answers_reopen_and_how_often_the_rules_say() {
    let mut scene = closed();
    let rules = |scene: &Scene, levels: Vec<Satisfaction>, most| {
        let change = |procedure: &mut crate::rules::Procedure| {
            procedure.visits.reopening.levels = levels.clone();
            procedure.visits.reopening.most = most;
        };
        scene.rules.with_procedures(change)
    };
    scene.rules = rules(&scene, vec![Satisfaction::VeryUnsatisfied], 2);
    let unsatisfied = visit(Some(Satisfaction::Unsatisfied));
    scene.does(&officer(), unsatisfied.clone()).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    scene.rules = rules(&scene, vec![Satisfaction::Unsatisfied], 0);
    scene.does(&officer(), unsatisfied.clone()).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    scene.rules = rules(&scene, vec![Satisfaction::Unsatisfied], 1);
    scene.does(&officer(), unsatisfied).unwrap();
    assert_eq!(scene.case.phase, Phase::Accepted);
}

#[test]
fn once_and_not_again() {
    let mut scene = closed();
    scene
        .does(&officer(), visit(Some(Satisfaction::Unsatisfied)))
        .unwrap();
    let terminate = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "仍未达成一致".into(),
    };
    scene.does(&officer(), terminate).unwrap();
    let notify = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), notify).unwrap();
    scene
        .does(&officer(), visit(Some(Satisfaction::Unsatisfied)))
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
}

#[test]
fn a_refusal_is_looked_at_again() {
    let mut scene = Scene::filed();
    scene.escalates();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "无权".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let refused_at = scene.now;
    let mut scene = scene.days_later(1);
    scene
        .does(&officer(), visit(Some(Satisfaction::VeryUnsatisfied)))
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
    let earlier = &scene.case.complaint.as_ref().unwrap().redone[0];
    assert!(earlier.refused);
    assert_eq!(earlier.ended_at, Some(refused_at));
    assert_eq!(earlier.ground.as_deref(), Some("no-power"));
    assert_eq!(earlier.by, Some(officer()));
    assert_eq!(earlier.reason.as_deref(), Some("无权"));
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    assert!(scene.case.running_clock("redo").is_none());
}

#[test]
fn a_refusal_that_nobody_was_told_of_is_not_asked_about() {
    let window = Intake {
        channel: Channel::Window,
        ..Intake::default()
    };
    let mut scene = Scene::direct(officer(), window).unwrap();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "无权".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let asks = || visit(Some(Satisfaction::VeryUnsatisfied));
    let what = "told-refusal";
    let early = scene.does(&officer(), asks()).unwrap_err();
    assert_eq!(early, Refusal::Needs { what });
    let tells = Command::NotifyDecision { means: Means::Sms };
    scene.does(&officer(), tells).unwrap();
    scene.does(&officer(), asks()).unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
}

#[test]
fn what_she_called_solved_stays_closed() {
    let mut scene = Scene::filed();
    scene.escalates();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene.does(&agent(), offer(9_900)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    let solved = Command::Confirm {
        confirmation: Confirmation::Solved,
    };
    scene.does(&consumer(), solved).unwrap();
    scene
        .does(&officer(), visit(Some(Satisfaction::Unsatisfied)))
        .unwrap();
    assert_eq!(
        (scene.case.phase, scene.case.closing),
        (Phase::Closed, Some(Closing::Solved))
    );
}

#[test]
fn handling_once_more_may_take_five_days_more_and_its_end_meets_that() {
    let mut scene = closed();
    let unsatisfied = visit(Some(Satisfaction::Unsatisfied));
    scene.does(&officer(), unsatisfied).unwrap();
    let clock = scene.case.running_clock("redo").unwrap().seq;
    scene.does(&officer(), request_extension(clock)).unwrap();
    let grant = || extension(clock, true);
    let own = scene.does(&officer(), grant()).unwrap_err();
    assert!(
        matches!(own, Refusal::NotAllowed { .. }),
        "she asked herself"
    );
    let head = Actor::Officer {
        id: "o-2".into(),
        unit: "420106".into(),
        name: "郑".into(),
        role: OfficerRole::Head,
    };
    scene.does(&head, grant()).unwrap();
    let running = scene.case.running_clock("redo").unwrap();
    assert_eq!(running.period, "redo-extension");
    // Ten working days from Monday 18 May, and five: 8 June.
    assert_eq!(running.reading.ends_on(), Some(date(2026, 6, 8)));
    let terminate = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "仍未达成一致".into(),
    };
    scene.does(&officer(), terminate).unwrap();
    assert!(scene.case.running_clock("redo").is_none());
}

#[test]
fn what_the_law_does_not_let_anyone_extend_is_not_extended() {
    let mut scene = Scene::filed();
    scene.escalates();
    let ask = |scene: &mut Scene, period: &str| {
        let clock = scene.case.running_clock(period).unwrap().seq;
        let reason = "来不及".to_owned();
        scene.does(&officer(), Command::RequestExtension { clock, reason })
    };
    let fault = ask(&mut scene, "acceptance").unwrap_err();
    assert!(matches!(fault, Refusal::Needs { .. }));
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let fault = ask(&mut scene, "mediation").unwrap_err();
    assert!(matches!(fault, Refusal::Needs { .. }));
}
