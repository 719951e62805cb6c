use hejie_store::{DraftRow, StoreError};
use jiff::ToSpan;
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, now, opening};

fn draft(version: u64, is_open: bool) -> DraftRow {
    DraftRow {
        id: "d-1".to_owned(),
        unit: "420100".to_owned(),
        is_open,
        version,
        document: json!({ "version": version }).to_string(),
        at: now(),
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_draft_is_changed_on_what_was_read_or_not_at_all(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store.put_draft(draft(0, true)).await.unwrap();
    let twice = store.put_draft(draft(0, true)).await;
    assert!(matches!(twice, Err(StoreError::Conflict)));
    store.put_draft(draft(1, true)).await.unwrap();
    let late = store.put_draft(draft(1, true)).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    let found: Option<(Value, u64)> = store.draft("d-1").await.unwrap();
    assert_eq!(found, Some((json!({"version": 1}), 2)));
    let open = store.open_drafts::<Value>("420100", 9).await.unwrap();
    assert_eq!(open.len(), 1);
    store.put_draft(draft(2, false)).await.unwrap();
    let open = store.open_drafts::<Value>("420100", 9).await.unwrap();
    assert!(open.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_draft_that_moved_on_is_not_filed(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store.put_draft(draft(0, true)).await.unwrap();
    store.put_draft(draft(1, true)).await.unwrap();
    let mut filing = opening("a");
    filing.draft = Some(draft(1, false));
    let stale = store.commit(filing.clone()).await;
    assert!(matches!(stale, Err(StoreError::Conflict)));
    assert!(store.case("a").await.unwrap().is_none());
    filing.draft = Some(draft(2, false));
    store.commit(filing).await.unwrap();
    let open = store.open_drafts::<Value>("420100", 9).await.unwrap();
    assert!(open.is_empty() && store.case("a").await.unwrap().is_some());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_nobody_goes_on_with_is_forgotten_and_what_was_filed_is_not(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let named = |id: &str, at| DraftRow {
        id: id.to_owned(),
        at,
        ..draft(0, true)
    };
    let later = now().checked_add(48.hours()).unwrap();
    store.put_draft(named("old", now())).await.unwrap();
    store.put_draft(named("filed", now())).await.unwrap();
    let filed = DraftRow {
        id: "filed".to_owned(),
        ..draft(1, false)
    };
    store.put_draft(filed).await.unwrap();
    store.put_draft(named("new", later)).await.unwrap();
    assert_eq!(store.forget_drafts(now()).await.unwrap(), 0);
    assert_eq!(store.forget_drafts(later).await.unwrap(), 1);
    for (id, is_there) in [("old", false), ("filed", true), ("new", true)] {
        let found: Option<(Value, u64)> = store.draft(id).await.unwrap();
        assert_eq!(found.is_some(), is_there, "{id}");
    }
}
