use jiff::civil::date;

use super::scene::{Scene, agent, consumer, filing, offer, officer, plugin};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::{Documented, forms};
use crate::case::mediation::{ChosenBy, Ending, Means, Mode};
use crate::case::phase::{Closing, Confirmation, Phase};
use crate::case::time::civil_date;
use crate::case::{Actor, PluginRole, Refusal};
use crate::file::File;
use crate::officers::OfficerRole;

pub(super) fn accepted() -> Scene {
    accepted_with(false)
}

fn accepted_with(delegation: bool) -> Scene {
    let mut filing = filing();
    filing.consents.delegated_mediation = delegation;
    let mut scene = Scene::filed_with(filing).unwrap();
    scene.escalates();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene
}

pub(super) fn answer(side: Side, agrees: bool, means: Means) -> Command {
    Command::AnswerMediation {
        side,
        agrees,
        delegation: true,
        means,
    }
}

pub(super) fn consented() -> Scene {
    let mut scene = accepted();
    let yes = |side| answer(side, true, Means::Platform);
    scene.does(&consumer(), yes(Side::Consumer)).unwrap();
    scene.does(&agent(), yes(Side::Respondent)).unwrap();
    scene
}

fn session(scene: &Scene, mode: Mode, place: Option<&str>) -> Command {
    Command::ScheduleMediation {
        mode,
        at: scene
            .now
            .checked_add(jiff::SignedDuration::from_hours(24))
            .unwrap(),
        place: place.map(str::to_owned),
        mediator: "周敏".into(),
    }
}

pub(super) fn terminate(ground: &str) -> Command {
    Command::TerminateMediation {
        ground: ground.into(),
        reason: "双方分歧较大".into(),
    }
}

pub(super) fn needs(refused: Result<Vec<&'static str>, Refusal>, expected: &str) {
    match refused {
        Err(Refusal::Needs { what }) => assert_eq!(what, expected),
        other => panic!("{other:?}"),
    }
}

pub(super) fn refuses() -> Command {
    Command::AnswerMediation {
        side: Side::Respondent,
        agrees: false,
        delegation: false,
        means: Means::Platform,
    }
}

#[test]
fn each_side_answers_for_itself_and_officers_record_what_came_otherwise() {
    let mut scene = accepted();
    let respondents = answer(Side::Respondent, true, Means::Platform);
    assert!(scene.does(&consumer(), respondents.clone()).is_err());
    assert!(
        scene.does(&officer(), respondents).is_err(),
        "by what means?"
    );
    assert!(
        scene
            .does(
                &plugin(PluginRole::Resolver),
                answer(Side::Respondent, true, Means::Platform)
            )
            .is_err()
    );
    let by_phone = answer(Side::Respondent, true, Means::Phone);
    assert!(scene.does(&agent(), by_phone.clone()).is_err());
    scene.does(&officer(), by_phone).unwrap();
    let strange = answer(Side::Officer, true, Means::Phone);
    assert!(matches!(
        scene.does(&officer(), strange),
        Err(Refusal::Invalid { .. })
    ));
}

#[test]
fn whoever_said_no_is_asked_to_no_mediation_and_nobody_is_mediated_with_unasked() {
    let mut scene = accepted();
    let set = session(&scene, Mode::Phone, None);
    let mut refused = scene.clone();
    refused.does(&agent(), refuses()).unwrap();
    needs(refused.does(&officer(), set.clone()), "both-consents");
    assert!(scene.does(&agent(), set.clone()).is_err());
    // Who has not answered is asked to come.
    scene
        .does(&consumer(), answer(Side::Consumer, true, Means::Platform))
        .unwrap();
    scene.does(&officer(), set).unwrap();
    let mut scene = scene.days_later(2);
    let held = |absent| Command::RecordSession {
        session: 1,
        absent,
        note: "电话联系".into(),
    };
    needs(scene.does(&officer(), held(Vec::new())), "both-consents");
    let away = held(vec![Side::Respondent]);
    scene.does(&officer(), away).unwrap();
    scene
        .clone()
        .does(&officer(), terminate("absent-or-refusing"))
        .unwrap();
    // It was recorded wrongly: nothing follows from it.
    let strike = || Command::CancelSession {
        session: 1,
        reason: "号码拨错".into(),
    };
    scene.does(&officer(), strike()).unwrap();
    needs(
        scene.does(&officer(), terminate("absent-or-refusing")),
        "refusal-or-absence",
    );
    // And what was right is recorded anew, or the session cancelled.
    let hers = held(vec![Side::Consumer, Side::Respondent]);
    scene.clone().does(&officer(), hers).unwrap();
    scene.does(&officer(), strike()).unwrap();
    assert!(scene.does(&officer(), strike()).is_err());
}

