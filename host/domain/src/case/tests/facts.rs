//! The facts that figures are made of, from the events of a case.

use jiff::civil::date;
use serde_json::json;

use super::acts::agrees;
use super::scene::{Scene, agent, consumer, filing, offer, officer, officer_of};
use crate::case::actor::Side;
use crate::case::clocks::CaseClock;
use crate::case::command::Command;
use crate::case::mediation::{ChosenBy, Means};
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::visit::Satisfaction;
use crate::case::{Actor, Case, Intake, Refusal};
use crate::file::File;
use crate::indicators::{CaseFacts, Decision, MediationEnd, NEGOTIATED};

fn facts(scene: &Scene) -> CaseFacts {
    let facts = CaseFacts::of(&scene.case);
    let again = Case::fold(scene.ledger.clone()).unwrap();
    assert_eq!(facts, CaseFacts::of(&again), "events alone give the facts");
    facts
}

fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

fn accepted() -> Scene {
    let mut scene = registered().days_later(1);
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene
}

/// One side's offer, accepted by the others that must.
fn agreed(scene: &mut Scene, by: &Actor, others: &[Actor]) {
    scene.does(by, offer(10_000)).unwrap();
    let offer = u32::try_from(scene.case.offers.len()).unwrap();
    for other in others {
        scene.does(other, Command::AcceptOffer { offer }).unwrap();
    }
}

fn performed(scene: &mut Scene) {
    let performed_on = crate::case::time::civil_date(scene.now);
    let perform = Command::RecordPerformance {
        performed_on,
        note: None,
    };
    scene.does(&agent(), perform).unwrap();
}

fn confirms(scene: &mut Scene, confirmation: Confirmation) {
    let confirm = Command::Confirm { confirmation };
    scene.does(&consumer(), confirm).unwrap();
}

/// Lets every clock of a period run out that is due.
fn expires(scene: &mut Scene, period: &str) -> Result<Vec<&'static str>, Refusal> {
    let clock = scene.case.running_clock(period).unwrap().seq;
    scene.does(&Actor::Platform, Command::ExpireClock { clock })
}

#[test]
fn a_case_between_the_parties_is_no_complaint() {
    let facts = facts(&Scene::filed());
    assert_eq!(facts.counted_on, date(2026, 5, 18));
    assert_eq!(facts.respondent.as_deref(), Some("jianghan"));
    assert_eq!((facts.unit, facts.registered_on), (None, None));
    assert_eq!((facts.acceptance_in_time, facts.cycle_days), (None, None));
}

#[test]
fn nothing_of_the_consumer_is_in_it() {
    let filing = filing();
    let facts = serde_json::to_string(&facts(&registered())).unwrap();
    for personal in [
        filing.consumer.name,
        filing.consumer.phone.to_string(),
        filing.consumer.address.unwrap(),
        "中南路2号".to_owned(),
        filing.statement,
        "c-1".to_owned(),
    ] {
        assert!(!facts.contains(&personal), "{personal} in {facts}");
    }
}

#[test]
fn a_settlement_between_the_parties_is_one_of_negotiation() {
    let mut scene = Scene::filed().days_later(2);
    agreed(&mut scene, &agent(), &[consumer()]);
    performed(&mut scene);
    confirms(&mut scene, Confirmation::Partly);
    let facts = facts(&scene);
    assert_eq!(facts.settled_in_negotiation_on, Some(date(2026, 5, 20)));
    assert_eq!(facts.settled_in_mediation_on, None);
    assert_eq!(facts.outcome, Some(Confirmation::Partly));
    assert_eq!(facts.closed_on, Some(date(2026, 5, 20)));
}

