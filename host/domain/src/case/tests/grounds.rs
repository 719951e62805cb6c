//! The grounds of Order 121 art. 16 as a checklist.

use super::scene::{Scene, consumer, officer, officer_of, reference};
use crate::case::command::Command;
use crate::case::complaint::GroundFinding;
use crate::case::phase::Phase;
use crate::case::refusal::Refusal;

/// A complaint with two pieces of evidence: hers, and what an officer put in.
fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    for from in [consumer(), officer()] {
        let evidence = Command::AddEvidence {
            question: None,
            reference: reference(),
        };
        scene.does(&from, evidence).unwrap();
    }
    scene
}

fn weigh(ground: &str, applies: Option<bool>) -> Command {
    Command::WeighGround {
        ground: ground.into(),
        finding: GroundFinding {
            applies,
            reason: "小票与家庭用途相符".into(),
            speaks_for: vec![2],
            speaks_against: vec![1],
        },
    }
}

fn refuse(ground: &str) -> Command {
    Command::RefuseComplaint {
        ground: ground.into(),
        reason: "批量购买用于转售".into(),
    }
}

#[test]
fn what_was_found_binds_until_it_is_found_otherwise() {
    let mut scene = registered();
    let ground = "no-living-needs";
    scene.does(&officer(), weigh(ground, Some(false))).unwrap();
    let fault = scene.does(&officer(), refuse(ground)).unwrap_err();
    let what = "ground-that-applies";
    assert_eq!(fault, Refusal::Needs { what });
    scene.does(&officer(), weigh(ground, Some(true))).unwrap();
    let weighed = &scene.case.complaint.as_ref().unwrap().weighed;
    assert_eq!(weighed.len(), 1, "the latest finding is the one");
    let fault = scene.does(&officer(), Command::AcceptComplaint);
    let what = "no-ground-that-applies";
    assert_eq!(fault.unwrap_err(), Refusal::Needs { what });
    let mut accepted = scene.clone();
    scene.does(&officer(), refuse(ground)).unwrap();
    assert_eq!(scene.case.phase, Phase::Refused);
    accepted.does(&officer(), weigh(ground, None)).unwrap();
    accepted.does(&officer(), Command::AcceptComplaint).unwrap();
}

#[test]
fn a_finding_is_on_a_ground_of_the_version_with_evidence_of_the_file() {
    let mut scene = registered();
    let unknown = scene.does(&officer(), weigh("dislike", None));
    assert!(matches!(unknown, Err(Refusal::NoSuchGround { .. })));
    for (speaks_for, speaks_against) in
        [(vec![3], vec![]), (vec![1, 1], vec![]), (vec![1], vec![1])]
    {
        let wrong = Command::WeighGround {
            ground: "no-living-needs".into(),
            finding: GroundFinding {
                applies: None,
                reason: "待核查".into(),
                speaks_for,
                speaks_against,
            },
        };
        let fault = scene.does(&officer(), wrong);
        let Err(Refusal::Invalid { field, .. }) = fault else {
            panic!("{fault:?}");
        };
        assert!(field.starts_with("/finding/speaks_"), "{field}");
    }
    for nobody in [consumer(), officer_of("420100")] {
        assert!(scene.does(&nobody, weigh("no-power", None)).is_err());
    }
}