#[test]
fn on_site_there_is_a_place_and_time_is_ahead() {
    let mut scene = consented();
    let nowhere = session(&scene, Mode::OnSite, None);
    assert!(
        matches!(scene.does(&officer(), nowhere), Err(Refusal::Invalid { field, .. }) if field == "/place")
    );
    let set = session(&scene, Mode::OnSite, Some("武昌区中南所"));
    scene.does(&officer(), set.clone()).unwrap();
    let held = Command::RecordSession {
        session: 1,
        absent: vec![Side::Respondent],
        note: "被投诉人未到场".into(),
    };
    needs(scene.does(&officer(), held.clone()), "session-time");
    let mut scene = scene.days_later(2);
    assert!(
        matches!(scene.does(&officer(), set), Err(Refusal::Invalid { field, .. }) if field == "/at")
    );
    scene.does(&officer(), held.clone()).unwrap();
    assert!(matches!(
        scene.does(&officer(), held),
        Err(Refusal::NotOpen { .. })
    ));
}

#[test]
fn an_association_mediates_where_both_agree_and_passes_nothing_on() {
    let mut scene = accepted();
    let delegate = Command::DelegateMediation {
        association: "wuhan-association".into(),
    };
    scene
        .does(&consumer(), answer(Side::Consumer, true, Means::Platform))
        .unwrap();
    needs(
        scene.does(&officer(), delegate.clone()),
        "both-consents-to-delegation",
    );
    scene
        .does(&agent(), answer(Side::Respondent, true, Means::Platform))
        .unwrap();
    let mediator = Actor::Mediator {
        id: "m-1".into(),
        organisation: "wuhan-association".into(),
        name: "李".into(),
    };
    let set = session(&scene, Mode::Video, None);
    assert!(scene.does(&mediator, set.clone()).is_err());
    scene.does(&officer(), delegate.clone()).unwrap();
    scene.does(&mediator, set).unwrap();
    assert!(matches!(
        scene.does(&officer(), delegate.clone()),
        Err(Refusal::Repeated { .. })
    ));
    assert!(scene.does(&mediator, delegate).is_err());
    assert!(
        scene.does(&mediator, terminate("other-statutory")).is_err(),
        "the authority ends it"
    );
}

#[test]
fn while_a_recusal_waits_nothing_goes_on() {
    let mut scene = consented();
    let wish = |mediator: Option<&str>| Command::RequestRecusal {
        mediator: mediator.map(str::to_owned),
        reason: "调解员系店主亲属".into(),
    };
    let nobody = scene.does(&consumer(), wish(None));
    assert!(matches!(nobody, Err(Refusal::Invalid { field, .. }) if field == "/mediator"));
    scene.does(&consumer(), wish(Some("吴昊"))).unwrap();
    for ground in ["no-deal", "absent-or-refusing", "other-statutory"] {
        needs(
            scene.does(&officer(), terminate(ground)),
            "recusal-decision",
        );
    }
    needs(
        scene.does(&officer(), session(&scene, Mode::Phone, None)),
        "recusal-decision",
    );
    needs(scene.does(&agent(), offer(100)), "recusal-decision");
    let named_so = Actor::Officer {
        id: "o-9".into(),
        unit: "420106".into(),
        name: "吴昊".into(),
        role: OfficerRole::Head,
    };
    let decide = |granted| Command::DecideRecusal {
        granted,
        reason: "情况属实，更换调解员".into(),
    };
    assert!(scene.does(&agent(), decide(true)).is_err());
    needs(scene.does(&named_so, decide(false)), "other-decider");
    scene.does(&officer(), decide(true)).unwrap();
    needs(scene.does(&officer(), decide(true)), "recusal-request");
    scene
        .does(&officer(), session(&scene, Mode::Phone, None))
        .unwrap();
}

