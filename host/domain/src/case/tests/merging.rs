use jiff::civil::date;

use super::scene::{Scene, consumer, officer, officer_as, officer_of};
use super::supervision::days_pass;
use crate::case::filing::EvidenceReference;
use crate::case::link::Relation;
use crate::case::phase::Closing;
use crate::case::{Command, Phase, Refusal};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::indicators::CaseFacts;
use crate::officers::OfficerRole;

fn other() -> CaseNumber {
    CaseNumber::compose(date(2026, 5, 18), 77)
}

pub(super) fn merges() -> Command {
    Command::MergeComplaint {
        into: other(),
        reason: "同一纠纷".into(),
    }
}

fn takes_in(evidence: Vec<EvidenceReference>) -> Command {
    Command::TakeInComplaint {
        from: other(),
        statement: "又来电反映同一件外套".into(),
        evidence,
    }
}

fn receipt(of: &[u8]) -> EvidenceReference {
    EvidenceReference {
        name: "小票.jpg".into(),
        media_type: "image/jpeg".into(),
        sha256: Digest::of(of),
        size: 3,
    }
}

fn escalated() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

#[test]
fn what_is_merged_is_closed_and_waits_for_nothing() {
    let mut scene = escalated();
    scene.does(&officer(), merges()).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    assert_eq!(scene.case.closing, Some(Closing::Merged));
    assert!(scene.case.clocks.iter().all(|clock| !clock.is_running()));
    // Its end is that of the other.
    let facts = CaseFacts::of(&scene.case);
    assert_eq!((facts.complaint_ended_on, facts.cycle_days), (None, None));
    let link = scene.case.links.last().unwrap();
    assert_eq!((link.relation, &link.to), (Relation::SameDispute, &other()));
}

#[test]
fn nothing_is_merged_once_it_is_accepted_or_by_another_unit_or_with_itself() {
    let mut scene = escalated();
    let neighbour = scene.does(&officer_of("420111"), merges()).unwrap_err();
    assert!(matches!(neighbour, Refusal::NotAllowed { .. }));
    assert!(scene.does(&consumer(), merges()).is_err());
    let own = Command::MergeComplaint {
        into: scene.case.number.clone(),
        reason: "同一纠纷".into(),
    };
    let own = scene.does(&officer(), own).unwrap_err();
    assert!(matches!(own, Refusal::Invalid { field, .. } if field == "/into"));
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let late = scene.does(&officer(), merges()).unwrap_err();
    assert!(matches!(late, Refusal::WrongPhase { .. }));
}

#[test]
fn the_other_has_what_it_held_and_nothing_twice() {
    let mut scene = escalated();
    let had = scene.case.evidence.len();
    let evidence = vec![receipt(b"one"), receipt(b"two")];
    scene.does(&officer(), takes_in(evidence.clone())).unwrap();
    assert_eq!(scene.case.evidence.len(), had + 2);
    scene.does(&officer(), takes_in(evidence)).unwrap();
    assert_eq!(scene.case.evidence.len(), had + 2);
    let seqs: Vec<u32> = scene.case.evidence.iter().map(|it| it.seq).collect();
    let wanted: Vec<u32> = (1..=u32::try_from(had + 2).unwrap()).collect();
    assert_eq!(seqs, wanted);
    assert_eq!(scene.case.links.len(), 1, "merged anew it is linked once");
}

#[test]
fn a_head_takes_back_a_merger_and_the_complaint_has_what_it_had_left() {
    let mut scene = escalated();
    let clock = scene.case.running_clock("acceptance").unwrap();
    let (start, end) = (clock.start, clock.reading.ends_on());
    let mut scene = {
        scene.does(&officer(), merges()).unwrap();
        scene.days_later(3)
    };
    let reason = "系另一次购买".to_owned();
    let revoke = || Command::RevokeDecision {
        reason: reason.clone(),
    };
    let handler = officer_as("420106", OfficerRole::Handler);
    assert!(scene.does(&handler, revoke()).is_err());
    scene.does(&officer(), revoke()).unwrap();
    assert_eq!(
        (scene.case.phase, scene.case.closing),
        (Phase::Registered, None)
    );
    let again = scene.case.running_clock("acceptance").unwrap();
    assert_eq!((again.start, again.reading.ends_on()), (start, end));
    assert!(scene.case.links.is_empty(), "another dispute after all");
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    assert_eq!(CaseFacts::of(&scene.case).acceptance_in_time, Some(true));
}

/// However it ended meanwhile: who is late is watched again.
#[test]
fn a_late_complaint_that_was_merged_and_is_not_is_watched_again() {
    let mut scene = days_pass(escalated(), 12);
    let expired = scene
        .case
        .clocks
        .iter()
        .find(|it| it.period == "acceptance");
    assert!(!expired.unwrap().is_running());
    scene.does(&officer(), merges()).unwrap();
    let urged = |scene: &Scene| scene.case.running_clock("supervision-urgent").is_some();
    assert!(!urged(&scene));
    let to = Command::LinkFile {
        to: CaseNumber::compose(date(2026, 5, 18), 99),
        relation: Relation::SameDispute,
        reason: "另一渠道".into(),
    };
    scene.does(&officer(), to).unwrap();
    let reason = "系另一次购买".to_owned();
    scene
        .does(&officer(), Command::RevokeDecision { reason })
        .unwrap();
    assert!(urged(&scene));
    // What it was merged into is no longer the same dispute; the other link stays.
    let left: Vec<&CaseNumber> = scene.case.links.iter().map(|it| &it.to).collect();
    assert_eq!(left, [&CaseNumber::compose(date(2026, 5, 18), 99)]);
}
