use hejie_domain::identifiers::digest::Digest;
use hejie_store::{IdempotencyAnswer, StoreError};
use rstest::rstest;

use crate::backend::{Fresh, Kind, now, opening};

fn answer(request: &str) -> IdempotencyAnswer {
    IdempotencyAnswer {
        principal: "consumer:c-1".to_owned(),
        key: "k-1".to_owned(),
        request: Digest::of(request.as_bytes()),
        status: 201,
        answer: r#"{"number":"N-a"}"#.to_owned(),
        at: now(),
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn the_same_request_gets_the_same_answer_and_another_is_refused(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let with = |case: &str, request: &str| {
        let mut commit = opening(case);
        commit.idempotency = Some(answer(request));
        commit
    };
    fresh.store.commit(with("a", "file")).await.unwrap();
    match fresh.store.commit(with("b", "file")).await {
        Err(StoreError::Repeated { status, answer }) => {
            assert_eq!((status, answer.as_str()), (201, r#"{"number":"N-a"}"#));
        }
        other => panic!("{other:?}"),
    }
    let other = fresh.store.commit(with("b", "file something else")).await;
    assert!(matches!(other, Err(StoreError::IdempotencyMismatch)));
    assert!(fresh.store.case("b").await.unwrap().is_none());

    let ask = |request: &'static [u8]| async {
        fresh
            .store
            .check_idempotency("consumer:c-1", "k-1", &Digest::of(request))
            .await
    };
    assert!(matches!(
        ask(b"file").await,
        Err(StoreError::Repeated { .. })
    ));
    assert!(matches!(
        ask(b"other").await,
        Err(StoreError::IdempotencyMismatch)
    ));
    let stranger = fresh
        .store
        .check_idempotency("consumer:c-2", "k-1", &Digest::of(b"file"))
        .await;
    assert!(stranger.is_ok());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn answers_are_forgotten_with_age_and_no_sooner(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut commit = opening("a");
    commit.idempotency = Some(answer("file"));
    fresh.store.commit(commit).await.unwrap();
    assert_eq!(fresh.store.forget_answers(now()).await.unwrap(), 0);
    let later = now() + std::time::Duration::from_secs(1);
    assert_eq!(fresh.store.forget_answers(later).await.unwrap(), 1);
    let asked = fresh
        .store
        .check_idempotency("consumer:c-1", "k-1", &Digest::of(b"other"))
        .await;
    assert!(asked.is_ok());
}