#[test]
fn who_was_recused_mediates_no_more() {
    let mut scene = consented();
    let set = |scene: &Scene, by: &str| match session(scene, Mode::Phone, None) {
        Command::ScheduleMediation {
            mode, at, place, ..
        } => Command::ScheduleMediation {
            mode,
            at,
            place,
            mediator: by.into(),
        },
        other => other,
    };
    let first = set(&scene, "周敏");
    scene.does(&officer(), first.clone()).unwrap();
    let other = set(&scene, "吴昊");
    scene.does(&officer(), other).unwrap();
    let wish = |mediator: Option<&str>| Command::RequestRecusal {
        mediator: mediator.map(str::to_owned),
        reason: "调解员系店主亲属".into(),
    };
    for unclear in [None, Some("周")] {
        let refused = scene.does(&consumer(), wish(unclear));
        assert!(matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "/mediator"));
    }
    scene.does(&consumer(), wish(Some("周敏"))).unwrap();
    let granted = Command::DecideRecusal {
        granted: true,
        reason: "情况属实".into(),
    };
    scene.does(&officer(), granted.clone()).unwrap();
    let held = Command::RecordSession {
        session: 1,
        absent: Vec::new(),
        note: "双方到场".into(),
    };
    scene = scene.days_later(3);
    needs(scene.does(&officer(), held), "other-mediator");
    let again = set(&scene, "周敏");
    needs(scene.does(&officer(), again), "other-mediator");
    let other = set(&scene, "吴昊");
    scene.does(&officer(), other).unwrap();
    // Only one is left that is to mediate.
    scene.does(&consumer(), wish(None)).unwrap();
    scene.does(&officer(), granted).unwrap();
    let other = set(&scene, "吴昊");
    needs(scene.does(&officer(), other), "other-mediator");
}

#[test]
fn who_takes_back_her_consent_takes_the_mediation_back_from_the_association() {
    let mut scene = consented();
    let delegate = || Command::DelegateMediation {
        association: "council".into(),
    };
    scene.does(&officer(), delegate()).unwrap();
    let answer = |agrees| Command::AnswerMediation {
        side: Side::Respondent,
        agrees,
        delegation: false,
        means: Means::Platform,
    };
    scene.does(&agent(), answer(true)).unwrap();
    let entrusted = |scene: &Scene| scene.case.mediation().unwrap().delegated_to.clone();
    assert_eq!(entrusted(&scene), None);
    needs(
        scene.does(&officer(), delegate()),
        "both-consents-to-delegation",
    );
    scene
        .does(&officer(), session(&scene, Mode::Phone, None))
        .unwrap();
}

#[test]
fn days_of_an_appraisal_are_not_counted() {
    let mut scene = consented();
    let ends = |scene: &Scene| {
        let clock = scene.case.running_clock("mediation").unwrap();
        clock.reading.arithmetic().last_counted
    };
    assert_eq!(ends(&scene), Some(date(2026, 7, 17)));
    let begin = Command::BeginAppraisal {
        body: "湖北省纤维检验局".into(),
        chosen_by: ChosenBy::Regulator,
    };
    scene.does(&officer(), begin.clone()).unwrap();
    assert_eq!(scene.case.next_deadline(), None, "the clock stands still");
    assert!(matches!(
        scene.does(&officer(), begin),
        Err(Refusal::Repeated { .. })
    ));
    let mut scene = scene.days_later(9);
    let end = Command::EndAppraisal {
        result: "面料成分与标识不符".into(),
    };
    scene.does(&officer(), end.clone()).unwrap();
    // 18 to 27 May stood still; the first of them, the day of acceptance, never counted.
    assert_eq!(ends(&scene), Some(date(2026, 7, 26)));
    needs(scene.does(&officer(), end), "running-appraisal");
}