#[test]
fn who_has_her_case_opened_again_contests_it_until_something_new_is_agreed() {
    let mut scene = Scene::filed();
    agreed(&mut scene, &agent(), &[consumer()]);
    performed(&mut scene);
    confirms(&mut scene, Confirmation::Solved);
    let reason = "又坏了".to_owned();
    scene.does(&consumer(), Command::Reopen { reason }).unwrap();
    let reopened = facts(&scene);
    assert_eq!(reopened.outcome, Some(Confirmation::NotSolved));
    assert_eq!((reopened.closing, reopened.closed_on), (None, None));
    agreed(&mut scene.clone(), &agent(), &[consumer()]);
    agreed(&mut scene, &agent(), &[consumer()]);
    assert_eq!(facts(&scene).outcome, None);
}

#[test]
fn a_decision_before_the_end_of_its_period_is_in_time_and_one_after_it_is_not() {
    let decided_after = |days| {
        let mut scene = registered().days_later(days);
        scene.does(&officer(), Command::AcceptComplaint).unwrap();
        facts(&scene)
    };
    // 18 May 2026 is a Monday: the seventh working day after it is the 27th.
    let at_the_end = decided_after(9);
    assert_eq!(at_the_end.decided_on, Some(date(2026, 5, 27)));
    assert_eq!(at_the_end.acceptance_in_time, Some(true));
    let noticed_late = decided_after(10);
    assert_eq!(noticed_late.acceptance_in_time, Some(false));

    let mut late = registered().days_later(10);
    expires(&mut late, "acceptance").unwrap();
    let undecided = facts(&late);
    assert_eq!(
        (undecided.decision, undecided.acceptance_in_time),
        (None, Some(false))
    );
    late.does(&officer(), Command::AcceptComplaint).unwrap();
    let decided = facts(&late);
    assert_eq!(decided.decision, Some(Decision::Accepted));
    assert_eq!(decided.decided_on, Some(date(2026, 5, 28)));
    assert_eq!(decided.acceptance_in_time, Some(false));
    assert_eq!(decided.acceptance_periods_missed, 1);
}

#[test]
fn an_authority_answers_for_its_own_period_and_the_missed_one_stays_seen() {
    let mut scene = registered().days_later(10);
    expires(&mut scene, "acceptance").unwrap();
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "由实际经营地处理".into(),
    };
    scene.does(&officer_of("420100"), designate).unwrap();
    assert_eq!(facts(&scene).acceptance_in_time, None);
    scene
        .does(&officer_of("420111"), Command::AcceptComplaint)
        .unwrap();
    let facts = facts(&scene);
    assert_eq!(facts.unit, Some("420111".parse().unwrap()));
    assert_eq!(facts.acceptance_in_time, Some(true));
    assert_eq!(facts.acceptance_periods_missed, 1);
}

#[test]
fn what_was_to_be_decided_once_more_and_was_not_in_time_stays_seen_elsewhere() {
    let mut scene = registered();
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "不属于市场监管部门职责".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let reason = "复核".to_owned();
    scene
        .does(&officer(), Command::RevokeDecision { reason })
        .unwrap();
    let mut scene = scene.days_later(20);
    expires(&mut scene, "redo").unwrap();
    assert_eq!(facts(&scene).acceptance_periods_missed, 1);
    let designate = Command::Designate {
        unit: "420111".parse().unwrap(),
        reason: "由实际经营地处理".into(),
    };
    scene.does(&officer_of("420100"), designate).unwrap();
    scene
        .does(&officer_of("420111"), Command::AcceptComplaint)
        .unwrap();
    let facts = facts(&scene);
    assert_eq!(facts.acceptance_in_time, Some(true));
    assert_eq!(facts.acceptance_periods_missed, 1);
}

#[test]
fn a_refused_complaint_ends_with_its_refusal() {
    let mut scene = registered().days_later(3);
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "不属于市场监管部门职责".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let facts = facts(&scene);
    assert_eq!(facts.decision, Some(Decision::Refused));
    assert_eq!(facts.refusal_ground.as_deref(), Some("no-power"));
    assert_eq!(facts.complaint_ended_on, Some(date(2026, 5, 21)));
    assert_eq!(facts.cycle_days, Some(3));
    assert_eq!(facts.mediation_end, None);
}

