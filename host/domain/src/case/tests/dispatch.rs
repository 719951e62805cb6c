use jiff::civil::Date;

use super::acts::{extension, request_extension};
use super::scene::{Scene, officer, officer_of};
use super::supervision::days_pass;
use crate::case::command::Command;
use crate::case::inbox::Inbox;
use crate::case::moves::ReturnReason;
use crate::case::supervision::{Supervision, SupervisionCause, Urgency};
use crate::case::time::civil_date;
use crate::case::{Actor, Phase, Refusal};
use crate::officers::OfficerRole;
use crate::units::Unit;

fn registered() -> Scene {
    let mut scene = Scene::filed();
    scene.escalates();
    scene
}

fn unit_of(scene: &Scene) -> String {
    scene.case.complaint.as_ref().unwrap().unit.to_string()
}

fn dispatch(to: &str) -> Command {
    Command::Dispatch {
        to: to.parse().unwrap(),
        note: "请依法办理".into(),
        report_by: None,
    }
}

fn send_back() -> Command {
    Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: "经营地不在本区".into(),
    }
}

fn designate(unit: &str) -> Command {
    Command::Designate {
        unit: unit.parse().unwrap(),
        reason: "由实际经营地处理".into(),
    }
}

fn dispute(with: &str) -> Command {
    Command::DisputeHandling {
        with: with.parse().unwrap(),
        reason: "被投诉人住所地在该区".into(),
    }
}

/// The rules with one station of Wuchang.
fn with_station(mut scene: Scene) -> Scene {
    let station: Unit = serde_json::from_value(serde_json::json!({
        "id": "420106-01", "level": "station", "name": "中南市场监督管理所", "parent": "420106"}))
    .unwrap();
    scene.rules = scene.rules.with_unit(station).unwrap();
    scene
}

fn acceptances(scene: &Scene) -> usize {
    let clocks = scene.case.clocks.iter();
    clocks.filter(|clock| clock.period == "acceptance").count()
}

#[test]
fn a_unit_without_power_sends_it_back_and_does_not_pass_it_on() {
    let mut scene = registered();
    assert!(
        scene.does(&officer(), dispatch("420111")).is_err(),
        "not below"
    );
    let events = scene.does(&officer(), send_back()).unwrap();
    assert_eq!(events, ["file_returned", "clock_stopped", "clock_started"]);
    assert_eq!(unit_of(&scene), "420100");
    assert!(scene.case.running_clock("acceptance").is_none());
    assert!(scene.does(&officer(), Command::AcceptComplaint).is_err());
    let events = scene
        .does(&officer_of("420100"), dispatch("420111"))
        .unwrap();
    assert_eq!(events, ["file_dispatched", "clock_met", "clock_started"]);
    scene
        .does(&officer_of("420111"), Command::AcceptComplaint)
        .unwrap();
}

#[test]
fn it_goes_back_to_whoever_sent_it() {
    let mut scene = registered();
    let take = Command::TakeUp {
        reason: "重大投诉".into(),
    };
    scene.does(&officer_of("420000"), take).unwrap();
    assert_eq!(unit_of(&scene), "420000");
    scene
        .does(&officer_of("420000"), dispatch("420111"))
        .unwrap();
    scene.does(&officer_of("420111"), send_back()).unwrap();
    assert_eq!(
        unit_of(&scene),
        "420000",
        "past the city, which never had it"
    );
}

#[test]
fn the_period_of_acceptance_runs_from_receipt_by_the_authority_with_power() {
    let scene = with_station(registered());
    let mut scene = scene.days_later(2);
    let first = scene.case.running_clock("acceptance").unwrap().start;
    scene.does(&officer(), dispatch("420106-01")).unwrap();
    assert_eq!(
        scene.case.running_clock("acceptance").unwrap().start,
        first,
        "the same authority"
    );
    let back = Command::ReturnToIntake {
        reason: ReturnReason::Unclear,
        note: "请补充地址".into(),
    };
    scene.does(&officer_of("420106-01"), back).unwrap();
    assert_eq!(acceptances(&scene), 1, "still the same authority");
    scene
        .does(&officer_of("420100"), designate("420111"))
        .unwrap();
    assert_ne!(
        scene.case.running_clock("acceptance").unwrap().start,
        first,
        "another"
    );
}

