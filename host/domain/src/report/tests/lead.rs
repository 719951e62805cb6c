use jiff::civil::date;

use super::scene::{Scene, filing, filing_with, handler, head, number, officer};
use crate::case::mediation::Means;
use crate::case::{Command, Refusal};
use crate::report::Reporter;

fn found() -> Reporter {
    Reporter::Authority {
        complaint: number(3),
    }
}

#[test]
fn what_an_authority_finds_itself_it_verifies_in_the_period_of_a_lead() {
    let scene = Scene::of(found(), &officer("o-1", "420111"), filing()).unwrap();
    let report = &scene.report;
    // The act was in 420106; the complaint is handled, and the lead found, in 420111.
    assert_eq!(report.unit.as_str(), "420111");
    assert_eq!(report.jurisdiction.article.article(), Some("27"));
    assert_eq!(scene.ends_on("lead-verification"), Some(date(2026, 6, 8)));
    assert_eq!(scene.ends_on("report-verification"), None);
}

#[test]
fn a_station_finds_for_its_authority() {
    let scene = Scene::of(found(), &officer("o-1", "420106-01"), filing()).unwrap();
    assert_eq!(scene.report.unit.as_str(), "420106");
}

#[test]
fn before_2026_the_article_was_another() {
    let by = officer("o-1", "420106");
    let scene = Scene::at("2026-04-13T01:00:00Z", found(), &by, filing()).unwrap();
    let cited = &scene.report.jurisdiction.article;
    assert!(cited.law.zh.contains("20号"), "{}", cited.law.zh);
    assert_eq!(cited.article(), Some("23"));
}

#[test]
fn it_is_extended_verified_and_opened_as_a_report_is() {
    let mut scene = Scene::of(found(), &handler(), filing()).unwrap();
    let ask = Command::RequestExtension {
        clock: 1,
        reason: "需要检验".into(),
    };
    scene.does(&handler(), ask).unwrap();
    let grant = Command::DecideExtension {
        clock: 1,
        granted: true,
        reason: "同意".into(),
        days: None,
        minutes: None,
    };
    scene.does(&head(), grant).unwrap();
    let extended = scene.ends_on("lead-verification-extension");
    assert_eq!(extended, Some(date(2026, 6, 30)));
    scene.verifies(true);
    assert_eq!(scene.ends_on("lead-verification-extension"), None);
    assert!(scene.ends_on("case-decision").is_some());
}

#[test]
fn it_begins_anew_with_new_facts_in_its_own_period() {
    let mut scene = Scene::of(found(), &handler(), filing())
        .unwrap()
        .days_later(3);
    let gain = Command::MergeFacts {
        from: number(9),
        received_on: date(2026, 5, 21),
    };
    scene.does(&handler(), gain).unwrap();
    assert_eq!(scene.ends_on("lead-verification"), Some(date(2026, 6, 11)));
}

#[test]
fn there_is_nobody_to_tell_to_ask_or_to_call_repeated() {
    let mut scene = Scene::of(found(), &handler(), filing()).unwrap();
    scene.verifies(false);
    let notify = Command::NotifyReporter {
        means: Means::Phone,
        result: "不予立案".into(),
    };
    let identity = Command::ReadIdentity {
        reason: "核实".into(),
        document: None,
    };
    for command in [notify, identity] {
        let fault = scene.does(&handler(), command).unwrap_err();
        assert!(matches!(fault, Refusal::Needs { .. }), "{fault}");
    }
    let mut fresh = Scene::of(found(), &handler(), filing()).unwrap();
    let repeated = Command::MarkRepeated {
        of: number(9),
        reason: "同一事项".into(),
    };
    let fault = fresh.does(&handler(), repeated).unwrap_err();
    assert_eq!(fault, Refusal::Needs { what: "reporter" });
}

#[test]
fn only_an_officer_opens_one() {
    let fault = Scene::of(found(), &super::scene::reporter(), filing()).err();
    assert!(matches!(fault, Some(Refusal::NotAllowed { .. })));
    let wrong = filing_with(|filing| filing["breach"] = "no-such".into());
    let fault = Scene::of(found(), &handler(), wrong).err();
    assert!(matches!(fault, Some(Refusal::Invalid { field, .. }) if field == "/breach"));
}
