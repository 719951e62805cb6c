use jiff::ToSpan;
use jiff::civil::date;

use super::scene::{Scene, agent, consumer, officer, officer_of};
use crate::case::command::Command;
use crate::case::joint::{Part, PartState};
use crate::case::refusal::Invalid;
use crate::case::{Actor, Refusal};
use crate::file::File;

fn invite(unit: &str) -> Command {
    Command::InviteUnit {
        unit: unit.parse().unwrap(),
        task: "到仓库查看存货".into(),
        due: date(2026, 5, 25),
    }
}

fn answer(part: u32, agrees: bool, reason: &str) -> Command {
    Command::AnswerInvitation {
        part,
        agrees,
        reason: reason.into(),
    }
}

fn report(part: u32, done: bool) -> Command {
    Command::ReportPart {
        part,
        text: "存货已核对".into(),
        done,
    }
}

fn end(part: u32) -> Command {
    Command::EndPart {
        part,
        reason: "已不需要".into(),
    }
}

fn neighbour() -> Actor {
    officer_of("420111")
}

fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

fn part(scene: &Scene) -> &Part {
    scene.case.parts.last().unwrap()
}

#[test]
fn a_neighbour_is_asked_and_reports_what_it_found() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    assert_eq!(part(&scene).state, PartState::Asked);
    let early = scene.does(&neighbour(), report(1, true)).unwrap_err();
    assert!(matches!(early, Refusal::NotOpen { .. }));
    scene.does(&neighbour(), answer(1, true, "")).unwrap();
    scene.does(&neighbour(), report(1, false)).unwrap();
    assert_eq!(part(&scene).state, PartState::Joined);
    scene.does(&neighbour(), report(1, true)).unwrap();
    assert_eq!(part(&scene).state, PartState::Done);
    assert_eq!(part(&scene).reports.len(), 2);
    assert_eq!(
        scene.case.complaint.as_ref().unwrap().unit.as_str(),
        "420106"
    );
}

#[test]
fn who_declines_says_why_and_may_be_asked_again() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    let mute = scene.does(&neighbour(), answer(1, false, "")).unwrap_err();
    assert_eq!(mute, Refusal::invalid("/reason", Invalid::Missing));
    scene
        .does(&neighbour(), answer(1, false, "无存货信息"))
        .unwrap();
    let late = scene.does(&neighbour(), answer(1, true, "")).unwrap_err();
    // It sees the file no longer.
    assert!(matches!(late, Refusal::NotAllowed { .. }));
    scene.does(&officer(), invite("420111")).unwrap();
    assert_eq!(part(&scene).seq, 2);
}

#[test]
fn whoever_is_above_a_unit_orders_it() {
    let mut scene = registered();
    scene.does(&officer_of("420100"), invite("420111")).unwrap();
    assert_eq!(part(&scene).state, PartState::Joined);
    assert_eq!(part(&scene).by.as_str(), "420100");
    // The handling unit is above its own stations.
    scene.does(&officer(), invite("420106-01")).unwrap_err();
    let again = scene.does(&officer(), invite("420111")).unwrap_err();
    assert!(matches!(again, Refusal::Repeated { .. }), "it has a part");
}

#[test]
fn neither_a_stranger_nor_a_party_nor_the_assisting_unit_asks_others_in() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    for nobody in [neighbour(), officer_of("420200"), consumer(), agent()] {
        let fault = scene.does(&nobody, invite("420112")).unwrap_err();
        assert!(matches!(fault, Refusal::NotAllowed { .. }), "{nobody:?}");
    }
    for wrong in ["420106", "420100", "000000", "429999"] {
        let fault = scene.does(&officer(), invite(wrong)).unwrap_err();
        assert_eq!(fault, Refusal::invalid("/unit", Invalid::UnknownValue));
    }
}

#[test]
fn a_part_lets_a_unit_do_its_part_and_decide_nothing() {
    let mut scene = registered();
    scene.does(&officer_of("420100"), invite("420111")).unwrap();
    let others = [
        Command::AcceptComplaint,
        end(1),
        Command::TakeUp {
            reason: "我局办理".into(),
        },
        Command::Withdraw,
    ];
    for command in others {
        assert!(scene.does(&neighbour(), command).is_err());
    }
    assert!(
        scene.does(&officer(), report(1, true)).is_err(),
        "not its own"
    );
}

#[test]
fn what_is_no_longer_wanted_ends() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    scene.does(&officer(), end(1)).unwrap();
    assert!(!part(&scene).lets_see());
    let twice = scene.does(&officer(), end(1)).unwrap_err();
    assert!(matches!(twice, Refusal::NotOpen { .. }));
    assert!(scene.does(&officer(), end(7)).is_err());
}

#[test]
fn whoever_gets_the_whole_file_has_no_part_in_it() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "仓库在该区".into(),
    };
    scene.does(&officer_of("420100"), designate).unwrap();
    assert!(matches!(part(&scene).state, PartState::Ended { .. }));
}

#[test]
fn a_part_that_is_late_is_noted_once() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    let note = || Command::NotePartOverdue { part: 1 };
    let early = scene.does(&Actor::Platform, note()).unwrap_err();
    assert!(matches!(early, Refusal::NotExpired { .. }));
    // Until then the complaint's own clock may remind; the part's day ends with 25 May.
    scene.now = "2026-05-25T16:00:00Z".parse().unwrap();
    while let Some(due) = File::due(&scene.case, scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    assert!(part(&scene).overdue);
    assert!(scene.does(&Actor::Platform, note()).is_err());
    let before = scene.now.checked_sub(1.seconds()).unwrap();
    let next = scene.case.next_deadline();
    assert!(next.is_none_or(|at| at > before), "it is not due again");
}

#[test]
fn a_file_that_is_over_waits_for_no_part() {
    let mut scene = registered();
    scene.does(&officer(), invite("420111")).unwrap();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "无权处理".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let late = scene.does(&neighbour(), answer(1, true, "")).unwrap_err();
    assert!(matches!(late, Refusal::WrongPhase { .. }));
    scene.now = "2026-06-30T00:00:00Z".parse().unwrap();
    while let Some(due) = File::due(&scene.case, scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    assert!(!part(&scene).overdue);
}
