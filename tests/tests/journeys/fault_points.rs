//! The host ends at each place between two steps, is started again, and the work goes on to
//! its end: each event once, and the ledger whole. What every request passes is met in
//! `power_cut_complaint.rs` and `power_cut_files.rs`.

use std::os::unix::process::ExitStatusExt;
use std::process::Command;

use hejie_faults::FaultPoint;
use hejie_tests::{Client, FAULT_POINT, Place, binary, was_killed};
use rstest::rstest;
use serde_json::{Value, json};
use strum::VariantArray;

use crate::calendars::{EVE, next_year};
use crate::cuts::{COMMIT, counted};
use crate::platforms::{Platform, going, neighbours, outside, stages, transfer};
use crate::power_cut::hejie;
use crate::receiver::Receiver;
use crate::reports::{everything_of, named};
use crate::world::{Kind, World, ending_at, filing, offered};

/// By the flow that comes by them.
const PLUGIN: [FaultPoint; 3] = [
    FaultPoint::JobLeased,
    FaultPoint::PluginRan,
    FaultPoint::LookedUp,
];
const SEVERAL: [FaultPoint; 1] = [FaultPoint::FileOfSeveralWritten];
const BULK: [FaultPoint; 1] = [FaultPoint::BulkLineDone];
const DOCUMENT: [FaultPoint; 1] = [FaultPoint::DocumentDrawn];
const TIME: [FaultPoint; 2] = [FaultPoint::FileSwept, FaultPoint::FileWalked];
const WEBHOOK: [FaultPoint; 2] = [FaultPoint::DeliveryLeased, FaultPoint::DeliverySent];
const HANDOVER: [FaultPoint; 1] = [FaultPoint::DossierSent];
const SCHEMA: [FaultPoint; 1] = [FaultPoint::SchemaStepDone];
const REBUILD: [FaultPoint; 2] = [FaultPoint::ProjectionRemoved, FaultPoint::FileRebuilt];

#[test]
fn every_place_has_a_flow_that_comes_by() {
    let flows: [&[FaultPoint]; 10] = [
        &COMMIT, &PLUGIN, &SEVERAL, &BULK, &DOCUMENT, &TIME, &WEBHOOK, &HANDOVER, &SCHEMA, &REBUILD,
    ];
    let met = flows.concat();
    for point in FaultPoint::VARIANTS {
        assert!(met.contains(point), "no flow comes by {}", point.name());
    }
}

#[test]
fn a_place_that_there_is_not_is_refused_before_anything_is_done() {
    for (plan, why) in [
        ("soon", "there is no fault point \"soon\""),
        ("committed:0", "\"0\" is no passing"),
    ] {
        let mut command = Command::new(binary("hejie").unwrap());
        let refused = command.arg("openapi").env(FAULT_POINT, plan);
        let refused = refused.output().unwrap();
        assert_eq!((refused.status.code(), refused.stdout), (Some(2), vec![]));
        let told = String::from_utf8_lossy(&refused.stderr);
        assert!(told.contains(why), "{told}");
    }
}

/// Who holds a token, at the host as it is up now: a connection to one that has ended is not
/// used again.
fn who(platform: &Platform, token: &str) -> Client {
    Client::new(&platform.url(), token)
}

/// A request whose answer may be lost, sent again to the host that was started again.
async fn sent_again(platform: &Platform, token: &str, path: &str, body: Value, key: &str) -> Value {
    let answer = who(platform, token).post_once(path, body, key).await;
    let answer = answer.unwrap();
    answer
        .good()
        .unwrap_or_else(|fault| panic!("{path}: {fault}"))
}

async fn token_of(platform: &Platform, unit: &str) -> String {
    platform.officer(unit).await.token
}