#[test]
fn a_complaint_withdrawn_before_its_decision_ends_then() {
    let mut scene = registered().days_later(2);
    scene.does(&consumer(), Command::Withdraw).unwrap();
    let facts = facts(&scene);
    assert_eq!((facts.decision, facts.acceptance_in_time), (None, None));
    assert_eq!(facts.closing, Some(Closing::Withdrawn));
    assert_eq!(facts.cycle_days, Some(2));
}

#[test]
fn terms_of_the_authority_are_an_agreement_and_terms_of_their_own_end_the_mediation() {
    let mut proposed = accepted().days_later(5);
    agreed(&mut proposed, &officer(), &[consumer(), agent()]);
    let proposed = facts(&proposed);
    assert_eq!(proposed.mediation_end, Some(MediationEnd::Agreed));
    assert_eq!(proposed.mediation_in_time, Some(true));
    assert_eq!(proposed.settled_in_mediation_on, Some(date(2026, 5, 24)));
    assert_eq!(proposed.cycle_days, Some(6));

    let mut own = accepted().days_later(5);
    agreed(&mut own, &agent(), &[consumer()]);
    let own = facts(&own);
    assert_eq!(own.mediation_end, Some(MediationEnd::Terminated));
    assert_eq!(
        own.termination_ground.as_deref(),
        Some("withdrawn-or-settled")
    );
    assert_eq!(own.settled_in_mediation_on, Some(date(2026, 5, 24)));
    assert_eq!(own.settled_in_negotiation_on, None);
    assert_eq!(own.mediation_in_time, Some(true));
}

#[test]
fn a_mediation_that_time_ended_was_not_completed_in_time() {
    // Sixty days after 19 May is a Saturday: the period ends on Monday, 20 July.
    let mut scene = accepted().days_later(63);
    expires(&mut scene, "mediation").unwrap();
    let facts = facts(&scene);
    assert_eq!(scene.case.phase, Phase::Terminated);
    assert_eq!(facts.mediation_in_time, Some(false));
    assert_eq!(facts.termination_ground.as_deref(), Some("time-limit"));
    assert_eq!(facts.cycle_days, Some(64));
}

fn unsatisfied() -> Command {
    Command::RecordVisit {
        means: Means::Phone,
        satisfaction: Some(Satisfaction::Unsatisfied),
        note: "不满意".into(),
    }
}

#[test]
fn a_mediation_that_goes_on_after_a_visit_is_judged_by_its_new_period() {
    let mut scene = accepted();
    let terminate = || Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "被投诉人拒绝调解".into(),
    };
    let notify = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), terminate()).unwrap();
    scene.does(&officer(), notify).unwrap();
    assert_eq!(facts(&scene).mediation_in_time, Some(true));
    scene.does(&officer(), unsatisfied()).unwrap();
    let open = facts(&scene);
    assert_eq!((open.mediation_end, open.mediation_in_time), (None, None));
    assert_eq!(
        open.acceptance_in_time,
        Some(true),
        "that was decided before"
    );
    let mut late = scene.clone().days_later(90);
    expires(&mut late, "redo").unwrap();
    assert_eq!(facts(&late).mediation_in_time, Some(false));
    scene.does(&officer(), terminate()).unwrap();
    assert_eq!(facts(&scene).mediation_in_time, Some(true));
}

#[test]
fn a_refusal_that_is_looked_at_once_more_is_in_time_once_it_is_decided_again() {
    let mut scene = registered().days_later(3);
    let refuse = Command::RefuseComplaint {
        ground: "no-power".into(),
        reason: "不属于市场监管部门职责".into(),
    };
    scene.does(&officer(), refuse).unwrap();
    let mut scene = scene.days_later(10);
    scene.does(&officer(), unsatisfied()).unwrap();
    let open = facts(&scene);
    assert_eq!((open.decision, open.acceptance_in_time), (None, None));
    let mut late = scene.clone().days_later(90);
    expires(&mut late, "redo").unwrap();
    assert_eq!(facts(&late).acceptance_in_time, Some(false));
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let decided = facts(&scene);
    assert_eq!(decided.acceptance_in_time, Some(true));
    assert_eq!(decided.mediation_in_time, None, "it has only begun");
}