#[test]
fn terms_of_the_authority_that_both_accept_are_its_mediations_agreement() {
    let mut scene = consented();
    scene.does(&officer(), offer(9_900)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Accepted);
    scene
        .does(&agent(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
    assert_eq!(scene.case.mediation().unwrap().ending, Some(Ending::Agreed));
    assert!(scene.case.running_clock("termination-notice").is_none());
}

#[test]
fn the_parties_own_settlement_terminates_the_mediation_and_both_are_told() {
    let mut scene = consented();
    scene.does(&agent(), offer(9_900)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
    let notify = Command::NotifyTermination { means: Means::Sms };
    scene.does(&officer(), notify.clone()).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled, "performance goes on");
    assert!(matches!(
        scene.does(&officer(), notify),
        Err(Refusal::Repeated { .. })
    ));
}

#[test]
fn no_plugin_deals_in_the_authoritys_mediation() {
    let mut scene = consented();
    assert!(
        scene
            .does(&plugin(PluginRole::Resolver), offer(100))
            .is_err()
    );
    assert!(
        scene
            .does(&plugin(PluginRole::Mediator), offer(100))
            .is_err()
    );
}

#[test]
fn she_withdraws_before_acceptance_and_in_mediation() {
    let mut scene = Scene::filed();
    scene.escalates();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Withdrawn));
    let mut scene = accepted();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.phase, Phase::Terminated, "both are told");
    let notify = Command::NotifyTermination {
        means: Means::Platform,
    };
    scene.does(&officer(), notify).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Withdrawn));
}

