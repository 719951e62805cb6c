use std::process::Command;

use futures_util::future::join_all;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};
use hejie_tests::{FAULT_POINT, Place, binary};

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
    let verified = hejie(&world.place, &["ledger", "verify"]);
    assert!(
        verified.status.success(),
        "{}",
        String::from_utf8_lossy(&verified.stdout)
    );
}

/// Runs a command beside the service; where the place has a fault point, it meets it.
pub fn hejie(place: &Place, args: &[&str]) -> std::process::Output {
    let mut command = Command::new(binary("hejie").unwrap());
    command.args(args).arg("--data").arg(&place.data);
    if let Some(store) = &place.store {
        command.arg("--store").arg(store);
    }
    if let Some(point) = &place.fault_point {
        command.env(FAULT_POINT, point);
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
    assert!(hejie(&world.place, &["ledger", "verify"]).status.success());
    assert!(!hejie(&world.place, &["ledger", "rebuild"]).status.success());
    assert!(world.host.take().unwrap().stop().unwrap());

    assert!(hejie(&world.place, &["ledger", "rebuild"]).status.success());
    assert!(hejie(&world.place, &["ledger", "verify"]).status.success());
    assert!(hejie(&world.place, &["migrate"]).status.success());
    let run = runs[0]["id"].as_str().unwrap();
    let replayed = hejie(&world.place, &["decision", "replay", run]);
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
    let verified = hejie(&world.place, &["ledger", "verify"]);
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