#[test]
fn only_what_was_negotiated_came_to_be_negotiated() {
    assert_eq!(facts(&Scene::filed()).channel, NEGOTIATED);
    assert_eq!(
        facts(&accepted()).channel,
        NEGOTIATED,
        "and went on from there"
    );
    let mut outside = filing();
    outside.respondent.organisation = None;
    let nobody = Scene::filed_with(outside).unwrap();
    assert_eq!(facts(&nobody).channel, "web");
    let straight = Scene::direct(consumer(), Intake::default()).unwrap();
    assert_eq!(facts(&straight).channel, "web");
}

#[test]
fn days_of_an_appraisal_are_not_held_against_a_mediation() {
    let mut scene = accepted();
    let appraisal = Command::BeginAppraisal {
        body: "湖北省纤维检验局".into(),
        chosen_by: ChosenBy::Parties,
    };
    scene.does(&officer(), appraisal).unwrap();
    let mut scene = scene.days_later(30);
    let result = "与标识不符".into();
    scene
        .does(&officer(), Command::EndAppraisal { result })
        .unwrap();
    let mut scene = scene.days_later(50);
    let terminate = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "双方分歧较大".into(),
    };
    scene.does(&officer(), terminate).unwrap();
    let means = Means::Sms;
    scene
        .does(&officer(), Command::NotifyTermination { means })
        .unwrap();
    let facts = facts(&scene);
    assert_eq!(facts.mediation_in_time, Some(true));
    assert_eq!(facts.cycle_days, Some(81));
    assert_eq!(facts.closing, Some(Closing::Terminated));
}

#[test]
fn a_settlement_that_she_contests_stays_one() {
    let mut scene = accepted();
    let yes = |side| Command::AnswerMediation {
        side,
        agrees: true,
        delegation: false,
        means: Means::Platform,
    };
    scene.does(&consumer(), yes(Side::Consumer)).unwrap();
    agreed(&mut scene, &officer(), &[consumer(), agent()]);
    performed(&mut scene);
    confirms(&mut scene, Confirmation::NotSolved);
    let facts = facts(&scene);
    assert_eq!(facts.mediation_end, Some(MediationEnd::Agreed));
    assert_eq!(facts.outcome, Some(Confirmation::NotSolved));
    assert_eq!(facts.closing, Some(Closing::NotSolved));
}

#[test]
fn names_of_values_are_those_of_the_ledger() {
    for confirmation in [
        Confirmation::Solved,
        Confirmation::Partly,
        Confirmation::NotSolved,
        Confirmation::NoReply,
    ] {
        assert_eq!(json!(confirmation), confirmation.name());
    }
    for closing in [
        Closing::Solved,
        Closing::Partly,
        Closing::NotSolved,
        Closing::NoReply,
        Closing::Withdrawn,
        Closing::Terminated,
    ] {
        assert_eq!(json!(closing), closing.name());
    }
}

/// Its days stood still, so it was not over (Order 121 art. 22).
#[test]
fn a_mediation_that_ends_while_something_is_tested_ends_in_time() {
    let mut scene = accepted();
    for side in [Side::Consumer, Side::Respondent] {
        scene.does(&officer(), agrees(side, Means::Phone)).unwrap();
    }
    let begins = Command::BeginAppraisal {
        body: "湖北省质检院".into(),
        chosen_by: ChosenBy::Parties,
    };
    scene.does(&officer(), begins).unwrap();
    let mut scene = scene.days_later(90);
    let ends = Command::TerminateMediation {
        ground: "no-agreement-on-testing-cost".into(),
        reason: "费用无法协商一致".into(),
    };
    scene.does(&officer(), ends).unwrap();
    assert_eq!(facts(&scene).mediation_in_time, Some(true));
    assert!(!scene.case.clocks.iter().any(CaseClock::awaits_calendar));
}
