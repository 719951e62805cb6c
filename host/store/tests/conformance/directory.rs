use futures_util::future::try_join_all;
use hejie_domain::identifiers::digest::Digest;
use hejie_store::StoreError;
use hejie_store::directory::{PluginRow, VersionRow};
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, now};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn organisations_tokens_and_calendars_are_kept(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store
        .add_organisation("shop", &json!({"name": "江汉"}))
        .await
        .unwrap();
    let again = store.add_organisation("shop", &json!({})).await;
    assert!(matches!(again, Err(StoreError::Exists)));
    let found: Option<Value> = store.organisation("shop").await.unwrap();
    assert_eq!(found, Some(json!({"name": "江汉"})));
    assert_eq!(store.organisations::<Value>().await.unwrap().len(), 1);

    let digest = Digest::of(b"token");
    store
        .add_token(&digest, &json!({"kind": "operator"}), now())
        .await
        .unwrap();
    assert!(store.principal::<Value>(&digest).await.unwrap().is_some());
    assert!(store.revoke_token(&digest, now()).await.unwrap());
    assert!(!store.revoke_token(&digest, now()).await.unwrap());
    assert!(store.principal::<Value>(&digest).await.unwrap().is_none());

    store.put_calendar(2027, &json!({"v": 1})).await.unwrap();
    store.put_calendar(2027, &json!({"v": 2})).await.unwrap();
    store.put_calendar(2026, &json!({"v": 3})).await.unwrap();
    let published = store.calendars::<Value>().await.unwrap();
    assert_eq!(
        published,
        [json!({"v": 1}), json!({"v": 2}), json!({"v": 3})],
        "each publication stays, in its order"
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_version_is_named_by_its_digest_for_ever(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let version = |bytes: &[u8]| VersionRow {
        digest: Digest::of(bytes),
        organisation: "shop".into(),
        plugin: "returns".into(),
        version: "1.0.0".into(),
        installed_at: now(),
    };
    store
        .add_version(version(b"one"), "b25l".into())
        .await
        .unwrap();
    store
        .add_version(version(b"one"), "b25l".into())
        .await
        .unwrap();
    let other = store.add_version(version(b"two"), "dHdv".into()).await;
    assert!(matches!(other, Err(StoreError::Exists)));
    assert_eq!(
        store
            .component(&Digest::of(b"one"))
            .await
            .unwrap()
            .as_deref(),
        Some("b25l")
    );
    assert_eq!(store.component(&Digest::of(b"two")).await.unwrap(), None);
    assert_eq!(
        store.versions("shop", "returns").await.unwrap(),
        [version(b"one")]
    );
}

async fn returns(fresh: &Fresh) -> PluginRow<Value> {
    let found = fresh.store.plugin("shop", "returns").await.unwrap();
    found.unwrap()
}

async fn with_a_plugin(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    let (shop, returns) = ("shop".to_owned(), "returns".to_owned());
    let document = json!({});
    let added = fresh.store.add_plugin(shop, returns, &document);
    added.await.unwrap();
    fresh
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn of_two_changes_to_what_was_read_once_the_second_is_refused(#[case] kind: Kind) {
    let fresh = with_a_plugin(kind).await;
    let (mut first, mut second) = (returns(&fresh).await, returns(&fresh).await);
    first.document = json!({"state": "suspended"});
    second.document = json!({"state": "active"});
    fresh.store.change_plugin(&first).await.unwrap();
    for refused in [
        fresh.store.change_plugin(&second).await,
        fresh.store.release_plugin(&second).await,
    ] {
        assert!(matches!(refused, Err(StoreError::Conflict)));
    }
    assert_eq!(returns(&fresh).await.document, first.document);
    let (shop, name) = ("shop".to_owned(), "returns".to_owned());
    let document = json!({});
    let again = fresh.store.add_plugin(shop, name, &document);
    again.await.unwrap();
    assert_eq!(returns(&fresh).await.document, first.document);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn failures_that_end_together_are_each_counted(#[case] kind: Kind) {
    let fresh = with_a_plugin(kind).await;
    let store = &fresh.store;
    let before = store.plugin_revisions().await.unwrap();
    let count = |failed| store.count_run("shop", "returns", failed, 21);
    let mut counts = try_join_all((0..20).map(|_| count(true))).await.unwrap();
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<u64>>());
    assert_eq!(count(false).await.unwrap(), 0);
    assert_eq!(count(true).await.unwrap(), 1);
    assert_eq!(
        store.count_run("shop", "unknown", true, 5).await.unwrap(),
        0
    );
    assert_eq!(store.plugin_revisions().await.unwrap(), before);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_plugin_at_the_limit_is_brought_back_by_a_release_and_not_by_a_late_success(
    #[case] kind: Kind,
) {
    let fresh = with_a_plugin(kind).await;
    let store = &fresh.store;
    let before = returns(&fresh).await.revision;
    for _ in 0..4 {
        store.count_run("shop", "returns", true, 3).await.unwrap();
    }
    assert_eq!(
        store.count_run("shop", "returns", false, 3).await.unwrap(),
        4
    );
    let out = returns(&fresh).await;
    assert_eq!((out.failures, out.revision), (4, before + 1));
    store.release_plugin(&out).await.unwrap();
    assert_eq!(returns(&fresh).await.failures, 0);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_officer_is_changed_on_what_was_read_or_not_at_all(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    assert_eq!(store.officer::<Value>("o-1").await.unwrap(), None);
    let put = |name: &str, revision| {
        let officer = json!({ "name": name });
        async move { store.put_officer("o-1", &officer, revision).await }
    };
    put("周", 0).await.unwrap();
    let twice = put("吴", 0).await;
    assert!(matches!(twice, Err(StoreError::Conflict)));
    let (_, revision) = store.officer::<Value>("o-1").await.unwrap().unwrap();
    put("周敏", revision).await.unwrap();
    let late = put("周明", revision).await;
    assert!(matches!(late, Err(StoreError::Conflict)));
    let (kept, _) = store.officer::<Value>("o-1").await.unwrap().unwrap();
    assert_eq!(kept, json!({"name": "周敏"}));
}
