//! That the complainant is told of the decision on her complaint.

use jiff::civil::date;

use super::scene::{Scene, consumer, officer_as, officer_of};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::{Content, Delivery, ServiceOutcome};
use crate::case::intake::Channel;
use crate::case::mediation::Means;
use crate::case::supervision::SupervisionCause;
use crate::case::visit::Satisfaction;
use crate::case::{Actor, Intake, Phase, Refusal};
use crate::file::File;
use crate::identifiers::digest::Digest;
use crate::law_table::samples::{refuse, terminate};
use crate::officers::OfficerRole;

const NOTICE: &str = "decision-notice";

/// A call of Monday 2026-05-18, decided two days later.
fn decided(decision: Command) -> Scene {
    let intake = Intake {
        channel: Channel::Hotline,
        caller: Some("027-87654321".parse().unwrap()),
        ..Intake::default()
    };
    let scene = Scene::direct(officer_as("420100", OfficerRole::Intake), intake);
    let mut scene = scene.unwrap().days_later(2);
    scene.does(&officer_of("420106"), decision).unwrap();
    scene
}

fn accepted() -> Scene {
    decided(Command::AcceptComplaint)
}

fn means(scene: &Scene) -> Option<Means> {
    let told = scene.case.complaint.as_ref().unwrap().told.as_ref();
    told.map(|notice| notice.means)
}

fn tells() -> Command {
    Command::NotifyDecision {
        means: Means::Phone,
    }
}

fn issue(form: &str) -> Command {
    Command::IssueDocument {
        form: form.to_owned(),
        number: "鄂武昌市监投〔2026〕1号".into(),
        content: Content {
            values: Digest::of(b"values"),
            pdf: Digest::of(b"pdf"),
            size: 3,
        },
    }
}

fn serve(document: u32, to: Side, outcome: ServiceOutcome) -> Command {
    Command::ServeDocument {
        document,
        delivery: Delivery {
            outcome,
            ..Delivery::now(to, Means::Letter)
        },
    }
}

#[test]
fn who_has_no_account_is_told_by_the_end_of_the_seven_days_from_receipt() {
    for decision in [Command::AcceptComplaint, refuse("no-power")] {
        let mut scene = decided(decision);
        let clock = scene.case.running_clock(NOTICE).unwrap();
        assert_eq!(clock.start, date(2026, 5, 18), "not from the decision");
        assert_eq!(clock.reading.ends_on(), Some(date(2026, 5, 27)));
        assert_eq!(means(&scene), None);
        scene.does(&officer_of("420106"), tells()).unwrap();
        assert_eq!(means(&scene), Some(Means::Phone));
        assert!(scene.case.running_clock(NOTICE).is_none());
        let again = scene.does(&officer_of("420106"), tells());
        assert!(matches!(again, Err(Refusal::Repeated { .. })), "{again:?}");
    }
}

#[test]
fn nobody_is_told_here_who_does_not_read_here() {
    let mut scene = accepted();
    let handler = officer_of("420106");
    let here = |to| Delivery::now(to, Means::Platform);
    let means = |refused: Result<Vec<&'static str>, Refusal>| {
        assert!(
            matches!(&refused, Err(Refusal::Invalid { field, .. }) if field == "/means"),
            "{refused:?}"
        );
    };
    means(scene.does(
        &handler,
        Command::NotifyDecision {
            means: Means::Platform,
        },
    ));
    scene.does(&handler, issue("complaint-acceptance")).unwrap();
    let document = 1;
    let delivery = here(Side::Consumer);
    means(scene.does(&handler, Command::ServeDocument { document, delivery }));
    scene.does(&handler, tells()).unwrap();
    scene.does(&handler, terminate("other-statutory")).unwrap();
    means(scene.does(
        &handler,
        Command::NotifyTermination {
            means: Means::Platform,
        },
    ));
}

#[test]
fn who_has_an_account_reads_it_there() {
    let mut scene = Scene::filed();
    let early = scene.does(&officer_of("420106"), tells());
    assert!(early.is_err(), "nothing is decided");
    scene.does(&consumer(), escalate()).unwrap();
    scene
        .does(&officer_of("420106"), refuse("no-power"))
        .unwrap();
    assert_eq!(means(&scene), Some(Means::Platform));
    assert!(scene.case.running_clock(NOTICE).is_none());
}

fn escalate() -> Command {
    Command::Escalate {
        request: Default::default(),
    }
}

#[test]
fn the_document_that_states_the_decision_tells_her_of_it_once_it_arrived() {
    let mut scene = accepted();
    let handler = officer_of("420106");
    for form in ["complaint-registration", "complaint-acceptance"] {
        scene.does(&handler, issue(form)).unwrap();
    }
    let serve = |document, outcome| serve(document, Side::Consumer, outcome);
    scene
        .does(&handler, serve(1, ServiceOutcome::Delivered))
        .unwrap();
    assert_eq!(means(&scene), None, "a registration decides nothing");
    scene
        .does(&handler, serve(2, ServiceOutcome::Unreachable))
        .unwrap();
    assert_eq!(means(&scene), None, "it did not reach her");
    scene
        .does(&handler, serve(2, ServiceOutcome::Delivered))
        .unwrap();
    assert_eq!(means(&scene), Some(Means::Letter));
    assert!(scene.case.running_clock(NOTICE).is_none());
}

