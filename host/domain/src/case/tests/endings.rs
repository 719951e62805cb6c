//! How a mediation ends, and what each ground rests on (Order 121 art. 23).

use jiff::civil::date;
use rstest::rstest;

use super::mediation::{accepted, answer, consented, needs, refuses, terminate};
use super::scene::{Scene, agent, consumer, offer, officer};
use crate::case::actor::{Actor, Side};
use crate::case::command::Command;
use crate::case::complaint::GroundFinding;
use crate::case::mediation::{Ending, Means, Mode};
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::visit::Satisfaction;
use crate::case::word::Word;
use crate::law_table::samples::visit;

/// What a ground rests on, in a mediation to which both sides agreed.
fn bear_out(scene: &mut Scene, ground: &str) {
    match ground {
        "absent-or-refusing" => {
            scene.does(&agent(), refuses()).unwrap();
        }
        "no-deal" => {
            scene.does(&officer(), offer(100)).unwrap();
        }
        "refusal-ground-found" => {
            scene.does(&officer(), finds(true)).unwrap();
        }
        _ => {}
    }
}

fn finds(applies: bool) -> Command {
    finds_of("no-living-needs", applies)
}

fn finds_of(ground: &str, applies: bool) -> Command {
    Command::WeighGround {
        ground: ground.into(),
        finding: GroundFinding {
            applies: Some(applies),
            reason: "购买数量明显超出合理需要".into(),
            speaks_for: Vec::new(),
            speaks_against: Vec::new(),
        },
    }
}

#[test]
fn what_came_before_a_visit_had_it_mediated_once_more_bears_no_second_end_out() {
    let mut scene = consented();
    scene.does(&agent(), refuses()).unwrap();
    scene
        .does(&officer(), terminate("absent-or-refusing"))
        .unwrap();
    let means = Means::Sms;
    let mut revoked = scene.clone().days_later(1);
    let reason = "适用条款有误".to_owned();
    revoked
        .does(&officer(), Command::RevokeDecision { reason })
        .unwrap();
    revoked
        .does(&officer(), terminate("absent-or-refusing"))
        .unwrap();
    scene
        .does(&officer(), Command::NotifyTermination { means })
        .unwrap();
    let mut scene = scene.days_later(1);
    scene
        .does(&officer(), visit(Some(Satisfaction::Unsatisfied)))
        .unwrap();
    needs(
        scene.does(&officer(), terminate("absent-or-refusing")),
        "refusal-or-absence",
    );
    let redone = &scene.case.complaint.as_ref().unwrap().redone;
    assert_eq!(redone.len(), 1);
    assert_eq!(redone[0].ground.as_deref(), Some("absent-or-refusing"));
    scene.does(&agent(), refuses()).unwrap();
    scene
        .does(&officer(), terminate("absent-or-refusing"))
        .unwrap();
}

/// Order 20 art. 21(3): the respondent's refusal; Order 121 art. 23(2): either side's.
#[test]
fn whose_refusal_ends_a_mediation_the_version_says() {
    for (version, is_ended) in [
        ("cn-procedure-2026-04-15", true),
        ("cn-procedure-2024-07-01", false),
        ("cn-procedure-2020-01-01", false),
    ] {
        let mut scene = Scene::filed();
        scene.escalates();
        let complaint = scene.case.complaint.as_mut().unwrap();
        complaint.procedure = version.to_owned();
        scene.does(&officer(), Command::AcceptComplaint).unwrap();
        let no = answer(Side::Consumer, false, Means::Platform);
        scene.does(&consumer(), no).unwrap();
        let ended = scene.does(&officer(), terminate("absent-or-refusing"));
        assert_eq!(ended.is_ok(), is_ended, "{version}: {ended:?}");
    }
}

