use jiff::civil::date;

use super::scene::{Scene, handler, head, officer};
use crate::case::{Actor, Command, Refusal};

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
    }
}

#[test]
fn fifteen_more_working_days_with_the_heads_approval() {
    let mut scene = Scene::received().days_later(2);
    scene.does(&handler(), request(1)).unwrap();
    scene.does(&head(), decide(1, true)).unwrap();
    // The first ends on 8 June; nineteen June is a holiday.
    let extended = scene.ends_on("report-verification-extension");
    assert_eq!(extended, Some(date(2026, 6, 30)));
    assert_eq!(scene.ends_on("report-verification"), None);
    let again = scene.does(&handler(), request(2)).unwrap_err();
    assert!(matches!(again, Refusal::NotAllowed { .. }), "only once");
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
    assert_eq!(scene.report.extension, None);
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
