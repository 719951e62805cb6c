use jiff::Timestamp;
use serde_json::json;

use super::dispatch::answers_all;
use super::scene::{Scene, consumer, filing, mandate, officer, officer_of};
use super::supervision::days_pass;
use crate::case::actor::{Actor, Side};
use crate::case::clocks::ClockState;
use crate::case::command::Command;
use crate::case::entries::MessageBody;
use crate::case::event::{Event, Recorded};
use crate::case::filing::{EvidenceReference, Filing};
use crate::case::moves::ReturnReason;
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::representation::Representation;
use crate::case::supervision::{SupervisionCause, Urgency};
use crate::case::transfer::{
    ExternalStatus, MAX_TOLD, Origin, Stage, Supplement, Supplied, TransferState,
};
use crate::case::visit::Satisfaction;
use crate::case::{Case, Context, file, mediation::Means};
use crate::file::File;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::indicators::CaseFacts;
use crate::rules::RuleBook;

fn shanghai() -> Actor {
    external("shanghai")
}

fn external(code: &str) -> Actor {
    Actor::External {
        authority: code.into(),
        name: "外省市场监督管理局".into(),
    }
}

fn out() -> Command {
    Command::TransferOut {
        to: "shanghai".into(),
        name: "上海市市场监督管理局".into(),
        reason: "住所地在上海".into(),
        article: "41".into(),
    }
}

fn transferred() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene.does(&officer_of("420100"), out()).unwrap();
    scene
}

fn status(sequence: u64, stage: Stage) -> Command {
    Command::RecordExternalStatus {
        status: ExternalStatus {
            sequence,
            at: Timestamp::UNIX_EPOCH,
            file_number: "沪1号".into(),
            stage,
            ground: None,
            result: None,
            text: None,
        },
    }
}

fn failed(scene: &mut Scene) {
    let why = "HTTP 503".to_owned();
    let fail = Command::FailTransfer { transfer: 1, why };
    scene.does(&Actor::Platform, fail).unwrap();
}

fn arrived() -> Command {
    Command::AcknowledgeTransfer {
        transfer: 1,
        number: "沪1号".into(),
    }
}

#[test]
fn once_the_other_has_it_all_periods_of_this_authority_are_over_and_not_before() {
    let mut scene = transferred();
    assert_eq!(scene.case.phase, Phase::Transferred);
    assert_eq!(scene.case.turn(), None, "nobody is to act");
    let due = scene.case.authority_due().unwrap();
    assert_eq!(due.period.as_deref(), Some("acceptance"));
    scene.does(&Actor::Platform, arrived()).unwrap();
    let running = scene.case.clocks.iter().filter(|clock| clock.is_running());
    assert_eq!(running.count(), 0);
    assert_eq!(
        (scene.case.turn(), scene.case.authority_due()),
        (None, None)
    );
    assert!(scene.case.next_deadline().is_none());
}

#[test]
fn only_intake_above_transfers_and_only_before_acceptance() {
    let mut scene = Scene::filed();
    scene.escalates();
    for stranger in [
        officer_of("420111"),
        consumer(),
        Actor::Platform,
        shanghai(),
    ] {
        let refused = scene.does(&stranger, out()).unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
    }
    // Art. 41: a unit without power does not pass it on itself.
    let own = scene.does(&officer(), out()).unwrap_err();
    assert!(matches!(own, Refusal::Needs { .. }), "{own}");
    let mut above = scene.clone();
    above.does(&officer_of("420100"), out()).unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let refused = scene.does(&officer_of("420100"), out()).unwrap_err();
    assert!(matches!(refused, Refusal::WrongPhase { .. }), "{refused}");
}

#[test]
fn one_that_failed_waits_for_a_person_and_is_taken_back_with_what_was_left_of_its_period() {
    let mut scene = transferred();
    let back = || Command::WithdrawTransfer {
        reason: "对方系统停用".into(),
    };
    let early = scene.does(&officer(), back()).unwrap_err();
    assert_eq!(
        early,
        Refusal::Needs {
            what: "failed-transfer"
        }
    );
    failed(&mut scene);
    assert_eq!(scene.case.turn(), Some(Side::Officer));
    assert!(
        scene.case.authority_due().is_some(),
        "it is on the work list"
    );
    let mut scene = scene.days_later(3);
    let kinds = scene.does(&officer(), back()).unwrap();
    assert_eq!(kinds, ["transfer_withdrawn"]);
    assert_eq!(scene.case.phase, Phase::Registered);
    let acceptance = scene.case.running_clock("acceptance").unwrap();
    assert_eq!(acceptance.start.to_string(), "2026-05-18", "received then");
    scene.does(&officer_of("420100"), out()).unwrap();
    assert_eq!(scene.case.current_transfer().unwrap().seq, 2);
}

