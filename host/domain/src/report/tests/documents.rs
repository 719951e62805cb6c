use rstest::rstest;

use super::scene::{Scene, filing, handler, issue, officer, reporter};
use crate::case::actor::Side;
use crate::case::document::{Delivery, ServiceOutcome};
use crate::case::mediation::Means;
use crate::case::{Actor, Command, Event, Refusal};
use crate::report::Reporter;

fn serve(document: u32, to: Side) -> Command {
    Command::ServeDocument {
        document,
        delivery: Delivery::now(to, Means::Letter),
    }
}

fn read_for(document: u32) -> Command {
    Command::ReadIdentity {
        reason: "邮寄告知书".into(),
        document: Some(document),
    }
}

#[rstest]
#[case("dispatch-notice")]
#[case("report-result-notice")]
#[case("service-record")]
fn nothing_is_told_before_it_happened(#[case] form: &str) {
    let mut scene = Scene::received();
    let refused = scene.does(&handler(), issue(form));
    assert!(matches!(refused, Err(Refusal::Needs { .. })), "{refused:?}");
}

#[test]
fn the_unit_issues_what_a_report_knows_and_serves_it_on_the_reporter() {
    let mut scene = Scene::received();
    for nobody in [reporter(), officer("n-1", "420111")] {
        let refused = scene.does(&nobody, issue("report-registration"));
        assert!(refused.is_err(), "{nobody:?}");
    }
    let other_kind = scene.does(&handler(), issue("complaint-registration"));
    assert!(matches!(other_kind, Err(Refusal::Invalid { field, .. }) if field == "/form"));
    scene
        .does(&handler(), issue("report-registration"))
        .unwrap();
    let to_the_reported = scene.does(&handler(), serve(1, Side::Respondent));
    assert!(matches!(to_the_reported, Err(Refusal::Invalid { field, .. }) if field == "/to"));
    scene.does(&handler(), serve(1, Side::Consumer)).unwrap();
    scene.does(&handler(), issue("service-record")).unwrap();
    assert_eq!(scene.report.documents.len(), 2);
}

#[test]
fn who_gave_no_name_gets_no_notice_of_the_result() {
    let by = Actor::Reporter { token: None };
    let mut scene = Scene::of(Reporter::Anonymous, &by, filing()).unwrap();
    scene.verifies(false);
    let refused = scene.does(&handler(), issue("report-result-notice"));
    let needs = Refusal::Needs {
        what: "named-reporter",
    };
    assert_eq!(refused, Err(needs));
    // Nor is she reached anywhere but here.
    let tells = |means| Command::NotifyReporter {
        means,
        result: "不予立案".into(),
    };
    let by_letter = scene.does(&handler(), tells(Means::Letter));
    assert!(matches!(by_letter, Err(Refusal::Invalid { field, .. }) if field == "/means"));
    scene.does(&handler(), tells(Means::Platform)).unwrap();
}

#[rstest]
#[case("report-result-notice-2019")]
#[case("report-no-case-notice-2019")]
fn before_2026_serving_a_notice_meets_its_period(#[case] notice: &str) {
    let mut scene = Scene::at(
        "2026-04-14T01:00:00Z",
        super::scene::named(),
        &reporter(),
        filing(),
    );
    let scene = scene.as_mut().unwrap();
    let early = scene.does(&handler(), issue("report-no-case-notice-2019"));
    let needs = Refusal::Needs {
        what: "no-case-decision",
    };
    assert_eq!(early, Err(needs));
    scene.verifies(false);
    assert!(scene.ends_on("reporter-notice").is_some());
    let of_2026 = scene.does(&handler(), issue(notice.strip_suffix("-2019").unwrap()));
    assert!(matches!(of_2026, Err(Refusal::Invalid { field, .. }) if field == "/form"));
    let other = scene.does(&handler(), issue("report-case-notice-2019"));
    let needs = Refusal::Needs {
        what: "case-filing",
    };
    assert_eq!(other, Err(needs));
    for form in ["report-registration-2019", notice] {
        scene.does(&handler(), issue(form)).unwrap();
    }
    scene.does(&handler(), read_for(2)).unwrap();
    scene.does(&handler(), serve(1, Side::Consumer)).unwrap();
    assert!(scene.ends_on("reporter-notice").is_some());
    let returned = Command::ServeDocument {
        document: 2,
        delivery: Delivery {
            outcome: ServiceOutcome::Unreachable,
            ..Delivery::now(Side::Consumer, Means::Letter)
        },
    };
    scene.does(&handler(), returned).unwrap();
    assert!(
        scene.ends_on("reporter-notice").is_some(),
        "it is still owed"
    );
    scene.does(&handler(), serve(2, Side::Consumer)).unwrap();
    assert_eq!(scene.ends_on("reporter-notice"), None);
}

#[test]
fn the_identity_is_read_for_a_document_that_names_the_reporter() {
    let mut scene = Scene::received();
    let unknown = scene.does(&handler(), read_for(1));
    assert!(matches!(unknown, Err(Refusal::Unknown { .. })));
    scene
        .does(&handler(), issue("report-registration"))
        .unwrap();
    let from_above = scene.does(&officer("s-1", "420100"), read_for(1));
    assert!(matches!(from_above, Err(Refusal::NotAllowed { .. })));
    scene.does(&handler(), read_for(1)).unwrap();
    let last = &scene.ledger.last().unwrap().event;
    assert!(matches!(
        last,
        Event::IdentityRead {
            document: Some(1),
            ..
        }
    ));

    scene.does(&handler(), serve(1, Side::Consumer)).unwrap();
    scene.does(&handler(), issue("service-record")).unwrap();
    let nameless = scene.does(&handler(), read_for(2));
    assert!(matches!(nameless, Err(Refusal::Unknown { .. })));
}
