use jiff::civil::{Date, date};

use super::scene::{Scene, filing, handler, head, named, number, officer, reporter};
use crate::case::correction::{Correction, PersonCorrection};
use crate::case::mediation::Means;
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command, Event, Refusal};
use crate::file::File;
use crate::law_table::samples::renamed;
use crate::money::Fen;
use crate::report::{EnforcementOutcome, EnforcementResult, ReportClosing, ReportPhase, Reporter};

pub(super) fn result(decided_on: Date) -> Command {
    Command::RecordEnforcement {
        result: EnforcementResult {
            outcome: EnforcementOutcome::Penalty,
            decided_on,
            penalty_fen: Fen::new(500_000).unwrap(),
            decision: Some("武昌市监罚〔2026〕1号".into()),
            summary: "没收并罚款".into(),
        },
    }
}

#[test]
fn a_report_is_verified_within_fifteen_working_days() {
    let scene = Scene::received();
    assert_eq!(scene.report.unit.as_str(), "420106");
    // 18 May is not counted; the fifteenth working day is 8 June.
    assert_eq!(scene.ends_on("report-verification"), Some(date(2026, 6, 8)));
}

#[test]
fn a_period_that_starts_before_a_holiday_passes_over_it() {
    let by = reporter();
    // Wednesday 30 September; the national days end on 7 October, 10 October is worked.
    let scene = Scene::at("2026-09-30T02:00:00Z", named(), &by, filing()).unwrap();
    let clock = &scene.report.clocks[0];
    let skipped = &clock.reading.arithmetic().not_counted;
    assert!(skipped.iter().any(|day| day.date == date(2026, 10, 1)));
    let made_up = &clock.reading.arithmetic().make_up_days;
    assert!(made_up.iter().any(|day| day.date == date(2026, 10, 10)));
}

#[test]
fn a_case_is_opened_handed_over_and_decided_within_ninety_days() {
    let mut scene = Scene::received().days_later(3);
    scene.verifies(true);
    assert_eq!(scene.report.phase, ReportPhase::Investigating);
    assert_eq!(scene.ends_on("report-verification"), None);
    // Ninety natural days from 21 May.
    assert_eq!(scene.ends_on("case-decision"), Some(date(2026, 8, 19)));
    let hand_over = |number: &str| Command::HandToEnforcement {
        partner: None,
        system: "执法办案系统".into(),
        case_number: number.into(),
    };
    scene.does(&handler(), hand_over("1号")).unwrap();
    let again = scene.does(&handler(), hand_over("1号")).unwrap_err();
    assert!(matches!(again, Refusal::Repeated { .. }));
    scene.does(&handler(), hand_over("2号")).unwrap();
    let handed = scene.report.handed().unwrap();
    assert_eq!(handed.case_number, "2号", "what was entered wrongly");
    let mut scene = scene.days_later(30);
    // Received on the 18th; nothing was open before the 21st.
    let early = scene.does(&handler(), result(date(2026, 5, 20)));
    assert!(matches!(early, Err(Refusal::Invalid { .. })), "{early:?}");
    scene.does(&handler(), result(date(2026, 6, 18))).unwrap();
    assert_eq!(scene.report.closing, Some(ReportClosing::Decided));
    assert_eq!(scene.report.next_deadline(), None);
}

