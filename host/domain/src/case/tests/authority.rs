use jiff::civil::date;

use super::scene::{Scene, consumer, filing, officer, officer_of};
use super::supervision::days_pass;
use crate::case::complaint::EscalationRequest;
use crate::case::mediation::Means;
use crate::case::moves::ReturnReason;
use crate::case::{Actor, AuthorityDue, Command, Intake};
use crate::file::File;

fn registered() -> Scene {
    let mut scene = Scene::filed_with(filing()).unwrap();
    let request = EscalationRequest::default();
    let escalate = Command::Escalate { request };
    scene.does(&consumer(), escalate).unwrap();
    scene
}

fn due(period: &str, day: jiff::civil::Date) -> Option<AuthorityDue> {
    Some(AuthorityDue {
        period: Some(period.to_owned()),
        on: Some(day),
    })
}

fn expire(scene: &mut Scene, period: &str) {
    let clock = scene.case.running_clock(period).unwrap().seq;
    let expire = Command::ExpireClock { clock };
    scene.does(&Actor::Platform, expire).unwrap();
}

#[test]
fn nothing_waits_for_the_authority_before_it_has_the_case() {
    let scene = Scene::filed();
    assert!(scene.case.next_deadline().is_some());
    assert_eq!(scene.case.authority_due(), None);
    assert_eq!(scene.case.over_on(), None, "it is on no list");
}

#[test]
fn the_period_of_the_next_act_counts_and_goes_on_counting_when_it_is_over() {
    let mut scene = registered();
    let acceptance = due("acceptance", date(2026, 5, 27));
    assert_eq!(scene.case.authority_due(), acceptance);
    scene = scene.days_later(12);
    expire(&mut scene, "acceptance");
    assert_eq!(scene.case.authority_due(), acceptance);
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let mediation = scene.case.running_clock("mediation").unwrap();
    let ends = mediation.reading.ends_on().unwrap();
    assert_eq!(scene.case.authority_due(), due("mediation", ends));
}

#[test]
fn a_refused_complaint_waits_for_nobody_at_the_authority() {
    let scene = registered();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "不属于本单位职责".into(),
    };
    assert_eq!(scene.case.over_on(), None);
    let registered = scene.case.complaint.as_ref().unwrap().received_on;
    let mut scene = scene.days_later(3);
    scene.does(&officer(), refuse).unwrap();
    assert_eq!(scene.case.authority_due(), None);
    assert_eq!(scene.case.over_on(), Some(date(2026, 5, 21)));
    assert!(registered < date(2026, 5, 21));
}

#[test]
fn without_the_calendar_the_earliest_day_it_can_end_is_worked_to_and_warned_of() {
    let mut scene = Scene::filed();
    // Late in the last year whose calendar is published: seven working days end
    // in the next.
    scene = scene.days_later(222);
    let request = EscalationRequest::default();
    let escalate = Command::Escalate { request };
    scene.does(&consumer(), escalate).unwrap();
    let waits = scene.case.authority_due().unwrap();
    assert_eq!(waits.period.as_deref(), Some("acceptance"));
    assert_eq!(waits.on, Some(date(2027, 1, 3)));
    let clock = scene.case.running_clock("acceptance").unwrap().clone();
    assert_eq!(clock.expires_at(), None);
    let mut scene = scene.days_later(6);
    assert_eq!(scene.case.due(scene.now), None);
    scene = scene.days_later(1);
    let due = scene.case.due(scene.now);
    assert_eq!(due, Some(Command::RemindClock { clock: clock.seq }));
    scene.does(&Actor::Platform, due.unwrap()).unwrap();
    let told = scene.case.supervisions.last().unwrap();
    assert_eq!(told.cause.period(), Some("acceptance"));
}

/// She has no account, and nobody told her.
#[test]
fn a_notice_that_is_late_is_owed_until_it_is_given_whatever_was_answered() {
    let intake: Intake = serde_json::from_value(serde_json::json!({
        "channel": "hotline", "caller": "13800138000", "register_at": "handling_unit"}))
    .unwrap();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "不属于本单位职责".into(),
    };
    let terminate = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "拒绝调解".into(),
    };
    for (acts, period, tells) in [
        (
            vec![refuse],
            "decision-notice",
            Command::NotifyDecision {
                means: Means::Phone,
            },
        ),
        (
            vec![Command::AcceptComplaint, terminate],
            "termination-notice",
            Command::NotifyTermination {
                means: Means::Phone,
            },
        ),
    ] {
        let mut scene = Scene::direct(officer(), intake.clone()).unwrap();
        for act in acts {
            scene.does(&officer(), act).unwrap();
        }
        let mut scene = days_pass(scene, 15);
        let answer = "尽快告知".to_owned();
        let supervision = scene.case.supervisions.last().unwrap().seq;
        scene
            .does(
                &officer(),
                Command::AnswerSupervision {
                    supervision,
                    answer,
                },
            )
            .unwrap();
        let owed = scene.case.authority_due().unwrap();
        assert_eq!(owed.period.as_deref(), Some(period));
        assert!(owed.on.is_some() && scene.case.over_on().is_none());
        scene.does(&officer(), tells).unwrap();
        let after = scene.case.authority_due();
        assert!(after.is_none_or(|due| due.period.as_deref() != Some(period)));
    }
}

/// Neither end is known, and the notice of the decision can end first (Order 121 art. 15).
#[test]
fn without_the_calendar_what_can_end_first_is_worked_to_first() {
    let intake: Intake = serde_json::from_value(serde_json::json!({
        "channel": "hotline", "caller": "13800138000", "register_at": "handling_unit"}))
    .unwrap();
    let mut scene = Scene::direct(officer(), intake).unwrap();
    let back = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "经营地不在本区".into(),
    };
    scene.does(&officer(), back).unwrap();
    let mut scene = scene.days_later(221);
    let down = Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: "请办理".into(),
        report_by: None,
    };
    scene.does(&officer_of("420100"), down).unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let ends = |period: &str| scene.case.running_clock(period).unwrap().expires_at();
    assert_eq!((ends("decision-notice"), ends("mediation")), (None, None));
    let due = scene.case.authority_due().unwrap();
    assert_eq!(due.period.as_deref(), Some("decision-notice"));
    assert_eq!(due.on, Some(date(2027, 1, 3)));
}