#[test]
fn an_accepted_complaint_goes_only_to_the_authoritys_own_stations() {
    let mut scene = with_station(registered());
    let take = Command::TakeUp {
        reason: "重大投诉".into(),
    };
    scene.does(&officer_of("420100"), take.clone()).unwrap();
    scene
        .does(&officer_of("420100"), Command::AcceptComplaint)
        .unwrap();
    assert!(
        scene
            .does(&officer_of("420100"), dispatch("420106"))
            .is_err()
    );
    assert!(scene.does(&officer_of("420100"), send_back()).is_err());
    scene.does(&officer_of("420000"), take).unwrap();
    assert_eq!(unit_of(&scene), "420000", "art. 14 knows no stage");
    assert!(scene.case.running_clock("mediation").is_some());
}

#[test]
fn what_a_station_is_at_work_on_comes_back_to_its_authority() {
    let at_the_station = || {
        let mut scene = with_station(registered());
        scene.does(&officer(), Command::AcceptComplaint).unwrap();
        scene.does(&officer(), dispatch("420106-01")).unwrap();
        assert_eq!(scene.case.phase, Phase::Accepted);
        scene
    };
    let take = Command::TakeUp {
        reason: "由局机关调解".into(),
    };
    let station = officer_of("420106-01");
    let ways = [
        (station, send_back()),
        (officer(), take),
        (officer_of("420100"), designate("420106")),
    ];
    for (by, way) in ways {
        let mut scene = at_the_station();
        let away = scene.does(&officer_of("420100"), designate("420111"));
        assert!(away.is_err(), "another authority is not at work on it");
        scene.does(&by, way).unwrap();
        assert_eq!(unit_of(&scene), "420106");
        assert_eq!(scene.case.phase, Phase::Accepted);
        scene.does(&officer(), dispatch("420106-01")).unwrap();
    }
}

#[test]
fn two_authorities_agree_or_their_common_superior_designates() {
    let mut scene = registered();
    for wrong in ["420106", "420100", "999999"] {
        assert!(scene.does(&officer(), dispute(wrong)).is_err(), "{wrong}");
    }
    let events = scene.does(&officer(), dispute("420111")).unwrap();
    assert_eq!(events, ["handling_disputed", "clock_started"]);
    assert!(matches!(
        scene.does(&officer(), dispute("420111")),
        Err(Refusal::Repeated { .. })
    ));
    assert!(
        scene
            .does(&officer_of("420102"), Command::AgreeHandling)
            .is_err()
    );
    let mut agreed = scene.clone();
    agreed
        .does(&officer_of("420111"), Command::AgreeHandling)
        .unwrap();
    assert_eq!(unit_of(&agreed), "420111");
    let mut kept = scene.clone();
    kept.does(&officer(), Command::AgreeHandling).unwrap();
    assert_eq!((unit_of(&kept).as_str(), acceptances(&kept)), ("420106", 1));
    assert!(scene.does(&officer(), designate("420111")).is_err());
    scene
        .does(&officer_of("420100"), designate("420111"))
        .unwrap();
    assert_eq!(unit_of(&scene), "420111");
    assert!(scene.case.running_clock("handling-dispute").is_none());
}

#[test]
fn between_cities_the_province_designates_and_one_city_cannot() {
    let mut scene = registered();
    scene.does(&officer(), dispute("420202")).unwrap();
    assert!(
        scene
            .does(&officer_of("420100"), designate("420202"))
            .is_err()
    );
    scene
        .does(&officer_of("420000"), designate("420202"))
        .unwrap();
    assert_eq!(unit_of(&scene), "420202");
}

#[test]
fn a_dispute_that_lasts_comes_before_the_superior() {
    let mut scene = registered();
    scene.does(&officer(), dispute("420111")).unwrap();
    let clock = scene.case.running_clock("handling-dispute").unwrap().seq;
    let mut scene = scene.days_later(10);
    let events = scene
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    assert_eq!(
        events,
        ["clock_expired", "supervision_opened", "clock_started"]
    );
    assert_eq!(scene.case.supervisions[0].by.to_string(), "420100");
}

#[test]
fn what_urged_on_another_authority_ends_when_the_file_has_left_it() {
    let urged = |scene: &Scene| {
        let running = scene.case.clocks.iter().filter(|it| it.is_running());
        let urged = running.filter(|it| it.period.starts_with("supervision"));
        urged.count()
    };
    let mut scene = registered();
    scene.does(&officer(), dispute("420111")).unwrap();
    let mut scene = days_pass(scene, 10);
    assert_eq!(urged(&scene), 4, "both periods, before and at their end");
    scene
        .does(&officer_of("420100"), designate("420111"))
        .unwrap();
    assert_eq!(urged(&scene), 0);
    assert_eq!(acceptances(&scene), 2);
}

