//! What an authority puts right: what was taken down wrongly, and its own decisions.

use jiff::civil::date;

use super::scene::{
    Scene, agent, consumer, neighbours, offer, officer, officer_as, officer_of, represented,
};
use super::supervision::days_pass;
use crate::case::Actor;
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::correction::{
    ComplainantCorrection, Correction, OperatorCorrection, PersonCorrection,
};
use crate::case::document::Delivery;
use crate::case::identity::Person;
use crate::case::intake::{Channel, Intake};
use crate::case::mediation::Means;
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::Representation;
use crate::case::visit::Satisfaction;
use crate::case::word::Word;
use crate::indicators::CaseFacts;
use crate::law_table::samples::{identity_check, renamed};
use crate::law_table::walk::issue;
use crate::officers::OfficerRole;

fn why() -> String {
    "登记有误".to_owned()
}

fn corrects(correction: Correction) -> Command {
    Command::CorrectFiling {
        correction: Box::new(correction),
        reason: why(),
    }
}

fn her_name(name: &str) -> Correction {
    let consumer = PersonCorrection {
        name: Some(name.to_owned()),
        ..PersonCorrection::default()
    };
    Correction {
        consumer: Some(consumer),
        ..Correction::default()
    }
}

fn escalated() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

#[test]
fn names_are_put_right_by_the_unit_that_has_the_file_and_nothing_else_changes() {
    let mut scene = escalated();
    let before = scene.case.filing.clone();
    for stranger in [
        consumer(),
        agent(),
        officer_of("420100"),
        officer_of("420111"),
    ] {
        assert!(scene.does(&stranger, corrects(her_name("王晓明"))).is_err());
    }
    let intake = officer_as("420106", OfficerRole::Intake);
    scene.does(&intake, corrects(her_name("王晓明"))).unwrap();
    scene
        .does(&officer(), corrects(renamed("江汉百货有限公司")))
        .unwrap();
    let corrected = &scene.case.complaint.as_ref().unwrap().corrected;
    let replaced: Vec<&Correction> = corrected.iter().map(|it| &it.before).collect();
    assert_eq!(replaced, [&her_name("王小明"), &renamed("江汉百货")]);
    let mut expected = before;
    expected.consumer.name = "王晓明".into();
    expected.respondent.name = "江汉百货有限公司".into();
    assert_eq!(scene.case.filing, expected);
}

fn another(person: u32, name: &str) -> ComplainantCorrection {
    ComplainantCorrection {
        person,
        name: Some(name.to_owned()),
        phone: None,
        address: None,
    }
}

fn of_others(others: Vec<ComplainantCorrection>) -> Command {
    corrects(Correction {
        others,
        ..Correction::default()
    })
}

#[test]
fn who_complains_beside_her_is_put_right_by_number_and_checked_anew() {
    let joint = Representation {
        agent: None,
        joint: Some(neighbours(&[1])),
    };
    let mut scene = Scene::filed_with(represented(joint)).unwrap();
    scene.escalates();
    for person in [1, 2, 3] {
        let check = identity_check(Person::Complainant { person }, true);
        let checks = Command::CheckIdentity { check };
        scene.does(&officer(), checks).unwrap();
    }
    scene
        .does(&officer(), of_others(vec![another(3, "章强")]))
        .unwrap();
    let others = &scene.case.joint().unwrap().others;
    let names: Vec<&str> = others.iter().map(|it| it.name.as_str()).collect();
    assert_eq!(names, ["李芳", "章强"]);
    let checked = |person| scene.case.identity(Person::Complainant { person });
    assert!(checked(1).is_some() && checked(2).is_some() && checked(3).is_none());
    let corrected = &scene.case.complaint.as_ref().unwrap().corrected;
    assert_eq!(corrected[0].before.others, [another(3, "张强")]);
    for (others, field) in [
        (vec![another(1, "王")], "/others/0/person"),
        (vec![another(4, "王")], "/others/0/person"),
        (vec![another(2, "")], "/others/0/name"),
        (vec![another(2, "李"), another(2, "黎")], "/others/1/person"),
    ] {
        let refused = scene.does(&officer(), of_others(others)).unwrap_err();
        assert!(
            matches!(&refused, Refusal::Invalid { field: found, .. } if found == field),
            "{refused}"
        );
    }
    let mut alone = escalated();
    assert!(
        alone
            .does(&officer(), of_others(vec![another(2, "王")]))
            .is_err()
    );
}