#[test]
fn a_result_that_was_entered_wrongly_is_entered_anew_and_the_report_stays_closed() {
    let mut scene = Scene::received().days_later(3);
    scene.verifies(true);
    let early = scene.report.closed_at;
    scene.does(&handler(), result(date(2026, 5, 21))).unwrap();
    let closed_at = scene.report.closed_at;
    assert_ne!(closed_at, early);
    let mut scene = scene.days_later(2);
    let other = |outcome, fen| Command::RecordEnforcement {
        result: EnforcementResult {
            outcome,
            decided_on: date(2026, 5, 22),
            penalty_fen: Fen::new(fen).unwrap(),
            decision: None,
            summary: "更正".into(),
        },
    };
    let none = scene.does(&handler(), other(EnforcementOutcome::NotEstablished, 1));
    assert!(matches!(none, Err(Refusal::Invalid { field, .. }) if field == "/penalty_fen"));
    let right = other(EnforcementOutcome::Penalty, 7);
    scene.does(&handler(), right).unwrap();
    let enforcement = scene.report.enforcement.as_ref().unwrap();
    let penalty = enforcement.result.as_ref().unwrap().penalty_fen;
    assert_eq!((penalty.get(), scene.report.closed_at), (7, closed_at));
    let mut repeated = Scene::received();
    repeated.verifies(false);
    let closed = repeated.does(&handler(), result(date(2026, 5, 18)));
    assert!(matches!(closed, Err(Refusal::WrongPhase { .. })));
}

/// A partner's system that keeps enforcement cases.
pub(super) fn system() -> Actor {
    Actor::Partner {
        id: "cases".into(),
        name: "执法办案系统".into(),
    }
}

#[test]
fn the_system_that_was_handed_the_case_says_how_it_ended_and_no_other_does() {
    let mut scene = Scene::received();
    scene.verifies(true);
    let ends = result(date(2026, 5, 18));
    let early = scene.does(&system(), ends.clone()).unwrap_err();
    assert!(matches!(early, Refusal::NotAllowed { .. }));
    let hand_over = Command::HandToEnforcement {
        partner: Some("cases".into()),
        system: "执法办案系统".into(),
        case_number: "1号".into(),
    };
    scene.does(&handler(), hand_over).unwrap();
    let other = Actor::Partner {
        id: "hotline".into(),
        name: "热线".into(),
    };
    let others = scene.does(&other, ends.clone()).unwrap_err();
    assert!(matches!(others, Refusal::NotAllowed { .. }));
    let note = Command::AddNote {
        body: "说明".into(),
    };
    assert!(scene.does(&system(), note).is_err(), "and nothing else");
    scene.does(&system(), ends).unwrap();
    assert_eq!(scene.report.closing, Some(ReportClosing::Decided));
}

#[test]
fn a_result_is_not_from_before_the_report_nor_from_tomorrow() {
    let mut scene = Scene::received();
    scene.verifies(true);
    for day in [date(2026, 5, 17), date(2026, 5, 19)] {
        let fault = scene.does(&handler(), result(day)).unwrap_err();
        assert!(matches!(fault, Refusal::Invalid { field, .. } if field == "/decided_on"));
    }
}

#[test]
fn what_is_not_opened_is_closed_with_its_reason() {
    let mut scene = Scene::received();
    scene.verifies(false);
    assert_eq!(scene.report.closing, Some(ReportClosing::NotOpened));
    let verification = scene.report.verification.as_ref().unwrap();
    assert_eq!(verification.reason, "现场检查属实");
    let again = Command::VerifyReport {
        opens: true,
        reason: "再查".into(),
    };
    let fault = scene.does(&handler(), again).unwrap_err();
    assert!(matches!(fault, Refusal::WrongPhase { .. }));
}

#[test]
fn only_the_measure_before_2026_has_a_notice_to_who_reported_by_name() {
    let mut today = Scene::received();
    today.verifies(true);
    assert_eq!(today.ends_on("reporter-notice"), None);
    let before = |reporter: Reporter, by: &Actor| {
        let mut scene = Scene::at("2026-04-14T02:00:00Z", reporter, by, filing()).unwrap();
        scene.verifies(false);
        scene
    };
    let mut named = before(named(), &reporter());
    assert_eq!(named.ends_on("reporter-notice"), Some(date(2026, 4, 21)));
    let notice = Command::NotifyReporter {
        means: Means::Phone,
        result: "不予立案".into(),
    };
    named.does(&handler(), notice).unwrap();
    assert_eq!(named.ends_on("reporter-notice"), None);
    let anonymous = before(Reporter::Anonymous, &Actor::Reporter { token: None });
    assert_eq!(anonymous.ends_on("reporter-notice"), None);
}

