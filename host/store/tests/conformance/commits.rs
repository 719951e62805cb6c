use hejie_store::{Attachment, NewMessage, StoreError};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, Plain, commit, faults, now, opening};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_commit_is_there_with_all_it_caused(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut first = opening("a");
    let attachment = Attachment::json(r#"{"输入":1}"#.to_owned());
    first.attachments.push(attachment.clone());
    first.outbox.push(NewMessage {
        topic: "case.opened",
        payload: "{}".into(),
        at: now(),
        discreet: None,
    });
    let committed = fresh.store.commit(first).await.unwrap();
    assert_eq!(committed.version, 2);

    let stored = fresh.store.case("a").await.unwrap().unwrap();
    assert_eq!((stored.version, &stored.head), (2, &committed.head));
    assert_eq!(stored.snapshot, json!({"version": 2}));
    assert_eq!(
        fresh.store.case_by_number("N-a").await.unwrap(),
        Some(stored)
    );
    let entries = fresh.store.entries("a", 1, 10).await.unwrap();
    assert_eq!(entries.len(), 1);
    assert_eq!(entries[0].payload["body"], "退款");
    let document = fresh
        .store
        .attachment("a", &attachment.digest())
        .await
        .unwrap();
    assert_eq!(document, Some(attachment.body));
    let messages = fresh.store.outbox(10).await.unwrap();
    assert_eq!(messages.len(), 1);
    fresh
        .store
        .acknowledge(vec![messages[0].id.clone()])
        .await
        .unwrap();
    assert!(fresh.store.outbox(10).await.unwrap().is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn of_two_commits_on_one_version_one_wins_and_the_other_leaves_no_trace(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let head = fresh.store.commit(opening("a")).await.unwrap().head;
    let rivals = (0..8).map(|_| fresh.store.commit(commit("a", 2, &head, 1)));
    let outcomes = futures_util::future::join_all(rivals).await;
    let won = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
    let lost = outcomes
        .iter()
        .filter(|outcome| matches!(outcome, Err(StoreError::Conflict)));
    assert_eq!((won, lost.count()), (1, 7));
    assert_eq!(fresh.store.entries("a", 0, 10).await.unwrap().len(), 3);
    assert!(faults(&fresh).await.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn many_commits_at_once_all_arrive(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let commits = (0..200).map(|n| fresh.store.commit(opening(&format!("case-{n:03}"))));
    for outcome in futures_util::future::join_all(commits).await {
        outcome.unwrap();
    }
    let (checked, faults) = fresh.store.verify(&Plain).await.unwrap();
    assert_eq!((checked, faults.len()), (200, 0));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_number_is_taken_once(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    let mut twin = opening("b");
    twin.case.number = "N-a".to_owned();
    assert!(matches!(
        fresh.store.commit(twin).await,
        Err(StoreError::Exists)
    ));
    assert!(fresh.store.entries("b", 0, 10).await.unwrap().is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_was_committed_is_there_after_a_new_start(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    fresh.store.close().await;
    let again = hejie_store::Store::open(&fresh.url).await.unwrap();
    assert_eq!(again.case("a").await.unwrap().unwrap().version, 2);
    assert!(again.verify(&Plain).await.unwrap().1.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn listeners_hear_of_a_commit(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut live = fresh.store.subscribe();
    let committed = fresh.store.commit(opening("a")).await.unwrap();
    assert_eq!(live.recv().await.unwrap(), committed);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_number_that_canonical_json_would_change_is_refused(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut commit = opening("a");
    commit.events[1].payload = json!({"amount": u64::MAX});
    let refused = fresh.store.commit(commit).await;
    assert!(
        matches!(refused, Err(StoreError::Number { .. })),
        "{refused:?}"
    );
    assert!(fresh.store.entries("a", 0, 10).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_database_that_went_away_is_told_as_an_outage_within_six_seconds() {
    let server = hejie_postgres::Postgres::start().unwrap();
    let store = hejie_store::Store::open(&server.url()).await.unwrap();
    store.ping().await.unwrap();
    drop(server);
    let asked = std::time::Instant::now();
    let read = store.case("a").await.unwrap_err();
    assert!(read.is_outage(), "{read}");
    assert!(asked.elapsed() < std::time::Duration::from_secs(6));
    let written = store.commit(opening("a")).await.unwrap_err();
    assert!(written.is_outage(), "{written}");
}

#[tokio::test]
async fn a_store_that_is_not_there_is_not_made() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("hejie.db");
    let url = format!("sqlite:{}", path.display());
    let open = || async { hejie_store::Store::open_existing(&url).await.err() };
    assert!(matches!(open().await, Some(StoreError::NoStore)));
    assert!(!path.exists());
    std::fs::write(&path, "").unwrap();
    assert!(matches!(open().await, Some(StoreError::NoStore)));
    std::fs::remove_file(&path).unwrap();
    hejie_store::Store::open(&url).await.unwrap().close().await;
    assert!(open().await.is_none());
}

#[tokio::test]
async fn an_unknown_address_is_refused_in_words() {
    let fault = hejie_store::Store::open("mysql://x").await.err().unwrap();
    assert_eq!(
        fault.to_string(),
        "the store's address must begin with sqlite: or postgres://, not mysql"
    );
}
