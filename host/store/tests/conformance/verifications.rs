use hejie_store::Verification;
use rstest::rstest;

use crate::backend::{Fresh, Kind, now};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_account_has_its_latest_verification(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let verification = |token: &str| Verification {
        token: token.to_owned(),
        name: (token == "two").then(|| "name".to_owned()),
        method: "checksum".to_owned(),
        at: now(),
    };
    assert_eq!(store.verification("c-1").await.unwrap(), None);
    for token in ["one", "two"] {
        let kept = verification(token);
        store.put_verification("c-1", &kept).await.unwrap();
        assert_eq!(store.verification("c-1").await.unwrap(), Some(kept));
    }
    assert_eq!(store.verification("c-2").await.unwrap(), None);
}