#[test]
fn a_notice_tells_of_what_was_decided() {
    let mut scene = Scene::received();
    let notice = Command::NotifyReporter {
        means: Means::Phone,
        result: "已立案".into(),
    };
    let fault = scene.does(&handler(), notice.clone()).unwrap_err();
    assert_eq!(
        fault,
        Refusal::Needs {
            what: "verification"
        }
    );
    scene.verifies(true);
    scene.does(&handler(), notice).unwrap();
    assert_eq!(scene.report.notices.len(), 1);
}

#[test]
fn new_facts_begin_the_period_anew_and_the_same_facts_do_not() {
    let mut scene = Scene::received().days_later(7);
    let of_the_same_day = Command::MergeFacts {
        from: number(6),
        received_on: scene.report.received_on,
    };
    scene.does(&handler(), of_the_same_day).unwrap();
    let merge = Command::MergeFacts {
        from: number(8),
        received_on: date(2026, 5, 25),
    };
    scene = scene.days_later(2);
    scene.does(&handler(), merge.clone()).unwrap();
    assert_eq!(scene.report.merged, [number(6), number(8)]);
    // From 25 May on, two days before the merger.
    assert_eq!(
        scene.ends_on("report-verification"),
        Some(date(2026, 6, 15))
    );
    let fault = scene.does(&handler(), merge).unwrap_err();
    assert!(matches!(fault, Refusal::Repeated { .. }));
    let mut same = Scene::received();
    let repeated = Command::MarkRepeated {
        of: number(8),
        reason: "同一事实".into(),
    };
    same.does(&handler(), repeated).unwrap();
    let of = number(8);
    assert_eq!(same.report.closing, Some(ReportClosing::Repeated { of }));
    assert_eq!(same.report.next_deadline(), None);
}

fn gains(from: u64, received_on: Date) -> Command {
    Command::MergeFacts {
        from: number(from),
        received_on,
    }
}

/// Twelve days in, and extended by fifteen working days.
fn extended() -> Scene {
    let mut scene = Scene::received().days_later(12);
    let request = Command::RequestExtension {
        clock: 1,
        reason: "检验结果未出".into(),
    };
    scene.does(&handler(), request).unwrap();
    let grant = Command::DecideExtension {
        clock: 1,
        granted: true,
        reason: "同意延长".into(),
        days: None,
        minutes: None,
    };
    scene.does(&head(), grant).unwrap();
    scene
}

#[test]
fn new_facts_begin_an_extended_period_anew_unless_that_would_be_over() {
    let mut scene = extended().days_later(2);
    let end = scene.ends_on("report-verification-extension");
    assert_eq!(end, Some(date(2026, 6, 30)));
    // Before the extension began, and after the period that it extends did.
    scene.does(&handler(), gains(8, date(2026, 5, 25))).unwrap();
    assert_eq!(scene.ends_on("report-verification-extension"), None);
    assert_eq!(
        scene.ends_on("report-verification"),
        Some(date(2026, 6, 15))
    );
    let again = Command::RequestExtension {
        clock: 3,
        reason: "又有新线索".into(),
    };
    scene.does(&handler(), again).unwrap();

    let mut late = extended().days_later(20);
    late.does(&handler(), gains(8, date(2026, 5, 20))).unwrap();
    assert_eq!(late.ends_on("report-verification-extension"), end);
    assert_eq!(late.ends_on("report-verification"), None);
    assert_eq!(late.report.merged, [number(8)]);
}

