//! What parties say by telephone, by letter or at the window, recorded by an officer.

use jiff::civil::date;

use super::scene::{Scene, agent, consumer, filing, offer, officer, officer_of};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::intake::{Channel, Intake};
use crate::case::mediation::{Ending, Means};
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::refusal::{Invalid, Refusal};
use crate::case::word::Word;

fn heard(side: Side, word: Word) -> Command {
    Command::RecordWord {
        side,
        means: Means::InPerson,
        herself: false,
        word: Box::new(word),
    }
}

/// A caller's complaint against a shop, neither of whom has an account, in mediation.
fn mediated() -> Scene {
    let called = Intake {
        channel: Channel::Hotline,
        caller: Some("13800138000".parse().unwrap()),
        ..Intake::default()
    };
    let mut filing = filing();
    filing.respondent.organisation = None;
    let mut scene = Scene::direct_with(officer(), called, filing, None).unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    for side in [Side::Consumer, Side::Respondent] {
        let agrees = Command::AnswerMediation {
            side,
            agrees: true,
            delegation: false,
            means: Means::Phone,
        };
        scene.does(&officer(), agrees).unwrap();
    }
    scene.does(&officer(), offer(12_900)).unwrap();
    scene
}

#[test]
fn two_without_accounts_agree_on_paper_and_it_is_performed_and_confirmed() {
    let mut scene = mediated();
    let yes = || Word::AcceptOffer { offer: 1 };
    let first = scene.does(&officer(), heard(Side::Consumer, yes()));
    assert_eq!(first.unwrap(), ["word_recorded", "offer_accepted"]);
    let twice = scene.does(&officer(), heard(Side::Consumer, yes()));
    assert_eq!(twice.unwrap_err(), Refusal::OwnOffer);
    scene
        .does(&officer(), heard(Side::Respondent, yes()))
        .unwrap();
    let ending = scene.case.mediation().unwrap().ending.clone();
    assert_eq!(ending, Some(Ending::Agreed));
    assert_eq!(scene.case.phase, Phase::Settled);
    let performed = Word::RecordPerformance {
        performed_on: date(2026, 5, 18),
    };
    scene
        .does(&officer(), heard(Side::Respondent, performed))
        .unwrap();
    let solved = Word::Confirm {
        confirmation: Confirmation::Solved,
    };
    scene
        .does(&officer(), heard(Side::Consumer, solved))
        .unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Solved));
}

#[test]
fn she_withdraws_by_telephone_as_she_would_here() {
    let mut scene = mediated();
    scene
        .does(&officer(), heard(Side::Consumer, Word::Withdraw))
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Terminated);
    let told = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), told).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Withdrawn));
}

#[test]
fn a_word_is_of_the_side_whose_it_can_be_and_heard_by_who_handles_the_file() {
    let mut scene = mediated();
    let withdraw = |side| heard(side, Word::Withdraw);
    let theirs = scene.does(&officer(), withdraw(Side::Respondent));
    assert!(matches!(theirs, Err(Refusal::NotAllowed { .. })));
    let nobodys = scene.does(&officer(), withdraw(Side::Mediator));
    assert!(matches!(nobodys, Err(Refusal::Invalid { .. })));
    for other in [officer_of("420100"), consumer(), agent()] {
        assert!(scene.does(&other, withdraw(Side::Consumer)).is_err());
    }
    let empty = Word::RequestRecusal {
        mediator: Some("周敏".into()),
        reason: String::new(),
    };
    let empty = scene.does(&officer(), heard(Side::Consumer, empty));
    assert!(matches!(empty, Err(Refusal::Invalid { field, .. }) if field == "/word/reason"));
    let here = Command::RecordWord {
        side: Side::Consumer,
        means: Means::Platform,
        herself: false,
        word: Box::new(Word::Withdraw),
    };
    let here = scene.does(&officer(), here);
    assert!(matches!(here, Err(Refusal::Invalid { .. })));
}

#[test]
fn the_ledger_says_that_the_word_was_heard_and_how() {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
        .does(&officer(), heard(Side::Consumer, Word::Withdraw))
        .unwrap();
    let word = scene
        .ledger
        .iter()
        .find(|it| matches!(it.event, Event::WordRecorded { .. }));
    let word = word.unwrap();
    assert_eq!(word.by, officer());
    assert_eq!(
        word.event,
        Event::WordRecorded {
            side: Side::Consumer,
            means: Means::InPerson,
            herself: false
        }
    );
}

/// It is agreed in the mediation, and said to be performed.
fn performed() -> Scene {
    let mut scene = mediated();
    for side in [Side::Consumer, Side::Respondent] {
        let yes = Word::AcceptOffer { offer: 1 };
        scene.does(&officer(), heard(side, yes)).unwrap();
    }
    let performed_on = date(2026, 5, 18);
    let done = Word::RecordPerformance { performed_on };
    scene
        .does(&officer(), heard(Side::Respondent, done))
        .unwrap();
    scene
}

fn confirms(scene: &mut Scene, confirmation: Confirmation) -> Vec<&'static str> {
    let word = heard(Side::Consumer, Word::Confirm { confirmation });
    scene.does(&officer(), word).unwrap()
}

fn reopens() -> Command {
    let reason = "退款没有到账".to_owned();
    heard(Side::Consumer, Word::Reopen { reason })
}

#[test]
fn what_was_agreed_before_an_authority_and_not_kept_ends_the_file() {
    let mut scene = performed();
    assert_eq!(
        confirms(&mut scene, Confirmation::NotSolved),
        [
            "word_recorded",
            "outcome_confirmed",
            "clock_met",
            "case_closed"
        ]
    );
    assert_eq!(scene.case.closing, Some(Closing::NotSolved));
    assert!(scene.case.authority_due().is_none());
    assert!(scene.case.over_on().is_some());
    let visit = Command::RecordVisit {
        means: Means::Phone,
        satisfaction: None,
        note: "无人接听".into(),
    };
    scene.does(&officer(), visit).unwrap();
    let again = scene.does(&officer(), reopens());
    assert!(matches!(again, Err(Refusal::WrongPhase { .. })));
}

#[test]
fn who_says_later_that_it_is_not_solved_after_all_is_heard() {
    let mut scene = performed();
    confirms(&mut scene, Confirmation::Solved);
    let mut later = scene.days_later(10);
    later.does(&officer(), reopens()).unwrap();
    assert_eq!(later.case.phase, Phase::Closed);
    assert_eq!(later.case.closing, Some(Closing::NotSolved));
    assert_eq!(later.case.confirmation, Some(Confirmation::NotSolved));
}

#[test]
fn the_claim_is_changed_by_telephone_until_the_mediation_has_ended() {
    let mut scene = mediated();
    let mut claim = scene.case.filing.claim.clone();
    claim.reason = "只要求换货".into();
    let changes = |claim| heard(Side::Consumer, Word::ReviseClaim { claim });
    scene.does(&officer(), changes(claim.clone())).unwrap();
    assert_eq!(scene.case.filing.claim, claim);
    let same = scene.does(&officer(), changes(claim.clone())).unwrap_err();
    assert_eq!(same, Refusal::invalid("/word/claim", Invalid::Unchanged));
    claim.reason = String::new();
    let empty = scene.does(&officer(), changes(claim.clone()));
    assert!(matches!(empty, Err(Refusal::Invalid { field, .. }) if field == "/word/claim/reason"));
    claim.reason = "还是要求退货".into();
    let mut over = performed();
    let late = over.does(&officer(), changes(claim));
    assert!(matches!(late, Err(Refusal::WrongPhase { .. })));
}