/// Two complaints of hers at the authority of Wuchang, and its officer's token.
async fn two_registered(platform: &Platform) -> (Vec<String>, String) {
    let consumer = platform.consumer().await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        numbers.push(platform.registered(&consumer).await);
    }
    (numbers, token_of(platform, "420106").await)
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_dispute_is_answered_once_and_goes_on_to_its_end(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    // The filing is the first commit; what a plugin does is the next.
    let of_the_run = [(FaultPoint::CommitWritten, 2), (FaultPoint::Committed, 2)];
    let places = PLUGIN.into_iter().map(|point| (point, 1)).chain(of_the_run);
    let mut disputes = 0;
    for (point, passing) in places {
        let key = format!("k-{}", point.name());
        world.start_until(point, passing);
        // Whether the answer was on its way in time nobody knows.
        let _ = world.consumer.post_once("/cases", filing(), &key).await;
        world.ended_at(point).await;
        world.start_again();
        let receipt = world.consumer.post_once("/cases", filing(), &key).await;
        let receipt = receipt.unwrap().good().unwrap();
        let number = receipt["number"].as_str().unwrap();
        let case = world.consumer.wait(number, "an offer", offered).await;
        assert_eq!(case.unwrap()["offers"].as_array().unwrap().len(), 1);
        let act = async |who: &Client, what: &str, body: Value| {
            who.act(number, what, body).await.unwrap()
        };
        act(&world.consumer, "offers/1/acceptance", json!({})).await;
        let performed = json!({"performed_on": "2026-05-18"});
        act(&world.agent, "performance", performed).await;
        let solved = json!({"confirmation": "solved"});
        let closed = act(&world.consumer, "confirmation", solved).await;
        assert_eq!(closed["phase"], "closed", "{}", point.name());
        disputes += 1;
    }
    assert!(world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&world.place, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    let ledger = everything_of(&world.place, "SELECT entry FROM ledger").await;
    for kind in [
        "case_filed",
        "look_up_requested",
        "look_up_answered",
        "offer_made",
        "settlement_reached",
        "case_closed",
    ] {
        let found = ledger.matches(&format!("\"kind\":\"{kind}\"")).count();
        assert_eq!(found, disputes, "{kind}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn two_reports_are_merged_both_or_neither(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let (consumer, token) = (
        platform.consumer().await,
        token_of(&platform, "420106").await,
    );
    let places = [SEVERAL[0], FaultPoint::CommitWritten, FaultPoint::Committed];
    for (turn, point) in places.into_iter().enumerate() {
        let reporter = who(&platform, &consumer.token);
        let mut numbers = Vec::new();
        for _ in 0..2 {
            let received = reporter.post("/reports", named()).await.unwrap();
            let number = received.good().unwrap()["number"].clone();
            numbers.push(number.as_str().unwrap().to_owned());
        }
        let path = format!("/reports/{}/merger", numbers[1]);
        let merge = json!({"into": numbers[0], "reason": "同一被举报人的新事实"});
        platform.stop();
        platform.start_until(point, 1);
        let lost = who(&platform, &token).post(&path, merge.clone()).await;
        assert!(lost.is_err());
        platform.ended_at(point).await;
        platform.start();
        let handler = who(&platform, &token);

        let merged = point == FaultPoint::Committed;
        let read = async |number: &str| {
            let report = handler.get(&format!("/reports/{number}")).await.unwrap();
            report.good().unwrap()
        };
        let (into, from) = (read(&numbers[0]).await, read(&numbers[1]).await);
        assert_eq!(from["phase"] == "closed", merged, "{}", point.name());
        assert_eq!(into["merged"] == json!([numbers[1]]), merged);
        // The route takes no key: it says itself whether there is anything left to do.
        let again = handler.post(&path, merge).await.unwrap();
        assert_eq!(again.status.as_u16(), if merged { 409 } else { 200 });
        let done = turn + 1;
        let kinds = [("report_merged", done), ("facts_merged", done)];
        counted(&mut platform, &kinds).await;
        platform.start();
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_bulk_act_goes_on_with_the_files_that_are_left(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let (numbers, token) = two_registered(&platform).await;
    platform.stop();
    platform.start_until(BULK[0], 1);
    let body = json!({"numbers": numbers, "act": {"kind": "acceptance"}});
    let officer = who(&platform, &token);
    let lost = officer.post_once("/work/bulk", body.clone(), "k").await;
    assert!(lost.is_err());
    platform.ended_at(BULK[0]).await;
    platform.start();
    let officer = who(&platform, &token);
    let phase = async |at: usize| officer.case(&numbers[at]).await.unwrap()["phase"].clone();
    assert_eq!(
        (phase(0).await, phase(1).await),
        (json!("accepted"), json!("registered"))
    );
    let again = sent_again(&platform, &token, "/work/bulk", body, "k").await;
    assert_eq!((&again["done"], &again["refused"]), (&json!(2), &json!(0)));
    counted(&mut platform, &[("complaint_accepted", 2)]).await;
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_document_that_was_drawn_and_not_kept_is_issued_once(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let (numbers, token) = two_registered(&platform).await;
    let officer = who(&platform, &token);
    officer
        .act(&numbers[0], "acceptance", json!({}))
        .await
        .unwrap();
    platform.stop();
    platform.start_until(DOCUMENT[0], 1);
    let officer = who(&platform, &token);
    let path = format!("/cases/{}/documents", numbers[0]);
    let order = json!({"form": "complaint-acceptance",
        "values": {"contact": "周敏", "phone": "027-88930000"}});
    assert!(officer.post_once(&path, order.clone(), "k").await.is_err());
    platform.ended_at(DOCUMENT[0]).await;
    platform.start();
    let officer = who(&platform, &token);
    for _ in 0..2 {
        sent_again(&platform, &token, &path, order.clone(), "k").await;
    }
    let documents = officer.case(&numbers[0]).await.unwrap()["documents"].clone();
    assert_eq!(documents.as_array().unwrap().len(), 1);
    // The number that was taken is nobody's: none is given twice.
    assert_eq!(documents[0]["number"], "鄂武昌市监投受〔2026〕2号");
    counted(&mut platform, &[("document_issued", 1)]).await;
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_falls_due_in_two_files_is_done_in_both(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let (numbers, _) = two_registered(&platform).await;
    let city = token_of(&platform, "420100").await;
    platform.stop();
    platform.start_until(FaultPoint::FileSwept, 1);
    // The period of acceptance is nearly over.
    let days = json!({"seconds": 8 * 86_400});
    assert!(platform.operator().post("/clock", days).await.is_err());
    platform.ended_at(FaultPoint::FileSwept).await;
    let counts = [("supervision_opened", 1)];
    counted_once_stopped(&platform, &counts).await;
    platform.start();
    let supervisor = who(&platform, &city);
    for number in &numbers {
        let urged = |case: &Value| case["supervisions"][0].is_object();
        supervisor
            .wait(number, "its supervision", urged)
            .await
            .unwrap();
    }
    counted(&mut platform, &[("supervision_opened", 2)]).await;
}

/// What the ledger has of a host that has ended by itself.
async fn counted_once_stopped(platform: &Platform, wanted: &[(&str, usize)]) {
    let ledger = everything_of(&platform.place, "SELECT entry FROM ledger").await;
    for (kind, times) in wanted {
        let found = ledger.matches(&format!("\"kind\":\"{kind}\"")).count();
        assert_eq!(found, *times, "{kind}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_walk_over_open_files_reads_each_clock_anew_once(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    platform.stop();
    platform.place.rehearsal = Some(EVE.to_owned());
    platform.start();
    let (numbers, token) = two_registered(&platform).await;
    platform.stop();
    platform.start_until(FaultPoint::FileWalked, 1);
    // Its answer may be lost: the walk begins with the commit.
    let _ = platform.operator().post("/calendars", next_year()).await;
    platform.ended_at(FaultPoint::FileWalked).await;
    platform.start();
    let officer = who(&platform, &token);
    for number in &numbers {
        let ends = |case: &Value| {
            let clocks = case["clocks"].as_array().unwrap();
            let acceptance = clocks.iter().rfind(|it| it["period"] == "acceptance");
            acceptance.is_some_and(|it| it["ends_on"].is_string())
        };
        officer.wait(number, "the clock's end", ends).await.unwrap();
    }
    counted(&mut platform, &[("clock_recomputed", 2)]).await;
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_receiver_is_told_at_least_once_and_the_sender_goes_on(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let consumer = platform.consumer().await;
    for (point, comes) in WEBHOOK.into_iter().zip([1, 2]) {
        let receiver = Receiver::start().await;
        let webhook = json!({"url": receiver.url, "topics": ["case.filed"]});
        let added = platform.operator().post("/webhooks", webhook).await;
        let added = added.unwrap().good().unwrap();
        platform.stop();
        platform.start_until(point, 1);
        let filing = who(&platform, &consumer.token);
        let key = point.name();
        let _ = filing.post_once("/cases", outside(), key).await;
        platform.ended_at(point).await;
        platform.start();
        sent_again(&platform, &consumer.token, "/cases", outside(), key).await;
        let received = receiver.wait_for(comes).await;
        let ids: Vec<Value> = received.iter().map(|it| it.event()["id"].clone()).collect();
        assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");
        let id = added["id"].as_str().unwrap();
        let removed = platform.operator().delete(&format!("/webhooks/{id}")).await;
        assert_eq!(removed.unwrap().status.as_u16(), 204);
        assert_eq!(receiver.received().len(), comes, "{}", point.name());
    }
    counted(&mut platform, &[("case_filed", 2)]).await;
}

#[rstest]
#[case(Kind::Sqlite, Kind::Postgres)]
#[case(Kind::Postgres, Kind::Sqlite)]
#[tokio::test]
async fn a_file_is_handed_over_once_whichever_of_the_two_ends(
    #[case] here: Kind,
    #[case] there: Kind,
) {
    let (mut a, mut b) = neighbours(here, there).await;
    // A county returns what is not its own; a city sends it on.
    let (consumer, token) = (a.consumer().await, token_of(&a, "420100").await);
    let colleague = token_of(&b, "420106").await;
    let sending = [HANDOVER[0], FaultPoint::DeliverySent].map(|point| (true, point));
    let taking = [
        FaultPoint::CommitWritten,
        FaultPoint::Committed,
        FaultPoint::AnswerReady,
    ]
    .map(|point| (false, point));
    let places = [&sending[..], &taking[..]].concat();
    for (sender_ends, point) in &places {
        let number = a.registered(&who(&a, &consumer.token)).await;
        let ending = if *sender_ends { &mut a } else { &mut b };
        ending.stop();
        ending.start_until(*point, 1);
        let path = format!("/cases/{number}/transfer");
        let officer = who(&a, &token);
        let _ = officer.post_once(&path, going("henan"), &number).await;
        let ending = if *sender_ends { &mut a } else { &mut b };
        ending.ended_at(*point).await;
        ending.start();
        sent_again(&a, &token, &path, going("henan"), &number).await;

        let officer = who(&a, &token);
        let arrived = |case: &Value| transfer(case)["state"]["state"] == "acknowledged";
        let case = officer.wait(&number, "the receipt", arrived).await.unwrap();
        let theirs = transfer(&case)["state"]["number"].as_str().unwrap();
        // What is done there comes back, through a cut of who tells it.
        b.stop();
        b.start_until(FaultPoint::DeliverySent, 1);
        let accept = format!("/cases/{theirs}/acceptance");
        let there = who(&b, &colleague);
        let _ = there.post_once(&accept, json!({}), theirs).await;
        b.ended_at(FaultPoint::DeliverySent).await;
        b.start();
        sent_again(&b, &colleague, &accept, json!({}), theirs).await;
        let told = |case: &Value| stages(case).contains(&"accepted");
        let case = officer.wait(&number, "the acceptance", told).await.unwrap();
        assert_eq!(stages(&case), ["received", "accepted"], "{}", point.name());
    }
    let files = places.len();
    let of_sender = [
        ("transferred_out", files),
        ("transfer_acknowledged", files),
        ("external_status_recorded", 2 * files),
    ];
    counted(&mut a, &of_sender).await;
    let of_taker = [("origin_recorded", files), ("complaint_accepted", files)];
    counted(&mut b, &of_taker).await;
}

/// Runs a command that ends at a place.
fn ends_at(place: &Place, point: FaultPoint, passing: u32, args: &[&str]) {
    let place = ending_at(place, point, passing);
    let ended = hejie(&place, args);
    was_killed(ended.status).unwrap_or_else(|fault| panic!("{}: {fault}", point.name()));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn projections_are_made_anew_after_a_cut_between_or_within_files(#[case] kind: Kind) {
    let mut platform = Platform::new("hubei", kind, 11);
    let (numbers, token) = two_registered(&platform).await;
    let officer = who(&platform, &token);
    let before = officer.case(&numbers[0]).await.unwrap();
    platform.stop();
    for point in REBUILD {
        ends_at(&platform.place, point, 1, &["ledger", "rebuild"]);
        for action in ["verify", "rebuild", "verify"] {
            let done = hejie(&platform.place, &["ledger", action]);
            assert!(done.status.success(), "{} {action}: {done:?}", point.name());
        }
    }
    platform.start();
    let officer = who(&platform, &token);
    assert_eq!(officer.case(&numbers[0]).await.unwrap(), before);
    officer
        .act(&numbers[0], "acceptance", json!({}))
        .await
        .unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_schema_that_was_left_half_way_is_completed(#[case] kind: Kind) {
    let server = matches!(kind, Kind::Postgres).then(|| hejie_postgres::Postgres::start().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let place = Place {
        store: server.as_ref().map(hejie_postgres::Postgres::url),
        ..Place::in_folder(folder.path())
    };
    // After the first step; then after four more, and after four more.
    for passing in [1, 4, 4] {
        ends_at(&place, SCHEMA[0], passing, &["migrate"]);
        let early = hejie(&place, &["ledger", "verify"]);
        assert!(!early.status.success(), "half a schema is no store");
    }
    let done = hejie(&place, &["migrate"]);
    assert!(done.status.success(), "{done:?}");
    // Nothing is left to do: a step that is not done ends nothing.
    let again = hejie(&ending_at(&place, SCHEMA[0], 1), &["migrate"]);
    assert_eq!(
        (again.status.code(), again.status.signal()),
        (Some(0), None)
    );
    let verified = hejie(&place, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
}
