use hejie_domain::identifiers::digest::Digest;
use hejie_store::{Attachment, Entry, StoreError};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, opening, row};

async fn with_three_cases(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    for id in ["a", "b", "c"] {
        let mut commit = opening(id);
        commit
            .attachments
            .push(Attachment::json(format!(r#"{{"of":"{id}"}}"#)));
        fresh.store.commit(commit).await.unwrap();
    }
    assert_eq!(fresh.store.verify().await.unwrap(), (3, Vec::new()));
    fresh
}

async fn faults(fresh: &Fresh) -> Vec<String> {
    let (_, faults) = fresh.store.verify().await.unwrap();
    faults.iter().map(ToString::to_string).collect()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_changed_byte_is_found_and_named(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    fresh
        .tamper("UPDATE ledger SET entry = REPLACE(entry, '退款', '拒绝') WHERE case_id = 'b' AND seq = 2")
        .await;
    assert_eq!(
        faults(&fresh).await,
        ["case b entry 2: its bytes do not give its hash"]
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_missing_entry_a_changed_document_and_a_stale_projection_are_found(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    fresh
        .tamper("DELETE FROM ledger WHERE case_id = 'a' AND seq = 1")
        .await;
    fresh
        .tamper("UPDATE attachments SET body = '{}' WHERE case_id = 'b'")
        .await;
    fresh
        .tamper("UPDATE cases SET version = 1 WHERE case_id = 'c'")
        .await;
    let digest = Digest::of(br#"{"of":"b"}"#);
    assert_eq!(
        faults(&fresh).await,
        [
            "case a entry 2: entry 1 is missing".to_owned(),
            format!("case b: the document {digest} was changed"),
            "case c: its projection stands at 1 and its ledger at 2".to_owned(),
        ]
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn projections_made_anew_are_the_same(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    let before = fresh.store.case("b").await.unwrap();
    fresh
        .tamper("UPDATE cases SET snapshot = '{}', version = 7, head = 'x' WHERE case_id = 'b'")
        .await;
    fresh.tamper("DELETE FROM cases WHERE case_id = 'c'").await;
    let fold = |id: &str, entries: &[Entry]| -> Result<_, StoreError> {
        Ok(row(id, json!({"version": entries.len()})))
    };
    assert_eq!(fresh.store.rebuild(fold).await.unwrap(), 3);
    assert_eq!(fresh.store.case("b").await.unwrap(), before);
    assert!(faults(&fresh).await.is_empty());
}
