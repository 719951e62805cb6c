//! A file is a unit's; what of it an officer does is her role's.

use super::scene::{Scene, officer_as};
use crate::case::command::Command;
use crate::case::supervision::Urgency;
use crate::case::{Phase, Refusal};
use crate::officers::OfficerRole;

fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

fn other_role(refused: Result<Vec<&'static str>, Refusal>) -> (&'static str, &'static str) {
    match refused {
        Err(Refusal::OtherRole { action, role }) => (action, role),
        other => panic!("{other:?}"),
    }
}

#[test]
fn intake_asks_for_material_and_does_not_accept() {
    let mut scene = registered();
    let intake = officer_as("420106", OfficerRole::Intake);
    let ask = Command::RequestMaterial {
        items: vec!["身份证明".into()],
        due: jiff::civil::date(2026, 5, 25),
    };
    scene.does(&intake, ask).unwrap();
    let refused = scene.does(&intake, Command::AcceptComplaint);
    assert_eq!(other_role(refused), ("accept-complaint", "intake"));
    let handler = officer_as("420106", OfficerRole::Handler);
    scene.does(&handler, Command::AcceptComplaint).unwrap();
    assert_eq!(scene.case.phase, Phase::Accepted);
}

#[test]
fn a_supervisor_supervises_and_decides_nothing_in_the_file() {
    let mut scene = registered();
    let supervise = || Command::Supervise {
        urgency: Urgency::Urgent,
        matter: "请办理".into(),
    };
    let handler = officer_as("420100", OfficerRole::Handler);
    let refused = scene.does(&handler, supervise());
    assert_eq!(other_role(refused), ("supervise", "handler"));
    let supervisor = officer_as("420100", OfficerRole::Supervisor);
    scene.does(&supervisor, supervise()).unwrap();
    let taken = Command::TakeUp {
        reason: "影响较大".into(),
    };
    scene.does(&supervisor, taken).unwrap();
    let refused = scene.does(&supervisor, Command::AcceptComplaint);
    assert_eq!(other_role(refused), ("accept-complaint", "supervisor"));
}

#[test]
fn whose_the_file_is_comes_before_the_role() {
    let mut scene = registered();
    let elsewhere = officer_as("420111", OfficerRole::Intake);
    let refused = scene.does(&elsewhere, Command::AcceptComplaint);
    assert!(matches!(refused, Err(Refusal::NotAllowed { .. })));
}