#[test]
fn what_runs_out_before_the_other_has_it_is_watched_and_late_as_ever() {
    for fails in [true, false] {
        let mut scene = transferred();
        if fails {
            failed(&mut scene);
        }
        let mut scene = days_pass(scene, 12);
        let causes: Vec<&str> = scene
            .case
            .supervisions
            .iter()
            .map(|it| match &it.cause {
                SupervisionCause::Nearing { .. } => "nearing",
                SupervisionCause::Overdue { .. } => "overdue",
                SupervisionCause::Superior => "superior",
            })
            .collect();
        assert_eq!(causes, ["nearing", "overdue"]);
        let due = |scene: &Scene| scene.case.authority_due().unwrap().period;
        let facts = CaseFacts::of(&scene.case);
        assert_eq!(facts.acceptance_in_time, Some(false));
        answers_all(&mut scene, &officer());
        assert_eq!(due(&scene).as_deref(), Some("acceptance"), "still late");
        let mut late = scene.clone();
        late.does(&Actor::Platform, arrived()).unwrap();
        assert_eq!(late.case.authority_due(), None);
        if fails {
            let back = Command::WithdrawTransfer {
                reason: "对方系统停用".into(),
            };
            scene.does(&officer(), back).unwrap();
            assert_eq!(due(&scene).as_deref(), Some("acceptance"));
        }
    }
}

/// It had arrived, and the other did not hear that it was taken back.
#[test]
fn what_the_other_says_of_a_file_that_was_taken_back_is_kept_and_moves_nothing() {
    let mut scene = transferred();
    failed(&mut scene);
    let back = Command::WithdrawTransfer {
        reason: "没有回音".into(),
    };
    scene.does(&officer(), back).unwrap();
    for (sequence, stage) in [
        (1, Stage::Accepted),
        (2, Stage::Closed),
        (3, Stage::Reopened),
    ] {
        let kinds = scene.does(&shanghai(), status(sequence, stage)).unwrap();
        assert_eq!(kinds, ["external_status_recorded"]);
    }
    assert_eq!(scene.case.phase, Phase::Registered);
    let mut over = scene.clone();
    over.does(&consumer(), Command::Withdraw).unwrap();
    over.does(&shanghai(), status(4, Stage::Reopened)).unwrap();
    assert_eq!(over.case.closing, Some(Closing::Withdrawn));
    let to_another = Command::TransferOut {
        to: "jiangsu".into(),
        name: "江苏省市场监督管理局".into(),
        reason: "经营地在江苏".into(),
        article: "41".into(),
    };
    scene.does(&officer_of("420100"), to_another).unwrap();
    let kinds = scene.does(&shanghai(), status(4, Stage::Closed)).unwrap();
    assert_eq!(kinds, ["external_status_recorded"]);
    assert_eq!(scene.case.phase, Phase::Transferred);
    let transfers = &scene.case.complaint.as_ref().unwrap().transfers;
    let kept: Vec<usize> = transfers.iter().map(|it| it.statuses.len()).collect();
    assert_eq!(kept, [4, 0]);
    assert!(transfers[0].is_withdrawn());
}

#[test]
fn what_the_other_handles_once_more_is_waited_for_again() {
    let mut scene = transferred();
    let says =
        |scene: &mut Scene, sequence, stage| scene.does(&shanghai(), status(sequence, stage));
    says(&mut scene, 4, Stage::Refused).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    // Of before the refusal, however late it comes.
    says(&mut scene, 2, Stage::Reopened).unwrap();
    assert_eq!(scene.case.phase, Phase::Closed);
    let again = says(&mut scene, 6, Stage::Reopened).unwrap();
    assert_eq!(again, ["external_status_recorded", "complaint_reopened"]);
    assert_eq!(
        (scene.case.phase, scene.case.closing),
        (Phase::Transferred, None)
    );
    assert_eq!(scene.case.milestones.closed, None);
    scene
        .does(
            &consumer(),
            Command::PostMessage {
                body: MessageBody::Written("请继续处理".into()),
            },
        )
        .unwrap();
    says(&mut scene, 5, Stage::Closed).unwrap();
    assert_eq!(scene.case.phase, Phase::Transferred, "of before");
    says(&mut scene, 7, Stage::Closed).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::ConcludedElsewhere));
}