#[test]
fn a_correction_changes_something_and_is_as_well_formed_as_what_it_replaces() {
    let mut scene = escalated();
    let same = scene.case.filing.consumer.name.clone();
    for nothing in [Correction::default(), her_name(&same)] {
        let refused = scene.does(&officer(), corrects(nothing)).unwrap_err();
        assert_eq!(refused, Refusal::invalid("", Invalid::Unchanged));
    }
    let empty = scene.does(&officer(), corrects(her_name("")));
    assert!(matches!(empty, Err(Refusal::Invalid { field, .. }) if field == "/consumer/name"));
    let long = renamed(&"店".repeat(101));
    let long = scene.does(&officer(), corrects(long));
    assert!(matches!(long, Err(Refusal::Invalid { field, .. }) if field == "/respondent/name"));
}

fn revokes() -> Command {
    Command::RevokeDecision { reason: why() }
}

fn refused() -> Scene {
    let mut scene = escalated();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: why(),
    };
    scene.does(&officer(), refuse).unwrap();
    scene
}

#[test]
fn a_refusal_is_taken_back_by_the_head_or_one_above_and_decided_anew() {
    for head in ["420106", "420100", "420000"] {
        let mut scene = refused();
        scene.does(&officer_of(head), revokes()).unwrap();
        assert_eq!(scene.case.phase, Phase::Registered);
        assert!(scene.case.running_clock("redo").is_some());
        scene.does(&officer(), Command::AcceptComplaint).unwrap();
        assert_eq!(scene.case.phase, Phase::Accepted);
    }
    let mut scene = refused();
    let handler = officer_as("420106", OfficerRole::Handler);
    let by_handler = scene.does(&handler, revokes());
    assert!(matches!(by_handler, Err(Refusal::OtherRole { .. })));
    assert!(scene.does(&officer_of("420111"), revokes()).is_err());
}

fn terminated_by(actor: &Actor, command: Command) -> Scene {
    let mut scene = escalated();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene.does(actor, command).unwrap();
    scene
}

#[test]
fn a_termination_is_taken_back_and_what_she_withdrew_or_time_ended_is_not() {
    let terminates = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: why(),
    };
    let mut scene = terminated_by(&officer(), terminates.clone());
    let notify = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), notify).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Terminated));
    let clock = |scene: &Scene| scene.case.running_clock("mediation").cloned();
    let mut later = scene.days_later(20);
    later.does(&officer(), revokes()).unwrap();
    assert_eq!(
        (later.case.phase, later.case.closing),
        (Phase::Accepted, None)
    );
    // Sixty days from the day of acceptance, whatever happened since.
    let rest = clock(&later).unwrap();
    assert_eq!(rest.reading.ends_on(), Some(date(2026, 7, 17)));
    assert!(later.case.running_clock("redo").is_none());

    let mut long_ago = terminated_by(&officer(), terminates).days_later(61);
    assert!(matches!(
        long_ago.does(&officer(), revokes()),
        Err(Refusal::Needs {
            what: "days-of-mediation"
        })
    ));

    let mut hers = terminated_by(&consumer(), Command::Withdraw);
    assert!(matches!(
        hers.does(&officer(), revokes()),
        Err(Refusal::WrongPhase { .. })
    ));

    let mut scene = escalated();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let clock = scene.case.running_clock("mediation").unwrap().seq;
    let mut late = scene.days_later(61);
    late.does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    assert_eq!(late.case.phase, Phase::Terminated);
    assert!(late.does(&officer(), revokes()).is_err());
}