/// What came before the period that is over began gives no other.
#[test]
fn old_facts_revive_no_period_that_is_over() {
    let mut scene = Scene::received().days_later(40);
    let expire = Command::ExpireClock { clock: 1 };
    scene.does(&Actor::Platform, expire).unwrap();
    let clocks = scene.report.clocks.len();
    let same_day = scene.report.received_on;
    scene.does(&handler(), gains(8, same_day)).unwrap();
    assert_eq!(scene.report.clocks.len(), clocks);
    let later = date(2026, 6, 20);
    scene.does(&handler(), gains(9, later)).unwrap();
    assert_eq!(scene.report.clocks.len(), clocks + 1);
}

#[test]
fn a_report_is_not_its_own_repetition() {
    let mut scene = Scene::received();
    let own = scene.report.number.clone();
    let repeated = Command::MarkRepeated {
        of: own,
        reason: "同一事实".into(),
    };
    assert!(scene.does(&handler(), repeated).is_err());
}

#[test]
fn without_power_the_reporter_is_told_where_to_go() {
    let mut scene = Scene::received();
    let decline = |route: &str| Command::DeclineReport {
        reason: "不属于市场监管职责".into(),
        route: route.into(),
    };
    assert!(scene.does(&handler(), decline("")).is_err());
    scene.does(&handler(), decline("向公安机关反映")).unwrap();
    assert!(matches!(
        scene.report.closing,
        Some(ReportClosing::Declined { .. })
    ));
}

#[test]
fn only_the_handling_unit_learns_who_reports_and_leaves_its_reason() {
    let mut scene = Scene::received();
    let read = Command::ReadIdentity {
        reason: "补充询问".into(),
        document: None,
    };
    for other in [
        officer("s-1", "420100"),
        officer("x-1", "420111"),
        reporter(),
        Actor::Operator { id: "op".into() },
    ] {
        let fault = scene.does(&other, read.clone()).unwrap_err();
        assert!(matches!(fault, Refusal::NotAllowed { .. }), "{other:?}");
    }
    scene.does(&handler(), read.clone()).unwrap();
    let last = scene.ledger.last().unwrap();
    assert!(matches!(&last.event, Event::IdentityRead { reason, .. } if reason == "补充询问"));
    let by = Actor::Reporter { token: None };
    let mut anonymous = Scene::of(Reporter::Anonymous, &by, filing()).unwrap();
    let fault = anonymous.does(&handler(), read).unwrap_err();
    assert!(matches!(fault, Refusal::Needs { .. }));
}

#[test]
fn a_stranger_adds_nothing_to_a_report() {
    let mut scene = Scene::received();
    let more = || Command::SupplementReport {
        text: "又发现一批".into(),
        evidence: Vec::new(),
    };
    for stranger in [
        Actor::Reporter {
            token: Some("other".into()),
        },
        Actor::Reporter { token: None },
        Actor::Consumer { id: "c".into() },
        officer("o-9", "420111"),
        officer("s-1", "420100"),
    ] {
        assert!(scene.does(&stranger, more()).is_err(), "{stranger:?}");
    }
    scene.does(&reporter(), more()).unwrap();
    scene.does(&handler(), more()).unwrap();
    assert_eq!(scene.report.supplements.len(), 2, "she called");
}

#[test]
fn an_agent_or_a_consumer_under_her_own_name_opens_no_report() {
    for by in [
        Actor::Consumer { id: "c".into() },
        Actor::Agent {
            id: "a".into(),
            organisation: "shop".into(),
            name: "陈".into(),
        },
        Actor::Reporter { token: None },
    ] {
        assert!(Scene::of(named(), &by, filing()).is_err(), "{by:?}");
    }
    let taken_down = Scene::of(Reporter::Anonymous, &handler(), filing());
    assert!(taken_down.is_ok(), "an officer takes down a call");
}

