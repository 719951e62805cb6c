use std::process::Command;

use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};
use hejie_tests::{Client, binary};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn nothing_acknowledged_is_lost_and_the_work_goes_on(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let mut acknowledged = Vec::new();
    for turn in 0..3u64 {
        let filings = (0..20).map(|_| world.consumer.post("/cases", filing()));
        let filing = tokio::spawn({
            let consumer = world.consumer.clone();
            async move {
                let filings = (0..40).map(|_| consumer.post("/cases", crate::world::filing()));
                join_all(filings).await
            }
        });
        let first = join_all(filings).await;
        tokio::time::sleep(std::time::Duration::from_millis(30 * turn)).await;
        world.host.take().unwrap().kill().unwrap();
        let second = filing.await.unwrap();
        for answer in first.into_iter().chain(second).flatten() {
            if answer.status.is_success() {
                acknowledged.push(answer.body["number"].as_str().unwrap().to_owned());
            }
        }
        world.start_again();
    }
    assert!(acknowledged.len() >= 60, "{}", acknowledged.len());
    for number in &acknowledged {
        let case = world
            .consumer
            .wait(number, "an offer", offered)
            .await
            .unwrap();
        let offers = case["offers"].as_array().unwrap();
        assert_eq!(offers.len(), 1, "a run has its effect exactly once");
    }
    assert!(world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&world, &["ledger", "verify"]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
}

pub fn hejie(world: &World, args: &[&str]) -> std::process::Output {
    let mut command = Command::new(binary("hejie").unwrap());
    command.args(args).arg("--data").arg(&world.place.data);
    if let Some(store) = &world.place.store {
        command.arg("--store").arg(store);
    }
    command.output().unwrap()
}

#[tokio::test]
async fn projections_made_anew_are_the_same_and_a_changed_byte_is_found() {
    let mut world = World::new(Kind::Sqlite).await;
    let settled = world.file(filing()).await;
    world
        .consumer
        .wait(&settled, "an offer", offered)
        .await
        .unwrap();
    world
        .consumer
        .act(&settled, "offers/1/acceptance", json!({}))
        .await
        .unwrap();
    let escalated = world.file(filing()).await;
    world
        .consumer
        .act(&escalated, "escalation", json!({}))
        .await
        .unwrap();
    // The last opinions must be in before the state is compared.
    let quiet = |case: &Value| case["opinions"].as_array().unwrap().len() >= 2;
    world
        .consumer
        .wait(&settled, "the opinions", quiet)
        .await
        .unwrap();
    let before = world.operator().case(&settled).await.unwrap();
    let decisions = format!("/cases/{settled}/decisions");
    let runs = world
        .operator()
        .get(&decisions)
        .await
        .unwrap()
        .good()
        .unwrap();
    // Beside a server the ledger may be verified, and nothing made anew.
    assert!(hejie(&world, &["ledger", "verify"]).status.success());
    assert!(!hejie(&world, &["ledger", "rebuild"]).status.success());
    assert!(world.host.take().unwrap().stop().unwrap());

    assert!(hejie(&world, &["ledger", "rebuild"]).status.success());
    assert!(hejie(&world, &["ledger", "verify"]).status.success());
    assert!(hejie(&world, &["migrate"]).status.success());
    let run = runs[0]["id"].as_str().unwrap();
    let replayed = hejie(&world, &["decision", "replay", run]);
    assert!(String::from_utf8_lossy(&replayed.stdout).contains("the same bytes"));
    world.start_again();
    assert_eq!(world.operator().case(&settled).await.unwrap(), before);
    assert!(world.host.take().unwrap().stop().unwrap());

    let file = world.place.data.join("hejie.db");
    let bytes = std::fs::read(&file).unwrap();
    // Both spellings of one character have three bytes in UTF-8.
    let (from, to) = (
        "尺码偏大，没有穿过".as_bytes(),
        "尺码偏小，没有穿过".as_bytes(),
    );
    let mut tampered = bytes.clone();
    let mut touched = 0;
    for at in 0..tampered.len() - from.len() {
        if &tampered[at..at + from.len()] == from {
            tampered[at..at + to.len()].copy_from_slice(to);
            touched += 1;
        }
    }
    assert!(touched > 0);
    std::fs::write(&file, tampered).unwrap();
    let verified = hejie(&world, &["ledger", "verify"]);
    assert!(!verified.status.success());
    let told = String::from_utf8_lossy(&verified.stdout).into_owned();
    assert!(
        told.contains("entry 1: its bytes do not give its hash"),
        "{told}"
    );
}

#[test]
fn a_folder_without_a_store_is_not_verified() {
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(binary("hejie").unwrap());
    command
        .args(["ledger", "verify", "--data"])
        .arg(folder.path());
    let verified = command.output().unwrap();
    assert!(!verified.status.success());
    let told = String::from_utf8_lossy(&verified.stderr);
    assert!(told.contains("there is no store here"), "{told}");
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

/// What an officer does with a complaint, one after the other.
const STEPS: [(&str, &str); 9] = [
    ("acceptance", "{}"),
    (
        "mediation-answer",
        r#"{"side": "consumer", "agrees": true, "delegation": false, "means": "phone"}"#,
    ),
    (
        "mediation-answer",
        r#"{"side": "respondent", "agrees": true, "delegation": false, "means": "phone"}"#,
    ),
    (
        "sessions",
        r#"{"mode": "phone", "at": "2026-05-20T02:00:00Z", "place": null, "mediator": "周敏"}"#,
    ),
    (
        "appraisal",
        r#"{"body": "市质检院", "chosen_by": "parties"}"#,
    ),
    ("appraisal/result", r#"{"result": "未见质量问题"}"#),
    (
        "termination",
        r#"{"ground": "no-deal", "reason": "双方分歧较大"}"#,
    ),
    ("termination/notice", r#"{"means": "sms"}"#),
    (
        "visits",
        r#"{"means": "phone", "satisfaction": "fair", "note": "已回访"}"#,
    ),
];

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Sqlite, 3)]
#[case(Kind::Postgres, 1)]
#[tokio::test]
async fn a_power_cut_between_or_within_any_two_steps_of_an_officer_loses_and_doubles_nothing(
    #[case] kind: Kind,
    #[case] milliseconds: u64,
) {
    let mut world = World::new(kind).await;
    let number = world.file(filing()).await;
    world
        .consumer
        .wait(&number, "an offer", offered)
        .await
        .unwrap();
    world
        .consumer
        .act(&number, "escalation", json!({}))
        .await
        .unwrap();
    let token = world.officer("420106").await.token;
    for (step, (act, body)) in STEPS.iter().enumerate() {
        let path = format!("/cases/{number}/{act}");
        let body = serde_json::from_str(body).unwrap();
        let key = format!("step-{step}");
        sent_through_a_cut(&mut world, &token, &path, body, &key, milliseconds).await;
    }
    let officer = Client::new(&world.host().url, &token);
    let case = officer.case(&number).await.unwrap();
    assert_eq!(case["phase"], "closed");
    let timeline = officer.get(&format!("/cases/{number}/timeline")).await;
    let timeline = timeline.unwrap().good().unwrap();
    let count = |kind: &str| {
        let entries = timeline.as_array().unwrap().iter();
        entries.filter(|entry| entry["type"] == kind).count()
    };
    for (kind, times) in [
        ("complaint_accepted", 1),
        ("mediation_answered", 2),
        ("mediation_scheduled", 1),
        ("appraisal_begun", 1),
        ("appraisal_ended", 1),
        ("mediation_terminated", 1),
        ("termination_notified", 1),
        ("visit_recorded", 1),
        ("case_closed", 1),
    ] {
        assert_eq!(count(kind), times, "{kind}");
    }
    assert!(world.host.take().unwrap().stop().unwrap());
    assert!(hejie(&world, &["ledger", "verify"]).status.success());
}

/// Sends a request, cuts the power some milliseconds later, starts again and sends the
/// same once more; the answer.
pub async fn sent_through_a_cut(
    world: &mut World,
    token: &str,
    path: &str,
    body: Value,
    key: &str,
    milliseconds: u64,
) -> Value {
    let client = |world: &World| Client::new(&world.host().url, token);
    let who = client(world);
    let asked = tokio::spawn({
        let (path, body, key) = (path.to_owned(), body.clone(), key.to_owned());
        async move { who.post_once(&path, body, &key).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    world.host.take().unwrap().kill().unwrap();
    // Answered or not: nobody knows, and the same request is made again.
    let _ = asked.await.unwrap();
    world.start_again();
    let answer = client(world).post_once(path, body, key).await.unwrap();
    answer
        .good()
        .unwrap_or_else(|fault| panic!("{path}: {fault}"))
}
