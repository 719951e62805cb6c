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
    assert_eq!(store.calendars::<Value>().await.unwrap(), [json!({"v": 2})]);
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

    let row = |active: &str| PluginRow {
        organisation: "shop".to_owned(),
        plugin: "returns".to_owned(),
        document: json!({"active": active}),
    };
    store.put_plugin(row("x")).await.unwrap();
    store.put_plugin(row("y")).await.unwrap();
    assert_eq!(store.plugins::<Value>().await.unwrap(), [row("y")]);
}