#[test]
fn what_the_two_settled_between_themselves_is_the_complainants_word() {
    let mut scene = consented();
    needs(
        scene.does(&officer(), terminate("withdrawn-or-settled")),
        "word-of-hers",
    );
    let tells = || Command::SettleElsewhere {
        note: "商家已退款100元".into(),
    };
    assert!(scene.does(&agent(), tells()).is_err());
    assert!(scene.does(&officer(), tells()).is_err());
    let mut told = scene.clone();
    told.does(&consumer(), tells()).unwrap();
    let by_word = Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(Word::SettleElsewhere {
            note: "商家已退款100元".into(),
        }),
    };
    scene.does(&officer(), by_word).unwrap();
    for mut scene in [scene, told] {
        assert_eq!(scene.case.phase, Phase::Terminated);
        let complaint = scene.case.complaint.as_ref().unwrap();
        assert_eq!(complaint.ground(), Some("withdrawn-or-settled"));
        let means = Means::Letter;
        scene
            .does(&officer(), Command::NotifyTermination { means })
            .unwrap();
        assert_eq!(scene.case.closing, Some(Closing::Terminated));
    }
}

#[test]
fn a_ground_stands_on_what_is_in_the_file() {
    let mut scene = accepted();
    let testing = "no-agreement-on-testing-cost";
    for (ground, what) in [
        ("absent-or-refusing", "refusal-or-absence"),
        ("no-deal", "mediation-held"),
        (testing, "both-consents"),
        ("refusal-ground-found", "ground-found"),
    ] {
        needs(scene.does(&officer(), terminate(ground)), what);
    }
    // Terms that one side names before the other agreed to mediate are no mediation.
    scene.does(&agent(), offer(100)).unwrap();
    needs(
        scene.does(&officer(), terminate("no-deal")),
        "mediation-held",
    );
    let refusal = "refusal-ground-found";
    scene.does(&officer(), finds(false)).unwrap();
    needs(scene.does(&officer(), terminate(refusal)), "ground-found");
    // Nor is what was named before both had agreed.
    let both = [Side::Consumer, Side::Respondent];
    let mut scene = scene.days_later(1);
    for side in both {
        scene
            .does(&officer(), answer(side, true, Means::Phone))
            .unwrap();
    }
    needs(
        scene.does(&officer(), terminate("no-deal")),
        "mediation-held",
    );
    let mut held = consented();
    let before = held.case.milestones.decided.unwrap();
    let set = |at| Command::ScheduleMediation {
        mode: Mode::Phone,
        at,
        place: None,
        mediator: "吴昊".into(),
    };
    let early = held.does(&officer(), set(before));
    assert!(matches!(early, Err(Refusal::Invalid { field, .. }) if field == "/at"));
    let mut held = held.days_later(1);
    let now = held.now;
    held.does(&officer(), set(now)).unwrap();
    let recorded = |session, absent| Command::RecordSession {
        session,
        absent,
        note: "电话调解".into(),
    };
    // Who was not asked in advance is not absent.
    let away = recorded(1, vec![Side::Respondent]);
    needs(held.clone().does(&officer(), away), "announced-session");
    let mut absent = held.clone();
    let tomorrow = held.clone().days_later(1).now;
    absent.does(&officer(), set(tomorrow)).unwrap();
    let mut absent = absent.days_later(2);
    absent
        .does(&officer(), recorded(2, vec![Side::Respondent]))
        .unwrap();
    needs(
        absent.does(&officer(), terminate("no-deal")),
        "mediation-held",
    );
    // A later session whose time has come is recorded first.
    let later = absent.clone().days_later(1).now;
    let mut unrecorded = absent.clone();
    unrecorded.does(&officer(), set(later)).unwrap();
    let mut unrecorded = unrecorded.days_later(2);
    needs(
        unrecorded.does(&officer(), terminate("absent-or-refusing")),
        "refusal-or-absence",
    );
    let mut came_round = absent.clone();
    came_round
        .does(&officer(), answer(Side::Respondent, true, Means::Phone))
        .unwrap();
    needs(
        came_round.does(&officer(), terminate("absent-or-refusing")),
        "refusal-or-absence",
    );
    absent
        .does(&officer(), terminate("absent-or-refusing"))
        .unwrap();
    held.does(&officer(), recorded(1, Vec::new())).unwrap();
    needs(
        held.does(&officer(), terminate("absent-or-refusing")),
        "refusal-or-absence",
    );
    held.does(&officer(), terminate("no-deal")).unwrap();
}

