use jiff::civil::date;

use super::scene::{Scene, agent, consumer, filing, offer, officer, officer_of, plugin, words};
use crate::case::complaint::{EscalationCause, EscalationRequest};
use crate::case::{Actor, Command, Phase, PluginRole, Refusal};
use crate::file::File;
use crate::identifiers::digest::Digest;
use crate::indicators::CaseFacts;

fn escalate() -> Command {
    let request = EscalationRequest {
        reason: Some("没有答复".into()),
        ..Default::default()
    };
    Command::Escalate { request }
}

#[test]
fn both_addresses_are_there_when_the_authority_gets_the_case() {
    let mut filing = filing();
    filing.consumer.address = None;
    filing.respondent.address = None;
    let mut wishing = filing.clone();
    wishing.escalate_on_expiry = true;
    let refused = Scene::filed_with(wishing).err();
    assert!(
        matches!(refused, Some(Refusal::Invalid { field, .. }) if field == "/consumer/address")
    );
    let mut scene = Scene::filed_with(filing).unwrap();
    let mut request = EscalationRequest {
        consumer_address: Some("武汉市武昌区中南路1号".into()),
        ..Default::default()
    };
    let without = Command::Escalate {
        request: request.clone(),
    };
    let refused = scene.does(&consumer(), without);
    assert!(
        matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "/respondent_address")
    );
    request.respondent_address = Some("武汉市武昌区解放路9号".into());
    scene
        .does(&consumer(), Command::Escalate { request })
        .unwrap();
    let filing = &scene.case.filing;
    assert_eq!(
        filing.consumer.address.as_deref(),
        Some("武汉市武昌区中南路1号")
    );
    assert_eq!(
        filing.respondent.address.as_deref(),
        Some("武汉市武昌区解放路9号")
    );
}

#[test]
fn consents_stand_until_she_says_otherwise() {
    let mut filing = filing();
    filing.consents.publication = true;
    let mut scene = Scene::filed_with(filing).unwrap();
    scene.does(&consumer(), escalate()).unwrap();
    assert!(scene.case.filing.consents.publication);
}

#[test]
fn a_wish_needs_a_negotiation_to_wait_for() {
    let mut filing = filing();
    filing.escalate_on_expiry = true;
    filing.respondent.organisation = None;
    let refused = Scene::filed_with(filing).err();
    assert!(
        matches!(refused, Some(Refusal::Invalid { field, .. }) if field == "/escalate_on_expiry")
    );
}

#[test]
fn what_was_proposed_before_a_new_offer_is_no_longer_the_cause() {
    let mut scene = Scene::filed();
    let resolver = plugin(PluginRole::Resolver);
    let propose = Command::ProposeEscalation { why: words() };
    scene.does(&resolver, propose).unwrap();
    scene.does(&resolver, offer(100)).unwrap();
    scene.does(&consumer(), escalate()).unwrap();
    let cause = scene.case.complaint.as_ref().unwrap().cause;
    assert_eq!(cause, EscalationCause::Wish);
}

#[test]
fn she_escalates_in_one_step_and_the_acceptance_clock_runs() {
    let mut scene = Scene::filed();
    let events = scene.does(&consumer(), escalate()).unwrap();
    assert_eq!(
        events,
        [
            "escalated",
            "clock_stopped",
            "complaint_registered",
            "clock_started"
        ]
    );
    let complaint = scene.case.complaint.as_ref().unwrap();
    assert_eq!(complaint.unit.as_str(), "420106");
    let clock = scene.case.running_clock("acceptance").unwrap();
    assert_eq!(clock.reading.ends_on(), Some(date(2026, 5, 27)));
}

#[test]
fn a_plugin_may_propose_and_only_she_may_go() {
    let mut scene = Scene::filed();
    let resolver = plugin(PluginRole::Resolver);
    assert!(scene.does(&resolver, escalate()).is_err());
    scene
        .does(&resolver, Command::ProposeEscalation { why: words() })
        .unwrap();
    scene.does(&consumer(), escalate()).unwrap();
    assert_eq!(
        scene.case.complaint.as_ref().unwrap().cause,
        EscalationCause::Proposal
    );
}

#[test]
fn expiry_escalates_only_where_she_wished_it() {
    for wished in [true, false] {
        let mut filing = filing();
        filing.escalate_on_expiry = wished;
        let mut scene = Scene::filed_with(filing).unwrap().days_later(14);
        let expire = Command::ExpireClock { clock: 1 };
        assert!(matches!(
            scene.does(&Actor::Platform, expire.clone()),
            Err(Refusal::NotExpired { .. })
        ));
        let mut scene = scene.days_later(1);
        scene.does(&Actor::Platform, expire).unwrap();
        let expected = if wished {
            Phase::Registered
        } else {
            Phase::Open
        };
        assert_eq!(scene.case.phase, expected);
    }
}

