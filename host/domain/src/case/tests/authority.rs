use jiff::civil::date;

use super::scene::{Scene, consumer, filing, officer};
use crate::case::complaint::EscalationRequest;
use crate::case::{Actor, AuthorityDue, Command};
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
fn without_the_calendar_the_period_is_known_and_its_end_is_not() {
    let mut scene = Scene::filed();
    // Late in the last year whose calendar is published: seven working days end
    // in the next.
    scene = scene.days_later(222);
    let request = EscalationRequest::default();
    let escalate = Command::Escalate { request };
    scene.does(&consumer(), escalate).unwrap();
    let waits = scene.case.authority_due().unwrap();
    assert_eq!(waits.period.as_deref(), Some("acceptance"));
    assert_eq!(waits.on, None);
}