#[rstest]
#[case("absent-or-refusing")]
#[case("no-deal")]
#[case("no-agreement-on-testing-cost")]
#[case("refusal-ground-found")]
#[case("death-or-loss-of-status")]
#[case("other-statutory")]
fn an_officer_terminates_on_a_ground_of_article_23_and_tells_both(#[case] ground: &str) {
    let mut scene = consented();
    bear_out(&mut scene, ground);
    let events = scene.does(&officer(), terminate(ground)).unwrap();
    assert_eq!(
        events,
        ["mediation_terminated", "clock_met", "clock_started"]
    );
    assert_eq!(scene.case.phase, Phase::Terminated);
    let notice = scene.case.running_clock("termination-notice").unwrap();
    assert_eq!(notice.reading.ends_on(), Some(date(2026, 5, 27)));
    let notify = Command::NotifyTermination {
        means: Means::Letter,
    };
    scene.does(&officer(), notify).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Terminated));
    assert!(scene.case.clocks.iter().all(|clock| !clock.is_running()));
}

#[test]
fn time_alone_gives_the_ground_of_time() {
    let mut scene = consented();
    assert!(matches!(
        scene.does(&officer(), terminate("time-limit")),
        Err(Refusal::NotExpired { .. })
    ));
    assert!(matches!(
        scene.does(&officer(), terminate("tired")),
        Err(Refusal::NoSuchGround { .. })
    ));
    let clock = scene.case.running_clock("mediation").unwrap().seq;
    let mut scene = scene.days_later(64);
    scene
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    let ending = scene.case.mediation().unwrap().ending.clone();
    assert!(matches!(ending, Some(Ending::Terminated { ground, .. }) if ground == "time-limit"));
    assert_eq!(scene.case.phase, Phase::Terminated);
}

#[test]
fn an_absence_before_a_visit_bears_no_second_end_out() {
    let mut scene = consented();
    let set = Command::ScheduleMediation {
        mode: Mode::Phone,
        at: scene.clone().days_later(1).now,
        place: None,
        mediator: "吴昊".into(),
    };
    scene.does(&officer(), set).unwrap();
    let mut scene = scene.days_later(2);
    let away = Command::RecordSession {
        session: 1,
        absent: vec![Side::Respondent],
        note: "未到".into(),
    };
    scene.does(&officer(), away).unwrap();
    let ground = "absent-or-refusing";
    scene.does(&officer(), terminate(ground)).unwrap();
    let means = Means::Sms;
    scene
        .does(&officer(), Command::NotifyTermination { means })
        .unwrap();
    let mut scene = scene.days_later(1);
    scene
        .does(&officer(), visit(Some(Satisfaction::Unsatisfied)))
        .unwrap();
    needs(
        scene.does(&officer(), terminate(ground)),
        "refusal-or-absence",
    );
}

#[test]
fn fraud_that_shows_in_a_mediation_ends_it_and_refuses_nothing() {
    let mut scene = Scene::filed();
    scene.escalates();
    let fraud = || finds_of("fraud", true);
    let refuse = Command::RefuseComplaint {
        ground: "fraud".into(),
        reason: "掉包".into(),
    };
    for early in [fraud(), refuse] {
        let refused = scene.does(&officer(), early);
        assert!(
            matches!(refused, Err(Refusal::NoSuchGround { .. })),
            "{refused:?}"
        );
    }
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let ends = || terminate("refusal-ground-found");
    needs(scene.does(&officer(), ends()), "ground-found");
    scene.does(&officer(), fraud()).unwrap();
    scene.does(&officer(), ends()).unwrap();
    assert_eq!(scene.case.phase, Phase::Terminated);
}