#[test]
fn what_the_other_says_is_kept_in_its_order_and_a_final_word_closes_the_file_once() {
    let mut scene = transferred();
    scene.does(&Actor::Platform, arrived()).unwrap();
    assert!(scene.does(&Actor::Platform, arrived()).is_err());
    let says =
        |scene: &mut Scene, sequence, stage| scene.does(&shanghai(), status(sequence, stage));
    assert_eq!(
        says(&mut scene, 5, Stage::MediationEnded).unwrap(),
        ["external_status_recorded"]
    );
    assert_eq!(
        says(&mut scene, 3, Stage::Accepted).unwrap(),
        ["external_status_recorded"]
    );
    assert_eq!(
        says(&mut scene, 3, Stage::Accepted).unwrap(),
        [] as [&str; 0],
        "the same again"
    );
    let other = says(&mut scene, 3, Stage::Refused).unwrap_err();
    assert!(
        matches!(other, Refusal::Repeated { what: "status", .. }),
        "{other}"
    );
    assert_eq!(
        says(&mut scene, 9, Stage::Closed).unwrap(),
        ["external_status_recorded", "case_closed"]
    );
    assert_eq!(scene.case.closing, Some(Closing::ConcludedElsewhere));
    assert_eq!(
        says(&mut scene, 4, Stage::Closed).unwrap(),
        ["external_status_recorded"]
    );
    let kept: Vec<u64> = scene
        .case
        .current_transfer()
        .unwrap()
        .statuses
        .iter()
        .map(|it| it.sequence)
        .collect();
    assert_eq!(kept, [3, 4, 5, 9]);

    let visit = Command::RecordVisit {
        means: Means::Phone,
        satisfaction: Some(Satisfaction::Unsatisfied),
        note: "不满意".into(),
    };
    assert_eq!(
        scene.does(&officer(), visit).unwrap(),
        ["visit_recorded"],
        "not handled here"
    );
}

#[test]
fn nobody_else_speaks_for_the_authority_that_has_the_file() {
    let mut scene = transferred();
    for stranger in [external("jiangsu"), officer(), consumer(), Actor::Platform] {
        let refused = scene.does(&stranger, status(1, Stage::Closed)).unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
    }
    let long = "长".repeat(MAX_TOLD + 1);
    let mut too_long = status(1, Stage::Note);
    if let Command::RecordExternalStatus { status } = &mut too_long {
        status.text = Some(long);
    }
    let refused = scene.does(&shanghai(), too_long).unwrap_err();
    assert!(
        matches!(refused, Refusal::Invalid { ref field, .. } if field == "/text"),
        "{refused}"
    );
}

#[test]
fn a_word_from_the_other_shows_that_the_file_arrived_even_where_that_seemed_to_fail() {
    let mut scene = transferred();
    failed(&mut scene);
    let kinds = scene.does(&shanghai(), status(1, Stage::Received)).unwrap();
    let all = [
        "transfer_acknowledged",
        "external_status_recorded",
        "clock_stopped",
    ];
    assert_eq!(kinds, all);
    let state = &scene.case.current_transfer().unwrap().state;
    assert_eq!(
        *state,
        TransferState::Acknowledged {
            number: "沪1号".into()
        }
    );
}

fn received(operator: serde_json::Value, by: &Actor) -> Result<Case, Refusal> {
    let mut json = serde_json::to_value(filing()).unwrap();
    json["respondent"]
        .as_object_mut()
        .unwrap()
        .remove("organisation");
    json["respondent"]["operator"] = operator;
    let filing: Filing = serde_json::from_value(json).unwrap();
    let rules = RuleBook::builtin().unwrap();
    let now: Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    let command = Command::Receive {
        number: CaseNumber::compose(crate::case::time::civil_date(now), 7),
        filing: Box::new(filing),
        before: None,
        origin: Origin {
            authority: "shanghai".into(),
            name: "上海市市场监督管理局".into(),
            number: "沪1号".into(),
            digest: Digest::of(b"dossier"),
            size: 7,
        },
    };
    let context = Context {
        now,
        actor: by,
        rules: &rules,
    };
    let events = file(command, &context)?;
    let recorded = events.into_iter().map(|event| Recorded {
        at: now,
        by: by.clone(),
        event,
    });
    Ok(Case::fold(recorded).unwrap())
}

