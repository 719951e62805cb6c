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

    let put = |active: &str| {
        let document = json!({"active": active});
        let put = ("shop".to_owned(), "returns".to_owned());
        async move { store.put_plugin(put.0, put.1, &document).await }
    };
    put("x").await.unwrap();
    put("y").await.unwrap();
    let kept = PluginRow {
        organisation: "shop".to_owned(),
        plugin: "returns".to_owned(),
        document: json!({"active": "y"}),
        failures: 0,
    };
    assert_eq!(store.plugins::<Value>().await.unwrap(), [kept]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn failures_that_end_together_are_each_counted(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let (shop, returns) = ("shop".to_owned(), "returns".to_owned());
    store.put_plugin(shop, returns, &json!({})).await.unwrap();
    let failed = (0..20).map(|_| store.count_run("shop", "returns", true));
    let mut counts = try_join_all(failed).await.unwrap();
    counts.sort_unstable();
    assert_eq!(counts, (1..=20).collect::<Vec<u64>>());
    assert_eq!(store.count_run("shop", "returns", false).await.unwrap(), 0);
    assert_eq!(store.count_run("shop", "returns", true).await.unwrap(), 1);
    assert_eq!(store.count_run("shop", "unknown", true).await.unwrap(), 0);
}
