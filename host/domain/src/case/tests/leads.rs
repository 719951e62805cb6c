use super::scene::{Scene, agent, consumer, officer, officer_of};
use crate::case::command::Command;
use crate::case::link::Relation;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::identifiers::case_number::CaseNumber;

fn number() -> CaseNumber {
    CaseNumber::compose(jiff::civil::date(2026, 5, 18), 8)
}

fn lead() -> Command {
    Command::NoteLead {
        report: number(),
        lead: "货架上有过期食品".into(),
    }
}

#[test]
fn a_lead_is_noted_at_any_time_by_the_unit_that_handles_the_complaint() {
    let mut scene = Scene::filed();
    assert!(
        scene.does(&officer(), lead()).is_err(),
        "no unit has it yet"
    );
    scene.escalates();
    for nobody in [
        officer_of("420100"),
        officer_of("420111"),
        consumer(),
        agent(),
    ] {
        let fault = scene.does(&nobody, lead()).unwrap_err();
        assert!(matches!(fault, Refusal::NotAllowed { .. }), "{nobody:?}");
    }
    scene.does(&officer(), lead()).unwrap();
    let link = &scene.case.links[0];
    assert_eq!((link.relation, &link.to), (Relation::Lead, &number()));
}

#[test]
fn a_complaint_that_is_refused_may_still_show_a_breach() {
    let mut scene = Scene::filed();
    scene.escalates();
    let refuse = Command::RefuseComplaint {
        ground: "no-living-needs".into(),
        reason: "并非为生活消费需要".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    scene.does(&officer(), lead()).unwrap();
    assert_eq!(scene.case.phase, Phase::Refused);
}

#[test]
fn nothing_is_called_a_lead_that_has_no_report() {
    let mut scene = Scene::filed();
    scene.escalates();
    let link = Command::LinkFile {
        to: number(),
        relation: Relation::Lead,
        reason: "线索".into(),
    };
    let fault = scene.does(&officer(), link).unwrap_err();
    assert_eq!(fault, Refusal::invalid("/relation", Invalid::UnknownValue));
}