#[test]
fn a_file_from_elsewhere_is_registered_where_the_law_says_with_a_period_of_its_own() {
    let here = json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"});
    let case = received(here, &shanghai()).unwrap();
    assert_eq!(
        (case.phase, case.origin.as_ref().unwrap().number.as_str()),
        (Phase::Registered, "沪1号")
    );
    assert_eq!(case.complaint.as_ref().unwrap().unit.as_str(), "420106");
    let [clock] = case.clocks.as_slice() else {
        panic!("{:?}", case.clocks)
    };
    assert_eq!(
        (clock.period.as_str(), &clock.state),
        ("acceptance", &ClockState::Running)
    );

    let elsewhere = json!({"kind": "ordinary", "domicile": "310101"});
    let case = received(elsewhere.clone(), &shanghai()).unwrap();
    assert_eq!(
        case.complaint.as_ref().unwrap().unit.as_str(),
        "420000",
        "the province's intake"
    );
    for stranger in [external("jiangsu"), consumer(), Actor::Platform] {
        let refused = received(elsewhere.clone(), &stranger).unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
    }
}

#[test]
fn a_file_that_comes_once_more_stays_the_file_that_it_is() {
    let here = json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"});
    let case = received(here, &shanghai()).unwrap();
    let rules = RuleBook::builtin().unwrap();
    let origin = case.origin.clone().unwrap();
    let again = |by: &Actor, origin: Origin| {
        let context = Context {
            now: "2026-05-20T01:00:00Z".parse().unwrap(),
            actor: by,
            rules: &rules,
        };
        let command = Command::Receive {
            number: case.number.clone(),
            filing: Box::new(case.filing.clone()),
            before: None,
            origin,
        };
        case.decide(command, &context)
    };
    assert_eq!(again(&shanghai(), origin.clone()), Ok(Vec::new()));
    let newer = Origin {
        digest: Digest::of(b"newer"),
        ..origin.clone()
    };
    let events = again(&shanghai(), newer.clone()).unwrap();
    let recorded = Event::OriginRecorded {
        origin: newer.clone(),
    };
    assert_eq!(events, [recorded]);
    let of_another_file = Origin {
        number: "沪2号".into(),
        ..newer.clone()
    };
    for (by, origin) in [
        (shanghai(), of_another_file),
        (external("jiangsu"), newer.clone()),
        (officer(), newer.clone()),
        (Actor::Platform, newer),
    ] {
        let refused = again(&by, origin).unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
    }
}

fn after_it(sequence: u64, what: Supplied) -> Command {
    Command::TakeSupplement {
        supplement: Supplement {
            sequence,
            at: Timestamp::UNIX_EPOCH,
            from: Side::Consumer,
            what,
        },
    }
}

fn said(text: &str) -> Supplied {
    Supplied::Message(MessageBody::Written(text.into()))
}

#[test]
fn what_came_after_a_file_is_added_once_and_only_by_who_handed_it_over() {
    let here = json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"});
    let mut case = received(here, &shanghai()).unwrap();
    let rules = RuleBook::builtin().unwrap();
    let mut does = |by: Actor, command: Command| {
        let now = "2026-05-19T01:00:00Z".parse().unwrap();
        let context = Context {
            now,
            actor: &by,
            rules: &rules,
        };
        let events = case.decide(command, &context)?;
        for event in events.clone() {
            let by = by.clone();
            case.apply(&Recorded { at: now, by, event }).unwrap();
        }
        Ok::<_, Refusal>((case.clone(), events.len()))
    };
    for stranger in [external("jiangsu"), consumer(), Actor::Platform] {
        let refused = does(stranger, after_it(7, said("补充说明"))).unwrap_err();
        assert!(matches!(refused, Refusal::NotAllowed { .. }), "{refused}");
    }
    let photo: EvidenceReference = serde_json::from_value(json!({"sha256": "ab".repeat(32),
        "media_type": "image/jpeg", "size": 5, "name": "照片.jpg"}))
    .unwrap();
    does(shanghai(), after_it(9, Supplied::Evidence(photo.clone()))).unwrap();
    let (case, recorded) = does(shanghai(), after_it(7, said("补充说明"))).unwrap();
    assert_eq!(
        (recorded, case.messages.len(), case.evidence.len()),
        (1, 1, 1)
    );
    assert_eq!(case.evidence[0].by, Side::Consumer);
    assert_eq!(case.evidence[0].reference, photo);
    let (_, again) = does(shanghai(), after_it(7, said("补充说明"))).unwrap();
    assert_eq!(again, 0);
    for (wrong, field) in [
        (said(" "), "/message"),
        (
            Supplied::Evidence(EvidenceReference {
                size: 0,
                ..photo.clone()
            }),
            "/evidence/size",
        ),
    ] {
        let refused = does(shanghai(), after_it(11, wrong)).unwrap_err();
        assert!(
            matches!(&refused, Refusal::Invalid { field: found, .. } if found == field),
            "{refused}"
        );
    }
}