#[test]
fn a_dispatched_report_is_verified_by_the_other_unit_from_then_on() {
    let mut scene = Scene::received();
    let back = Command::ReturnToIntake {
        reason: crate::case::moves::ReturnReason::NotOurs,
        note: "行为发生地在洪山区".into(),
    };
    scene.does(&handler(), back).unwrap();
    assert_eq!(scene.report.unit.as_str(), "420100");
    assert_eq!(scene.ends_on("report-verification"), None);
    let mut scene = scene.days_later(1);
    let dispatch = Command::Dispatch {
        to: "420111".parse().unwrap(),
        note: "请核查".into(),
        report_by: None,
    };
    scene.does(&officer("s-1", "420100"), dispatch).unwrap();
    assert_eq!(scene.ends_on("report-verification"), Some(date(2026, 6, 9)));
    assert!(scene.report.moves.len() == 2);
}

#[test]
fn time_is_urged_before_and_at_the_end_and_goes_up() {
    let mut scene = Scene::received().days_later(19);
    let due = File::due(&scene.report, scene.now).unwrap();
    assert_eq!(due, Command::RemindClock { clock: 1 });
    scene.does(&Actor::Platform, due).unwrap();
    assert_eq!(scene.report.supervisions[0].by.as_str(), "420100");
    let mut scene = scene.days_later(3);
    let due = File::due(&scene.report, scene.now).unwrap();
    assert_eq!(due, Command::ExpireClock { clock: 1 });
    scene.does(&Actor::Platform, due).unwrap();
    assert_eq!(scene.report.supervisions.len(), 2);
    let owed = scene.report.binding().unwrap();
    assert_eq!(owed.period, "report-verification", "what ran out is owed");
    assert_eq!(scene.report.phase, ReportPhase::Verifying);
}

#[test]
fn what_a_superior_asked_is_answered_though_no_case_is_opened() {
    let mut scene = Scene::received();
    let urge = Command::Supervise {
        urgency: Urgency::General,
        matter: "请核查".into(),
    };
    scene.does(&officer("s-1", "420100"), urge).unwrap();
    scene.verifies(false);
    assert!(scene.ends_on("supervision-general").is_some());
    let answer = Command::AnswerSupervision {
        supervision: 1,
        answer: "已核查".into(),
    };
    scene.does(&handler(), answer).unwrap();
    assert_eq!(scene.report.next_deadline(), None);
}

#[test]
fn before_2026_the_reporter_is_told_though_the_case_is_decided_by_then() {
    let received = Scene::at("2026-04-14T01:00:00Z", named(), &reporter(), filing());
    let mut scene = received.unwrap();
    scene.verifies(true);
    scene.does(&handler(), result(date(2026, 4, 14))).unwrap();
    assert_eq!(scene.report.phase, ReportPhase::Closed);
    assert!(scene.ends_on("reporter-notice").is_some());
    let tell = Command::NotifyReporter {
        means: Means::Letter,
        result: "已立案并处罚".into(),
    };
    scene.does(&handler(), tell).unwrap();
    assert_eq!(scene.ends_on("reporter-notice"), None);
}

#[test]
fn the_name_of_who_is_reported_is_put_right_and_nobody_else_is_in_a_report() {
    let mut scene = Scene::received();
    let corrects = |correction| Command::CorrectFiling {
        correction: Box::new(correction),
        reason: "登记有误".into(),
    };
    let renames = || corrects(renamed("江汉食品有限公司"));
    assert!(scene.does(&reporter(), renames()).is_err());
    scene.does(&handler(), renames()).unwrap();
    assert_eq!(scene.report.filing.reported.name, "江汉食品有限公司");
    let again = scene.does(&handler(), renames()).unwrap_err();
    assert!(matches!(again, Refusal::Invalid { .. }));
    let consumer = Some(PersonCorrection::default());
    let nobody = Correction {
        consumer,
        ..renamed("江汉食品公司")
    };
    let nobody = scene.does(&handler(), corrects(nobody));
    assert!(matches!(nobody, Err(Refusal::Invalid { field, .. }) if field == "/consumer"));
}