#[test]
fn what_was_revoked_is_still_reopened_once_by_a_visit() {
    let mut scene = refused();
    scene.does(&officer(), revokes()).unwrap();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: why(),
    };
    scene.does(&officer(), refuse).unwrap();
    let visit = Command::RecordVisit {
        means: Means::Phone,
        satisfaction: Some(Satisfaction::Unsatisfied),
        note: why(),
    };
    scene.does(&officer(), visit).unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
}

#[test]
fn a_withdrawal_is_revoked_where_an_officer_recorded_it_and_hers_is_not() {
    let withdraws = || Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(Word::Withdraw),
    };
    let mut heard = escalated();
    heard.does(&officer(), withdraws()).unwrap();
    assert_eq!(heard.case.closing, Some(Closing::Withdrawn));
    heard.does(&officer(), revokes()).unwrap();
    assert_eq!(heard.case.phase, Phase::Registered);

    let mut hers = escalated();
    hers.does(&consumer(), Command::Withdraw).unwrap();
    assert!(hers.does(&officer(), revokes()).is_err());

    let mut settled = escalated();
    settled.does(&officer(), Command::AcceptComplaint).unwrap();
    settled.does(&agent(), offer(100)).unwrap();
    let accepts = Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(Word::AcceptOffer { offer: 1 }),
    };
    settled.does(&officer(), accepts).unwrap();
    settled.does(&consumer(), Command::Withdraw).unwrap();
    let refused = settled.does(&officer(), revokes());
    assert!(refused.is_err(), "what they agreed on is theirs");
}

#[test]
fn another_name_is_another_identity_and_an_account_stays_whose_it_is() {
    let mut scene = escalated();
    let check = identity_check(Person::Complainant { person: 1 }, true);
    let checks = Command::CheckIdentity { check };
    scene.does(&officer(), checks).unwrap();
    scene
        .does(&officer(), corrects(renamed("江汉百货公司")))
        .unwrap();
    assert!(scene.case.identity_token().is_some());
    scene
        .does(&officer(), corrects(her_name("王晓明")))
        .unwrap();
    assert!(scene.case.identity_token().is_none());

    let code = OperatorCorrection {
        credit_code: Some("91350100M000100Y43".parse().unwrap()),
        ..OperatorCorrection::default()
    };
    let other = Correction {
        respondent: Some(code),
        ..Correction::default()
    };
    let other = scene.does(&officer(), corrects(other));
    assert!(
        matches!(other, Err(Refusal::Invalid { field, .. }) if field == "/respondent/credit_code")
    );
}

#[test]
fn a_paper_of_a_decision_that_was_revoked_tells_nobody_of_the_next() {
    let called = Intake {
        channel: Channel::Window,
        ..Intake::default()
    };
    let mut scene = Scene::direct(officer(), called).unwrap();
    let refuse = |ground: &str| Command::RefuseComplaint {
        ground: ground.into(),
        reason: why(),
    };
    scene.does(&officer(), refuse("no-power")).unwrap();
    scene.does(&officer(), issue("complaint-refusal")).unwrap();
    let issued_at = scene.now;
    let mut scene = scene.days_later(1);
    scene.does(&officer(), revokes()).unwrap();
    assert!(
        scene.case.running_clock("acceptance").is_some(),
        "nobody was told: her days go on"
    );
    assert!(scene.case.running_clock("redo").is_none());
    scene.does(&officer(), refuse("no-living-needs")).unwrap();
    let served = |document| Command::ServeDocument {
        document,
        delivery: Delivery::now(Side::Consumer, Means::Letter),
    };
    let what = "standing-decision";
    let old = scene.does(&officer(), served(1)).unwrap_err();
    assert_eq!(old, Refusal::Needs { what });
    // That it was brought to her before it was taken back is entered later.
    let mut letter = Delivery::now(Side::Consumer, Means::Letter);
    letter.took_place = Some(issued_at);
    let earlier = Command::ServeDocument {
        document: 1,
        delivery: letter,
    };
    let old = scene.does(&officer(), earlier).unwrap();
    assert_eq!(old, ["document_served"]);
    scene.does(&officer(), issue("complaint-refusal")).unwrap();
    let new = scene.does(&officer(), served(2)).unwrap();
    assert!(new.contains(&"decision_notified"), "{new:?}");
    let revoked = &scene.case.complaint.as_ref().unwrap().revoked[0];
    assert_eq!(revoked.ground.as_deref(), Some("no-power"));
}