#[test]
fn a_period_that_ran_out_does_not_begin_anew_at_the_own_station() {
    let mut scene = days_pass(with_station(registered()), 10);
    scene.does(&officer(), dispatch("420106-01")).unwrap();
    assert_eq!(acceptances(&scene), 1);
    assert_eq!(unit_of(&scene), "420106-01");
}

#[test]
fn what_an_authority_watched_at_its_station_is_watched_above_it_once_it_has_that_itself() {
    let take_up = Command::TakeUp {
        reason: "自办".into(),
    };
    let ways = [
        (officer_of("420106-01"), send_back()),
        (officer(), take_up),
        (officer_of("420100"), designate("420106")),
    ];
    for (by, act) in ways {
        let mut scene = with_station(registered());
        scene.does(&officer(), dispatch("420106-01")).unwrap();
        let mut scene = days_pass(scene, 10);
        let watched = |scene: &Scene| -> Vec<String> {
            let open = scene.case.answers(false);
            open.iter().map(|it| it.unit.to_string()).collect()
        };
        assert_eq!(watched(&scene), ["420106", "420106"], "nearing and overdue");
        scene.does(&by, act).unwrap();
        assert_eq!(unit_of(&scene), "420106");
        assert_eq!(watched(&scene), ["420100", "420100"]);
        let causes = |of: &[Supervision]| -> Vec<SupervisionCause> {
            of.iter().map(|it| it.cause.clone()).collect()
        };
        let all = &scene.case.supervisions;
        assert_eq!(causes(&all[..2]), causes(&all[2..]), "the same once more");
        scene.does(&officer(), dispatch("420106-01")).unwrap();
        assert_eq!(watched(&scene), ["420100", "420100"], "and stays there");
    }
}

#[test]
fn what_a_superior_watched_of_an_accepted_file_is_watched_above_it_once_it_takes_that() {
    let mut scene = registered();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let end = scene.case.running_clock("mediation").unwrap();
    let reminder = end.reminds_at().unwrap();
    let days = (reminder.duration_since(scene.now).as_hours() / 24) + 1;
    let mut scene = days_pass(scene, days);
    let by = |scene: &Scene| scene.case.answers(false)[0].unit.to_string();
    assert_eq!(by(&scene), "420100", "its end nears");
    let take_up = Command::TakeUp {
        reason: "市办".into(),
    };
    scene.does(&officer_of("420100"), take_up).unwrap();
    assert_eq!(by(&scene), "420000");
    assert_eq!(scene.case.answers(false).len(), 1);
}

#[test]
fn between_cities_it_comes_before_the_province_that_designates() {
    let mut scene = registered();
    scene.does(&officer(), dispute("420202")).unwrap();
    let clock = scene.case.running_clock("handling-dispute").unwrap().seq;
    let mut scene = scene.days_later(10);
    scene
        .does(&Actor::Platform, Command::ExpireClock { clock })
        .unwrap();
    assert_eq!(scene.case.supervisions[0].by.to_string(), "420000");
}

#[test]
fn a_move_ends_a_disagreement_and_its_clock() {
    for act in [send_back(), dispatch("420106-01")] {
        let mut scene = with_station(registered());
        scene.does(&officer(), dispute("420111")).unwrap();
        scene.does(&officer(), act).unwrap();
        assert!(scene.case.running_clock("handling-dispute").is_none());
    }
}

#[test]
fn a_calendar_that_comes_late_keeps_the_stations() {
    let mut scene = with_station(registered());
    scene.year_is_published();
    assert!(
        scene
            .rules
            .units()
            .get(&"420106-01".parse().unwrap())
            .is_some()
    );
}

#[test]
fn who_asked_and_has_the_file_by_now_gives_itself_no_more_time() {
    let mut scene = registered();
    let city = |id: &str| Actor::Officer {
        id: id.into(),
        unit: "420100".into(),
        name: "周".into(),
        role: OfficerRole::Head,
    };
    let urge = Command::Supervise {
        urgency: Urgency::General,
        matter: "请办理".into(),
    };
    scene.does(&city("o-1"), urge).unwrap();
    let clock = scene.case.running_clock("supervision-general").unwrap().seq;
    scene.does(&officer(), request_extension(clock)).unwrap();
    let grant = || extension(clock, true);
    let mut granted = scene.clone();
    granted.does(&city("o-2"), grant()).unwrap();
    scene.does(&officer(), send_back()).unwrap();
    assert_eq!(unit_of(&scene), "420100");
    let own = scene.does(&city("o-2"), grant());
    // What it asked of another it does not ask of itself.
    assert!(matches!(own, Err(Refusal::NotOpen { .. })), "{own:?}");
    assert!(scene.case.running_clock("supervision-general").is_none());
}

