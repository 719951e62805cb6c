use jiff::civil::{Date, date};

use super::scene::{Scene, agent, consumer, offer, plugin, said};
use crate::case::phase::{Closing, Confirmation};
use crate::case::{Actor, Command, Phase, PluginRole, Refusal};
use crate::file::File;

fn settled() -> Scene {
    let mut scene = Scene::filed();
    scene
        .does(&plugin(PluginRole::Resolver), offer(12_900))
        .unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    scene
}

fn done_on(performed_on: Date) -> Command {
    Command::RecordPerformance {
        performed_on,
        note: None,
    }
}

fn performed() -> Scene {
    let mut scene = settled().days_later(1);
    assert_eq!(
        scene.does(&agent(), done_on(date(2026, 5, 19))).unwrap(),
        ["performance_recorded", "clock_met", "clock_started"]
    );
    scene
}

#[test]
fn only_her_own_word_closes_a_case_as_solved() {
    let mut scene = performed();
    let solved = Command::Confirm {
        confirmation: Confirmation::Solved,
    };
    assert!(matches!(
        scene.does(&agent(), solved.clone()),
        Err(Refusal::NotAllowed { .. })
    ));
    let events = scene.does(&consumer(), solved).unwrap();
    assert_eq!(
        events,
        [
            "outcome_confirmed",
            "clock_met",
            "case_closed",
            "clock_started"
        ]
    );
    assert_eq!(scene.case.closing, Some(Closing::Solved));
}

#[test]
fn a_fresh_settlement_is_not_called_unsolved() {
    let mut scene = settled();
    let not = Command::Confirm {
        confirmation: Confirmation::NotSolved,
    };
    let refused = scene.does(&consumer(), not.clone());
    assert!(matches!(refused, Err(Refusal::NotExpired { .. })));
    let clock = scene.case.running_clock("performance").unwrap().seq;
    let mut late = scene.days_later(16);
    let fell_due = late.does(&Actor::Platform, Command::ExpireClock { clock });
    assert_eq!(fell_due.unwrap(), ["clock_expired", "performance_fell_due"]);
    late.does(&consumer(), not).unwrap();
    assert_eq!(late.case.phase, Phase::Open);
}

#[test]
fn silence_closes_nothing_that_was_not_performed() {
    let scene = settled();
    let clock = scene.case.running_clock("performance").unwrap().seq;
    let mut late = scene.days_later(16);
    late.does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    assert_eq!(late.case.next_deadline(), None);
    assert_eq!(late.case.phase, Phase::Settled);
    // Performed after all: her period to confirm begins on that day.
    late.does(&agent(), done_on(date(2026, 6, 3))).unwrap();
    let clock = late.case.running_clock("confirmation").unwrap();
    assert_eq!(clock.reading.ends_on(), Some(date(2026, 6, 18)));
}

#[test]
fn nothing_is_performed_before_it_was_agreed() {
    let mut scene = settled().days_later(1);
    let refused = scene.does(&agent(), done_on(date(2026, 5, 17)));
    assert!(matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "/performed_on"));
}

#[test]
fn what_she_said_of_the_outcome_ends_with_reopening() {
    let mut scene = performed();
    let solved = Command::Confirm {
        confirmation: Confirmation::Solved,
    };
    scene.does(&consumer(), solved).unwrap();
    let reopen = Command::Reopen {
        reason: "又坏了".into(),
    };
    scene.does(&consumer(), reopen).unwrap();
    assert_eq!(scene.case.confirmation, None);
}

#[test]
fn silence_is_recorded_as_silence() {
    let mut scene = performed();
    let clock = scene.case.running_clock("confirmation").unwrap().seq;
    let silence = Command::Confirm {
        confirmation: Confirmation::NoReply,
    };
    assert!(scene.does(&consumer(), silence).is_err());
    let early = scene.does(&Actor::Platform, Command::ExpireClock { clock });
    assert!(matches!(early, Err(Refusal::NotExpired { .. })));
    let mut later = scene.days_later(20);
    later
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    assert_eq!(later.case.confirmation, Some(Confirmation::NoReply));
    assert_eq!(later.case.closing, Some(Closing::NoReply));
}

#[test]
fn not_solved_leaves_her_the_way_to_the_regulator() {
    let mut scene = performed();
    let not = Command::Confirm {
        confirmation: Confirmation::NotSolved,
    };
    scene.does(&consumer(), not).unwrap();
    assert_eq!(scene.case.phase, Phase::Open);
    let escalate = Command::Escalate {
        request: Default::default(),
    };
    assert!(scene.does(&consumer(), escalate).is_ok());
}

#[test]
fn a_closed_case_can_be_reopened_within_its_window() {
    let mut scene = performed();
    let partly = Command::Confirm {
        confirmation: Confirmation::Partly,
    };
    scene.does(&consumer(), partly).unwrap();
    let reopen = Command::Reopen {
        reason: "运费没有退".into(),
    };
    let mut late = Scene {
        ledger: scene.ledger.clone(),
        rules: scene.rules.clone(),
        ..scene
    }
    .days_later(40);
    assert!(matches!(
        late.does(&consumer(), reopen.clone()),
        Err(Refusal::WrongPhase { .. })
    ));
    let mut in_time = late.days_later(-20);
    in_time.does(&consumer(), reopen).unwrap();
    assert_eq!(in_time.case.phase, Phase::Open);
}

#[test]
fn a_withdrawn_case_takes_nothing_more() {
    let mut scene = settled();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Withdrawn));
    let message = Command::PostMessage {
        body: said("还有")
    };
    assert!(matches!(
        scene.does(&consumer(), message),
        Err(Refusal::WrongPhase { .. })
    ));
    assert!(
        scene
            .does(&consumer(), Command::Reopen { reason: "x".into() })
            .is_err()
    );
}

#[test]
fn performance_that_does_not_come_opens_the_way_to_the_regulator() {
    let mut scene = Scene::filed();
    let mut terms = super::scene::terms(500);
    terms.perform_by = Some(date(2026, 5, 22));
    let promise = Command::MakeOffer {
        terms,
        in_reply_to: None,
        expires_at: None,
        note: None,
    };
    scene.does(&agent(), promise).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    let escalate = Command::Escalate {
        request: Default::default(),
    };
    assert!(matches!(
        scene.does(&consumer(), escalate.clone()),
        Err(Refusal::WrongPhase { .. })
    ));
    assert!(
        scene
            .does(&Actor::Platform, Command::NotePerformanceDue)
            .is_err()
    );
    let mut later = scene.days_later(6);
    later
        .does(&Actor::Platform, Command::NotePerformanceDue)
        .unwrap();
    assert!(later.does(&consumer(), escalate).is_ok());
}
