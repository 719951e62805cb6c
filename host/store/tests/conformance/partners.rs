use hejie_domain::identifiers::digest::Digest;
use hejie_store::{Numbers, PartnerFiling, StoreError};
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, now, opening};

fn filing(request: &[u8], number: &str) -> PartnerFiling {
    PartnerFiling {
        partner: "hotline".to_owned(),
        reference: "12345-1".to_owned(),
        request: Digest::of(request),
        numbers: Numbers {
            number: number.to_owned(),
            report: Some(format!("R-{number}")),
        },
        at: now(),
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_reference_is_filed_under_once(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let commit = |case: &str, request: &[u8]| {
        let mut commit = opening(case);
        commit.partner = Some(filing(request, &format!("N-{case}")));
        store.commit(commit)
    };
    commit("a", b"one").await.unwrap();
    let again = commit("b", b"one").await;
    assert!(matches!(again, Err(StoreError::Repeated { answer, .. }) if answer == "N-a"));
    let other = commit("b", b"two").await;
    assert!(matches!(other, Err(StoreError::IdempotencyMismatch)));
    assert!(store.case("b").await.unwrap().is_none());
    let known = |request: &[u8]| {
        let request = Digest::of(request);
        async move { store.partner_filing("hotline", "12345-1", &request).await }
    };
    let numbers = known(b"one").await.unwrap();
    assert_eq!(numbers, Some(filing(b"one", "N-a").numbers));
    let named = store.partner_numbers("hotline", "12345-1").await.unwrap();
    assert_eq!(named, numbers);
    let mismatch = known(b"two").await;
    assert!(matches!(mismatch, Err(StoreError::IdempotencyMismatch)));
    let request = Digest::of(b"one");
    let another = store.partner_filing("rival", "12345-1", &request).await;
    assert_eq!(another.unwrap(), None);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_partner_is_no_officer_of_the_same_id(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store
        .put_partner("x", &json!({"name": "热线"}), 0)
        .await
        .unwrap();
    assert_eq!(store.officer::<Value>("x").await.unwrap(), None);
    assert!(store.partner::<Value>("x").await.unwrap().is_some());
}