#[test]
fn the_unit_with_handling_power_accepts_and_mediation_begins() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), escalate()).unwrap();
    assert!(
        scene
            .does(&officer_of("420111"), Command::AcceptComplaint)
            .is_err()
    );
    let events = scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let expected = [
        "complaint_accepted",
        "clock_met",
        "clock_started",
        "decision_notified",
    ];
    assert_eq!(events, expected, "she reads it in her file");
    let mediation = scene.case.running_clock("mediation").unwrap();
    assert_eq!(
        mediation.reading.arithmetic().last_counted,
        Some(date(2026, 7, 17))
    );
}

#[test]
fn a_refusal_needs_a_ground_of_the_pack_and_a_reason() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), escalate()).unwrap();
    let refuse = |ground: &str, reason: &str| Command::RefuseComplaint {
        ground: ground.into(),
        reason: reason.into(),
    };
    let unknown = scene.does(&officer(), refuse("dislike", "x"));
    assert!(matches!(unknown, Err(Refusal::NoSuchGround { .. })));
    assert!(
        scene
            .does(&officer(), refuse("no-living-needs", " "))
            .is_err()
    );
    scene
        .does(&officer(), refuse("no-living-needs", "批量购买用于转售"))
        .unwrap();
    assert_eq!(scene.case.phase, Phase::Refused);
    assert!(scene.does(&officer(), Command::AcceptComplaint).is_err());
}

#[test]
fn the_dossier_is_sealed_once() {
    let mut scene = Scene::filed();
    let seal = Command::SealDossier {
        digest: Digest::of(b"dossier"),
        size: 7,
    };
    assert!(scene.does(&Actor::Platform, seal.clone()).is_err());
    scene.does(&consumer(), escalate()).unwrap();
    scene.does(&Actor::Platform, seal.clone()).unwrap();
    assert!(scene.does(&Actor::Platform, seal).is_err());
}

#[test]
fn a_published_calendar_moves_clocks_that_waited_for_it() {
    let mut scene = Scene::filed();
    scene.now = "2026-12-25T01:00:00Z".parse().unwrap();
    scene.does(&consumer(), escalate()).unwrap();
    assert_eq!(
        scene.case.running_clock("acceptance").unwrap().expires_at(),
        None
    );
    assert!(
        scene
            .does(&Actor::Platform, Command::RecomputeClocks)
            .unwrap()
            .is_empty()
    );
    scene.year_is_published();
    assert!(scene.does(&agent(), Command::RecomputeClocks).is_err());
    let events = scene
        .does(&Actor::Platform, Command::RecomputeClocks)
        .unwrap();
    assert_eq!(events, ["clock_recomputed"]);
    let clock = scene.case.running_clock("acceptance").unwrap();
    assert_eq!(clock.reading.ends_on(), Some(date(2027, 1, 5)));
}

/// By the calendar that comes later it may have been late.
#[test]
fn what_was_decided_while_its_end_was_unknown_is_judged_once_that_is_known() {
    let mut scene = Scene::filed();
    scene.now = "2026-12-25T01:00:00Z".parse().unwrap();
    scene.does(&consumer(), escalate()).unwrap();
    scene.now = "2027-01-07T01:00:00Z".parse().unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    assert_eq!(CaseFacts::of(&scene.case).acceptance_in_time, None);
    scene.year_is_published();
    scene
        .does(&Actor::Platform, Command::RecomputeClocks)
        .unwrap();
    assert_eq!(CaseFacts::of(&scene.case).acceptance_in_time, Some(false));
}

/// A server that stood still finds several at once.
#[test]
fn what_fell_due_is_done_in_the_order_in_which_it_fell_due() {
    let intake: crate::case::Intake = serde_json::from_value(serde_json::json!({
        "channel": "hotline", "caller": "13800138000", "register_at": "handling_unit"}))
    .unwrap();
    let mut scene = Scene::direct(officer(), intake).unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    let of = |scene: &Scene, period: &str| scene.case.running_clock(period).unwrap().seq;
    let (mediation, notice) = (of(&scene, "mediation"), of(&scene, "decision-notice"));
    assert!(mediation < notice);
    let later = scene.days_later(90);
    let due = later.case.due(later.now);
    assert!(matches!(due, Some(Command::ExpireClock { clock }) if clock == notice));
}