#[test]
fn a_notice_that_nobody_gave_is_urged_before_and_at_its_end() {
    let mut scene = accepted().days_later(7);
    let due = scene.case.due(scene.now).unwrap();
    assert!(matches!(due, Command::RemindClock { .. }), "{due:?}");
    scene.does(&Actor::Platform, due).unwrap();
    let mut scene = scene.days_later(2);
    while let Some(due) = scene.case.due(scene.now) {
        scene.does(&Actor::Platform, due).unwrap();
    }
    let overdue = scene.case.supervisions.iter().filter(|it| {
        let SupervisionCause::Overdue { period, .. } = &it.cause else {
            return false;
        };
        period == NOTICE
    });
    assert_eq!(overdue.count(), 1);
    scene.does(&officer_of("420106"), tells()).unwrap();
    let urged = scene.case.running_clock("supervision-urgent");
    assert!(urged.is_none(), "it lapses with its matter");
    assert!(scene.case.running_clock("mediation").is_some());
}

fn unsatisfied() -> Command {
    Command::RecordVisit {
        means: Means::Phone,
        satisfaction: Some(Satisfaction::Unsatisfied),
        note: "不认可处理结果".into(),
    }
}

#[test]
fn a_decision_made_anew_is_told_in_days_of_its_own() {
    let mut scene = decided(refuse("no-power"));
    scene.does(&officer_of("420106"), tells()).unwrap();
    let mut scene = scene.days_later(20);
    scene.does(&officer_of("420106"), unsatisfied()).unwrap();
    let mut scene = scene.days_later(1);
    scene
        .does(&officer_of("420106"), Command::AcceptComplaint)
        .unwrap();
    assert_eq!(means(&scene), None, "of this decision she knows nothing");
    let clock = scene.case.running_clock(NOTICE).unwrap();
    assert_eq!(clock.start, date(2026, 6, 10));
}

#[test]
fn a_copy_of_her_own_tells_each_side_and_what_told_of_an_earlier_ending_does_not() {
    let mut scene = accepted();
    let handler = officer_of("420106");
    let waits = |scene: &Scene| scene.case.running_clock("termination-notice").is_some();
    let ends = |scene: &mut Scene| {
        scene.does(&handler, terminate("other-statutory")).unwrap();
        let copy = || issue("mediation-termination");
        scene.does(&handler, copy()).unwrap();
        scene.does(&handler, copy()).unwrap();
    };
    ends(&mut scene);
    let brought = |document, to| serve(document, to, ServiceOutcome::Delivered);
    scene.does(&handler, brought(1, Side::Consumer)).unwrap();
    assert!(waits(&scene));
    scene.does(&handler, brought(2, Side::Respondent)).unwrap();
    assert!(!waits(&scene));
    let mut scene = scene.days_later(3);
    scene.does(&handler, unsatisfied()).unwrap();
    let mut scene = scene.days_later(3);
    ends(&mut scene);
    scene.does(&handler, brought(3, Side::Consumer)).unwrap();
    assert!(
        waits(&scene),
        "the other side was told of the first ending only"
    );
    scene.does(&handler, brought(4, Side::Respondent)).unwrap();
    assert!(!waits(&scene));
}

#[test]
fn a_decision_to_terminate_that_both_sides_have_is_the_notice_of_it() {
    let mut scene = accepted();
    let handler = officer_of("420106");
    scene.does(&handler, terminate("other-statutory")).unwrap();
    scene
        .does(&handler, issue("mediation-termination"))
        .unwrap();
    let serve = |to, outcome| serve(1, to, outcome);
    let waits = |scene: &Scene| scene.case.running_clock("termination-notice").is_some();
    for (to, outcome) in [
        (Side::Consumer, ServiceOutcome::Delivered),
        (Side::Consumer, ServiceOutcome::Delivered),
        (Side::Respondent, ServiceOutcome::Unreachable),
    ] {
        scene.does(&handler, serve(to, outcome)).unwrap();
        assert!(waits(&scene), "one side alone has it");
    }
    scene
        .does(&handler, serve(Side::Respondent, ServiceOutcome::Refused))
        .unwrap();
    assert!(!waits(&scene), "who refused it was told");
    assert_eq!(scene.case.phase, Phase::Closed);
    let again = Command::NotifyTermination {
        means: Means::Phone,
    };
    let again = scene.does(&handler, again);
    assert!(matches!(again, Err(Refusal::Repeated { .. })), "{again:?}");
}
