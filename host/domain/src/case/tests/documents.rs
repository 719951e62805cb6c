use rstest::rstest;

use super::scene::{Scene, agent, consumer, offer, officer, officer_of};
use crate::case::Refusal;
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::{Content, Delivery, ServiceOutcome};
use crate::case::mediation::Means;
use crate::identifiers::digest::Digest;

fn issue(form: &str) -> Command {
    Command::IssueDocument {
        form: form.into(),
        number: "鄂武昌市监投受〔2026〕1号".into(),
        content: Content {
            values: Digest::of(b"values"),
            pdf: Digest::of(b"pdf"),
            size: 3,
        },
    }
}

fn serve(document: u32, to: Side) -> Command {
    Command::ServeDocument {
        document,
        delivery: Delivery::now(to, Means::Sms),
    }
}

fn accepted() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene
}

#[rstest]
#[case("dispatch-notice")]
#[case("identity-notice")]
#[case("complaint-refusal")]
#[case("mediation-notice")]
#[case("mediation-termination")]
#[case("mediation-agreement")]
#[case("settlement-agreement")]
#[case("service-record")]
fn nothing_is_told_before_it_happened(#[case] form: &str) {
    let mut scene = accepted();
    let refused = scene.does(&officer(), issue(form));
    assert!(matches!(refused, Err(Refusal::Needs { .. })), "{refused:?}");
}

#[test]
fn the_unit_issues_and_serves_to_whom_it_is_for() {
    let mut scene = accepted();
    for nobody in [consumer(), agent(), officer_of("420111")] {
        assert!(scene.does(&nobody, issue("complaint-acceptance")).is_err());
    }
    scene
        .does(&officer(), issue("complaint-acceptance"))
        .unwrap();
    assert!(scene.does(&officer(), issue("love-letter")).is_err());
    let to_the_other_side = scene.does(&officer(), serve(1, Side::Respondent));
    assert!(matches!(to_the_other_side, Err(Refusal::Invalid { field, .. }) if field == "/to"));
    assert!(matches!(
        scene.does(&officer(), serve(2, Side::Consumer)),
        Err(Refusal::Unknown { .. })
    ));
    scene.does(&officer(), serve(1, Side::Consumer)).unwrap();
    assert_eq!(scene.case.documents[0].services.len(), 1);
    scene.does(&officer(), issue("service-record")).unwrap();
}

#[test]
fn who_sent_a_file_down_issues_the_notice_of_it() {
    let mut scene = Scene::filed();
    scene.escalates();
    let take = Command::TakeUp {
        reason: "重大投诉".into(),
    };
    scene.does(&officer_of("420100"), take).unwrap();
    let down = Command::Dispatch {
        to: "420111".parse().unwrap(),
        note: "请办理".into(),
        report_by: None,
    };
    scene.does(&officer_of("420100"), down).unwrap();
    for other in ["420111", "420000"] {
        let not_theirs = scene.does(&officer_of(other), issue("dispatch-notice"));
        let needs = Refusal::Needs {
            what: "unit-that-sent",
        };
        assert_eq!(not_theirs, Err(needs), "{other}");
    }
    scene
        .does(&officer_of("420100"), issue("dispatch-notice"))
        .unwrap();
    let issued = &scene.case.documents[0];
    assert_eq!(issued.unit, Some("420100".parse().unwrap()));
    let not_theirs = scene.does(&officer_of("420100"), issue("complaint-registration"));
    assert!(matches!(not_theirs, Err(Refusal::NotAllowed { .. })));
}

#[test]
fn what_was_settled_between_the_parties_the_consumer_has_drawn_up() {
    let mut scene = Scene::filed();
    let draw = || issue("settlement-agreement");
    let early = scene.does(&consumer(), draw());
    assert!(matches!(early, Err(Refusal::Needs { .. })), "{early:?}");
    scene.does(&agent(), offer(12_900)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    for other in [agent(), officer()] {
        assert!(scene.does(&other, draw()).is_err());
    }
    assert!(scene.does(&consumer(), issue("dossier-cover")).is_err());
    scene.does(&consumer(), draw()).unwrap();
    assert_eq!(scene.case.documents[0].unit, None);
}

#[test]
fn what_did_not_reach_her_or_was_refused_is_recorded_with_its_day() {
    let mut scene = accepted();
    scene
        .does(&officer(), issue("complaint-acceptance"))
        .unwrap();
    let served = |outcome, took_place: &str| Command::ServeDocument {
        document: 1,
        delivery: Delivery {
            outcome,
            took_place: Some(took_place.parse().unwrap()),
            ..Delivery::now(Side::Consumer, Means::Letter)
        },
    };
    for moment in ["2026-05-17T15:59:59Z", "2026-05-19T00:00:00Z"] {
        let fault = scene.does(&officer(), served(ServiceOutcome::Delivered, moment));
        let fault = fault.unwrap_err();
        assert!(matches!(fault, Refusal::Invalid { field, .. } if field == "/took_place"));
    }
    let moment = scene.now.to_string();
    for outcome in [ServiceOutcome::Unreachable, ServiceOutcome::Refused] {
        scene.does(&officer(), served(outcome, &moment)).unwrap();
    }
    let services = scene.case.documents[0].services.iter();
    let outcomes: Vec<ServiceOutcome> = services.map(|it| it.outcome).collect();
    assert_eq!(
        outcomes,
        [ServiceOutcome::Unreachable, ServiceOutcome::Refused]
    );
}