#[test]
fn what_an_authority_handled_is_not_escalated_again() {
    let mut scene = consented();
    scene.does(&officer(), offer(9_900)).unwrap();
    scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    scene
        .does(&agent(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    let clock = scene.case.running_clock("performance").unwrap().seq;
    let mut scene = scene.days_later(17);
    scene
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    let again = Command::Escalate {
        request: Default::default(),
    };
    assert!(matches!(
        scene.does(&consumer(), again),
        Err(Refusal::Repeated { .. })
    ));
}

#[test]
fn material_is_asked_for_with_a_time_that_is_kept() {
    let mut scene = Scene::filed();
    scene.escalates();
    let ask = |due| Command::RequestMaterial {
        items: vec!["身份证明".into()],
        due,
    };
    assert!(scene.does(&officer(), ask(date(2026, 5, 18))).is_err());
    scene.does(&officer(), ask(date(2026, 5, 21))).unwrap();
    let refuse = Command::RefuseComplaint {
        ground: "material-missing".into(),
        reason: "逾期未补正".into(),
    };
    needs(scene.does(&officer(), refuse.clone()), "material-time");
    let provide = Command::ProvideMaterial {
        note: "已上传".into(),
    };
    let mut late = scene.clone().days_later(4);
    late.does(&officer(), refuse.clone()).unwrap();
    scene.does(&consumer(), provide.clone()).unwrap();
    needs(scene.does(&consumer(), provide), "material-request");
    scene.does(&officer(), refuse).unwrap();
}

#[test]
fn whom_the_authority_entrusted_deals_in_its_mediation_and_not_after_it() {
    let mut scene = accepted();
    for (by, side) in [(consumer(), Side::Consumer), (agent(), Side::Respondent)] {
        scene
            .does(&by, answer(side, true, Means::Platform))
            .unwrap();
    }
    let delegate = Command::DelegateMediation {
        association: "wuhan-association".into(),
    };
    scene.does(&officer(), delegate).unwrap();
    let mediator = Actor::Mediator {
        id: "m-1".into(),
        organisation: "wuhan-association".into(),
        name: "李".into(),
    };
    scene.does(&mediator, offer(100)).unwrap();
    for by in [agent(), consumer()] {
        scene.does(&by, Command::AcceptOffer { offer: 1 }).unwrap();
    }
    let performed_on = civil_date(scene.now);
    let performs = Command::RecordPerformance {
        performed_on,
        note: None,
    };
    scene.does(&agent(), performs).unwrap();
    let confirmation = Confirmation::Solved;
    scene
        .does(&consumer(), Command::Confirm { confirmation })
        .unwrap();
    let reason = "愿意再谈".to_owned();
    scene.does(&consumer(), Command::Reopen { reason }).unwrap();
    assert_eq!(scene.case.phase, Phase::Open);
    let refused = scene.does(&mediator, offer(200));
    assert!(matches!(refused, Err(Refusal::NotAllowed { .. })));
    scene.does(&consumer(), Command::RequestMediation).unwrap();
    scene.does(&mediator, offer(200)).unwrap();
}

#[test]
fn a_mediation_that_is_cancelled_is_not_recorded_and_another_is_set() {
    let mut scene = consented();
    let set = session(&scene, Mode::Phone, None);
    scene.does(&officer(), set.clone()).unwrap();
    let cancels = || Command::CancelSession {
        session: 1,
        reason: "经营者来电改期".into(),
    };
    assert!(scene.does(&agent(), cancels()).is_err());
    scene.does(&officer(), cancels()).unwrap();
    let again = scene.does(&officer(), cancels());
    assert!(matches!(again, Err(Refusal::NotOpen { .. })));
    scene.does(&officer(), set).unwrap();
    assert_eq!(
        scene.case.occasion(forms::MEDIATION_NOTICE, scene.now),
        Ok(())
    );
    let mut later = scene.days_later(2);
    let held = |session| Command::RecordSession {
        session,
        absent: Vec::new(),
        note: "双方到场".into(),
    };
    let cancelled = later.does(&officer(), held(1));
    assert!(matches!(cancelled, Err(Refusal::NotOpen { .. })));
    let asks = |scene: &Scene| scene.case.occasion(forms::MEDIATION_NOTICE, scene.now);
    // Nor to one whose time has come.
    assert_eq!(asks(&later), Err(Refusal::Needs { what: "session" }));
    later.does(&officer(), held(2)).unwrap();
    // To what was held nobody is asked any more.
    assert_eq!(asks(&later), Err(Refusal::Needs { what: "session" }));
}

#[test]
fn an_association_gives_a_mediation_back_and_another_may_be_entrusted() {
    let mut scene = consented();
    let association = |organisation: &str| Actor::Mediator {
        id: "m-1".into(),
        organisation: organisation.into(),
        name: "李".into(),
    };
    let entrusts = |organisation: &str| Command::DelegateMediation {
        association: organisation.into(),
    };
    let ends = || Command::EndDelegation {
        reason: "人手不足".into(),
    };
    needs(scene.does(&officer(), ends()), "delegation");
    scene.does(&officer(), entrusts("hankou")).unwrap();
    assert!(scene.does(&association("wuchang"), ends()).is_err());
    assert!(scene.does(&consumer(), ends()).is_err());
    scene.does(&association("hankou"), offer(100)).unwrap();
    scene.does(&association("hankou"), ends()).unwrap();
    assert!(scene.does(&association("hankou"), offer(100)).is_err());
    let gone = scene.does(&consumer(), Command::AcceptOffer { offer: 1 });
    assert!(matches!(gone, Err(Refusal::NotOpen { .. })));
    scene.does(&officer(), entrusts("wuchang")).unwrap();
    scene.does(&officer(), ends()).unwrap();
    assert_eq!(scene.case.mediation().unwrap().delegated_to, None);
}