#[test]
fn what_intake_sends_up_waits_for_dispatch_once() {
    let mut scene = registered();
    scene.does(&officer(), send_back()).unwrap();
    let city = officer_of("420100");
    let events = scene.does(&city, send_back()).unwrap();
    assert_eq!(events, ["file_returned", "clock_stopped", "clock_started"]);
    assert_eq!(unit_of(&scene), "420000");
    let running = scene.case.clocks.iter().filter(|it| it.is_running());
    assert_eq!(running.count(), 1);
}

fn redone() -> Scene {
    let mut scene = registered();
    scene.goes_once_more();
    scene
}

fn running(scene: &Scene) -> Vec<&str> {
    let clocks = scene.case.clocks.iter();
    let running = clocks.filter(|clock| clock.is_running());
    running.map(|clock| clock.period.as_str()).collect()
}

#[test]
fn what_is_handled_once_more_elsewhere_has_the_period_of_whoever_receives_it() {
    let mut scene = redone().days_later(1);
    let take = Command::TakeUp {
        reason: "重大投诉".into(),
    };
    scene.does(&officer_of("420100"), take).unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
    let mut scene = scene.days_later(1);
    let down = dispatch("420111");
    scene.does(&officer_of("420100"), down).unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
    let received = scene.case.running_clock("acceptance").unwrap().start;
    assert_eq!(received, civil_date(scene.now), "it has it since then");
    scene.does(&officer_of("420111"), send_back()).unwrap();
    assert_eq!(running(&scene), ["intake-dispatch"]);
    let other = designate("420106");
    scene.does(&officer_of("420000"), other).unwrap();
    assert_eq!(running(&scene), ["acceptance"]);
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    assert_eq!(running(&scene), ["mediation"]);
}

pub(super) fn answers_all(scene: &mut Scene, by: &Actor) {
    let open: Vec<u32> = scene
        .case
        .supervisions
        .iter()
        .filter(|it| it.answer.is_none())
        .map(|it| it.seq)
        .collect();
    for supervision in open {
        let answer = "正在办理".to_owned();
        scene
            .does(
                by,
                Command::AnswerSupervision {
                    supervision,
                    answer,
                },
            )
            .unwrap();
    }
}

fn owed(scene: &Scene) -> (String, Option<Date>) {
    let due = scene.case.authority_due().unwrap();
    (due.period.unwrap_or_default(), due.on)
}

#[test]
fn what_is_late_stays_late_until_it_is_decided_whatever_was_answered() {
    let mut scene = redone();
    let end = scene.case.running_clock("redo").unwrap().reading.ends_on();
    scene = days_pass(scene, 16);
    assert!(scene.case.running_clock("redo").is_none());
    answers_all(&mut scene, &officer());
    assert_eq!(owed(&scene), ("redo".to_owned(), end));
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    assert_eq!(owed(&scene).0, "mediation");
}

#[test]
fn who_has_a_late_file_next_has_its_own_period_and_not_that_of_before() {
    let mut scene = days_pass(registered(), 12);
    answers_all(&mut scene, &officer());
    assert_eq!(owed(&scene).0, "acceptance");
    scene.does(&officer(), send_back()).unwrap();
    let intake = scene.case.running_clock("intake-dispatch").unwrap();
    let by = intake.reading.work_to();
    assert_eq!(owed(&scene), ("intake-dispatch".to_owned(), by));
    scene
        .does(&officer_of("420100"), dispatch("420111"))
        .unwrap();
    let own = scene
        .case
        .running_clock("acceptance")
        .unwrap()
        .reading
        .work_to();
    assert_eq!(owed(&scene), ("acceptance".to_owned(), own));
}

#[test]
fn what_urged_one_authority_to_handle_it_once_more_ends_when_it_leaves() {
    let scene = days_pass(redone(), 16);
    let urged = |scene: &Scene| {
        let open = scene.case.supervisions.iter().filter(|it| {
            let clock = scene.case.clocks.iter().find(|clock| clock.seq == it.clock);
            clock.is_some_and(|clock| clock.is_running())
        });
        open.map(|it| it.by.to_string()).collect::<Vec<_>>()
    };
    assert!(urged(&scene).contains(&"420100".to_owned()));
    let mut back = scene.clone();
    back.does(&officer(), send_back()).unwrap();
    assert_eq!(urged(&back), [] as [&str; 0]);
    let mut taken = scene;
    let reason = "重大投诉".to_owned();
    taken
        .does(&officer_of("420100"), Command::TakeUp { reason })
        .unwrap();
    assert_eq!(urged(&taken), [] as [&str; 0]);
}