#[test]
fn a_refusal_that_nobody_was_told_of_takes_none_of_her_days_however_often_it_is_revoked() {
    let called = Intake {
        channel: Channel::Window,
        ..Intake::default()
    };
    let mut scene = Scene::direct(officer(), called).unwrap();
    let end = |scene: &Scene| {
        let clock = scene.case.running_clock("acceptance").unwrap();
        clock.reading.ends_on()
    };
    let first = end(&scene);
    for _ in 0..3 {
        let refuse = Command::RefuseComplaint {
            ground: "no-power".into(),
            reason: why(),
        };
        scene.does(&officer(), refuse).unwrap();
        scene = days_pass(scene, 2);
        scene.does(&officer(), revokes()).unwrap();
        assert_eq!(end(&scene), first);
    }
    let mut scene = days_pass(scene, 6);
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let facts = CaseFacts::of(&scene.case);
    assert_eq!(facts.acceptance_in_time, Some(false));
}

#[test]
fn what_she_gives_up_after_it_was_not_solved_stays_not_solved() {
    let mut scene = escalated();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene.does(&agent(), offer(100)).unwrap();
    let accepts = Command::AcceptOffer { offer: 1 };
    scene.does(&consumer(), accepts).unwrap();
    let performs = Command::RecordPerformance {
        performed_on: date(2026, 5, 18),
        note: None,
    };
    scene.does(&agent(), performs).unwrap();
    let confirmation = Confirmation::Solved;
    scene
        .does(&consumer(), Command::Confirm { confirmation })
        .unwrap();
    let reason = "又坏了".to_owned();
    scene.does(&consumer(), Command::Reopen { reason }).unwrap();
    assert_eq!(scene.case.phase, Phase::Open);
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::NotSolved));
}

fn phoned(word: Word) -> Command {
    Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(word),
    }
}

#[test]
fn a_withdrawal_that_was_heard_wrongly_leaves_what_was_left_of_the_period() {
    let mut scene = escalated();
    let end = scene
        .case
        .running_clock("acceptance")
        .unwrap()
        .reading
        .ends_on();
    scene.does(&officer(), phoned(Word::Withdraw)).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    let mut scene = scene.days_later(3);
    scene.does(&officer(), revokes()).unwrap();
    assert_eq!(scene.case.phase, Phase::Registered);
    let again = scene.case.running_clock("acceptance").unwrap();
    assert_eq!(again.reading.ends_on(), end);
    assert!(scene.case.running_clock("redo").is_none());
}

#[test]
fn a_termination_in_what_is_handled_once_more_leaves_what_was_left_of_that() {
    let mut scene = escalated();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let terminate = || Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: why(),
    };
    scene.does(&officer(), terminate()).unwrap();
    let means = Means::Sms;
    scene
        .does(&officer(), Command::NotifyTermination { means })
        .unwrap();
    let visit = Command::RecordVisit {
        means: Means::Phone,
        satisfaction: Some(Satisfaction::Unsatisfied),
        note: why(),
    };
    let mut scene = scene.days_later(70);
    scene.does(&officer(), visit).unwrap();
    let end = scene.case.running_clock("redo").unwrap().reading.ends_on();
    scene.does(&officer(), terminate()).unwrap();
    scene.does(&officer(), revokes()).unwrap();
    assert_eq!(
        scene.case.running_clock("redo").unwrap().reading.ends_on(),
        end
    );
    assert!(scene.case.running_clock("mediation").is_none());
    assert!(scene.case.running_clock("decision-notice").is_none());
    // The days of the mediation itself are long over (art. 23(5)).
    let by_time = Command::TerminateMediation {
        ground: "time-limit".into(),
        reason: why(),
    };
    scene.does(&officer(), by_time).unwrap();
    assert_eq!(scene.case.phase, Phase::Terminated);
}
