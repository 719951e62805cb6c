use rstest::rstest;

use super::scene::{Scene, agent, consumer, offer, officer, officer_of};
use crate::case::Refusal;
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::Content;
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
        to,
        means: Means::Sms,
        note: None,
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