#[test]
fn who_has_a_file_gives_nothing_to_it_in_the_name_of_who_handed_it_over() {
    let mut scene = transferred();
    let refused = scene.does(&shanghai(), after_it(7, said("补充说明")));
    assert!(matches!(refused, Err(Refusal::NotAllowed { .. })));
}

#[test]
fn a_file_that_comes_back_has_the_period_it_left_with() {
    let back = || Command::WithdrawTransfer {
        reason: "对方不收".into(),
    };
    let running = |scene: &Scene| -> Vec<String> {
        let running = scene.case.clocks.iter().filter(|it| it.is_running());
        running.map(|it| it.period.clone()).collect()
    };
    let mut scene = Scene::filed();
    scene.escalates();
    let mut at_intake = scene.clone();
    let returned = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "无处理权限".into(),
    };
    at_intake.does(&officer(), returned).unwrap();
    let intake = officer_of("420100");
    at_intake.does(&intake, out()).unwrap();
    failed(&mut at_intake);
    at_intake.does(&intake, back()).unwrap();
    assert_eq!(running(&at_intake), ["intake-dispatch"]);

    scene.goes_once_more();
    let end = scene.case.running_clock("redo").unwrap().reading.ends_on();
    let mut scene = scene.days_later(2);
    scene.does(&intake, out()).unwrap();
    failed(&mut scene);
    scene.does(&officer(), back()).unwrap();
    assert_eq!(running(&scene), ["redo"]);
    let again = scene.case.running_clock("redo").unwrap();
    assert_eq!(again.reading.ends_on(), end, "its one time");
}

#[test]
fn what_a_superior_asked_is_answered_though_the_file_has_gone() {
    let mut scene = Scene::filed();
    scene.escalates();
    let urge = Command::Supervise {
        urgency: Urgency::General,
        matter: "请说明情况".into(),
    };
    scene.does(&officer_of("420000"), urge).unwrap();
    scene.does(&officer_of("420100"), out()).unwrap();
    scene.does(&Actor::Platform, arrived()).unwrap();
    assert!(scene.case.running_clock("supervision-general").is_some());
    assert!(scene.case.running_clock("acceptance").is_none());
    let answer = Command::AnswerSupervision {
        supervision: 1,
        answer: "已移送上海".into(),
    };
    scene.does(&officer(), answer).unwrap();
}

/// What changed there since the last dossier, and nothing that was put right here.
#[test]
fn what_changed_there_meanwhile_changes_here() {
    let here = json!({"kind": "ordinary", "place_of_business": "420106", "domicile": "420106"});
    let mut case = received(here, &shanghai()).unwrap();
    let before = case.filing.clone();
    let mut here = before.clone();
    here.respondent.name = "江汉百货有限公司".into();
    here.consumer.address = Some("武汉市武昌区徐东路9号".into());
    case.filing = here.clone();
    let mut now = before.clone();
    now.consumer.phone = "13900139000".parse().unwrap();
    now.consumer.address = Some("武汉市武昌区旧址1号".into());
    now.claim.reason = "只要求退货".into();
    now.representation = Some(Box::new(Representation {
        agent: Some(mandate(&[])),
        joint: None,
    }));
    now.evidence = vec![super::scene::reference()];
    let rules = RuleBook::builtin().unwrap();
    let context = Context {
        now: "2026-05-20T01:00:00Z".parse().unwrap(),
        actor: &shanghai(),
        rules: &rules,
    };
    let command = Command::Receive {
        number: case.number.clone(),
        filing: Box::new(now.clone()),
        before: Some(Box::new(before)),
        origin: Origin {
            digest: Digest::of(b"newer"),
            ..case.origin.clone().unwrap()
        },
    };
    let events = case.decide(command, &context).unwrap();
    let kinds: Vec<&str> = events.iter().map(Event::kind).collect();
    assert_eq!(
        kinds,
        [
            "origin_recorded",
            "claim_revised",
            "representation_recorded",
            "filing_corrected",
            "evidence_added"
        ]
    );
    for event in events {
        let (at, by) = (context.now, shanghai());
        case.apply(&Recorded { at, by, event }).unwrap();
    }
    assert_eq!(case.filing.consumer.phone, now.consumer.phone);
    assert_eq!(case.filing.consumer.address, here.consumer.address);
    assert_eq!(case.filing.representation, now.representation);
    assert_eq!(case.filing.claim, now.claim);
    assert_eq!(case.filing.respondent.name, "江汉百货有限公司");
    assert_eq!(case.evidence.len(), 1);
}
