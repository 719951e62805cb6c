use hejie_domain::identifiers::digest::Digest;
use hejie_store::directory::WebhookRow;
use hejie_store::{
    Delivery, DeliveryClaim, DeliveryState, Ended, NewDelivery, NewMessage, Recalled, Store,
    StoreError,
};
use jiff::{SignedDuration, Timestamp};
use rstest::rstest;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::backend::{Fresh, Kind, commit, now, opening};

async fn subscribe(store: &Store, id: &str, topics: &[&str]) {
    let webhook = WebhookRow {
        id: id.to_owned(),
        topics: topics.iter().map(ToString::to_string).collect(),
        document: json!({"id": id}),
    };
    assert!(store.add_webhook(webhook, 9).await.unwrap());
}

fn message(topic: &'static str, payload: &str) -> NewMessage {
    NewMessage {
        topic,
        payload: payload.to_owned(),
        at: now(),
        discreet: None,
    }
}

/// A case whose opening tells `case.filed` with these payloads.
async fn filed(store: &Store, case: &str, payloads: &[&str]) {
    let mut commit = opening(case);
    commit.outbox = payloads
        .iter()
        .map(|it| message("case.filed", it))
        .collect();
    store.commit(commit).await.unwrap();
}

fn claim_at(receiver: &str, node: Uuid, now: Timestamp) -> DeliveryClaim {
    DeliveryClaim {
        receiver: receiver.to_owned(),
        node,
        now,
        until: now.checked_add(SignedDuration::from_secs(60)).unwrap(),
        limit: 9,
    }
}

async fn claim(store: &Store, receiver: &str) -> Vec<Delivery> {
    let wanted = claim_at(receiver, Uuid::nil(), Timestamp::now());
    store.claim_deliveries(wanted).await.unwrap()
}

fn payloads(claimed: &[Delivery]) -> Vec<&str> {
    claimed.iter().map(|it| it.payload.as_str()).collect()
}

async fn end(store: &Store, delivery: &Delivery, ended: Ended) {
    store
        .end_delivery(delivery.lease.clone(), ended)
        .await
        .unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn each_webhook_is_told_of_its_topics_case_by_case_in_order(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    subscribe(store, "w-1", &["case.filed", "case.closed"]).await;
    subscribe(store, "w-2", &["case.closed"]).await;
    filed(store, "a", &["a1", "a2"]).await;
    filed(store, "b", &["b1"]).await;
    assert_eq!(
        store.receivers_due(Timestamp::now()).await.unwrap(),
        ["w-1"]
    );
    assert!(claim(store, "w-2").await.is_empty());

    let first = claim(store, "w-1").await;
    assert_eq!(payloads(&first), ["a1", "b1"], "one of a case at a time");
    assert!(
        claim(store, "w-1").await.is_empty(),
        "what is leased is not free"
    );
    end(store, &first[1], Ended::Delivered).await;
    let soon = Timestamp::now()
        .checked_add(SignedDuration::from_secs(600))
        .unwrap();
    end(store, &first[0], Ended::Later(soon, "no answer".into())).await;
    assert!(claim(store, "w-1").await.is_empty(), "a2 stays behind a1");

    let later = store
        .claim_deliveries(claim_at("w-1", Uuid::nil(), soon))
        .await
        .unwrap();
    assert_eq!((payloads(&later), later[0].tries), (vec!["a1"], 1));
    assert_eq!(
        later[0].message, first[0].message,
        "the same id at every try"
    );
    end(store, &later[0], Ended::Delivered).await;
    assert_eq!(payloads(&claim(store, "w-1").await), ["a2"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_refused_is_seen_holds_up_nothing_and_is_tried_anew(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    subscribe(store, "w-1", &["case.filed"]).await;
    filed(store, "a", &["a1", "a2"]).await;
    let one = claim(store, "w-1").await.remove(0);
    end(store, &one, Ended::Refused("HTTP 422".into())).await;
    let refused = store.deliveries("w-1", Some(DeliveryState::Refused), 9);
    let refused = refused.await.unwrap();
    assert_eq!(refused[0].last_error.as_deref(), Some("HTTP 422"));
    let next = claim(store, "w-1").await;
    assert_eq!(payloads(&next), ["a2"]);
    end(store, &next[0], Ended::Delivered).await;
    assert!(store.redeliver("w-1", &one.message).await.unwrap());
    assert_eq!(payloads(&claim(store, "w-1").await), ["a1"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_parked_is_seen_and_tried_anew_and_goes_with_its_webhook(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    subscribe(store, "w-1", &["case.filed"]).await;
    filed(store, "a", &["a1", "a2"]).await;
    let one = claim(store, "w-1").await.remove(0);
    assert!(
        !store.redeliver("w-1", &one.message).await.unwrap(),
        "it waits"
    );
    end(store, &one, Ended::Parked("HTTP 500".into())).await;
    let parked = store
        .deliveries("w-1", Some(DeliveryState::Parked), 9)
        .await
        .unwrap();
    assert_eq!(parked.len(), 1);
    assert_eq!(parked[0].last_error.as_deref(), Some("HTTP 500"));
    assert_eq!((parked[0].tries, parked[0].at), (1, now()));
    assert_eq!(store.deliveries("w-1", None, 9).await.unwrap().len(), 2);
    assert!(claim(store, "w-1").await.is_empty(), "a2 stays behind it");
    let case_id = one.case_id.as_str();
    let stuck = store.undelivered("w-1", case_id).await.unwrap();
    let states: Vec<_> = stuck.iter().map(|it| it.state).collect();
    assert_eq!(states, [DeliveryState::Parked, DeliveryState::Waiting]);
    assert!(store.undelivered("w-2", case_id).await.unwrap().is_empty());
    assert!(store.undelivered("w-1", "b").await.unwrap().is_empty());

    assert!(!store.redeliver("w-2", &one.message).await.unwrap());
    assert!(store.redeliver("w-1", &one.message).await.unwrap());
    let again = claim(store, "w-1").await;
    assert_eq!((payloads(&again), again[0].tries), (vec!["a1"], 0));
    end(store, &again[0], Ended::Delivered).await;
    let (yesterday, tomorrow) = (
        Timestamp::now() - SignedDuration::from_hours(24),
        Timestamp::now() + SignedDuration::from_hours(24),
    );
    assert_eq!(store.forget_deliveries(yesterday).await.unwrap(), 0);
    assert_eq!(store.forget_deliveries(tomorrow).await.unwrap(), 1);

    assert!(store.remove_webhook("w-1").await.unwrap());
    assert!(!store.remove_webhook("w-1").await.unwrap());
    assert!(store.deliveries("w-1", None, 9).await.unwrap().is_empty());
    assert_eq!(store.webhooks::<Value>().await.unwrap().len(), 0);
    let mut commit = commit("b", 0, &Digest::ZERO, 1);
    commit.outbox = vec![message("case.filed", "b1")];
    store.commit(commit).await.unwrap();
    assert!(claim(store, "w-1").await.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_a_node_had_under_way_is_freed_when_it_starts_again_or_its_lease_ends(
    #[case] kind: Kind,
) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    subscribe(store, "w-1", &["case.filed"]).await;
    filed(store, "a", &["a1"]).await;
    let (node, start) = (Uuid::new_v4(), Timestamp::now());
    let held = store
        .claim_deliveries(claim_at("w-1", node, start))
        .await
        .unwrap();
    assert_eq!(held.len(), 1);
    assert_eq!(store.release_deliveries(Uuid::new_v4()).await.unwrap(), 0);
    assert_eq!(store.release_deliveries(node).await.unwrap(), 1);
    let again = claim(store, "w-1").await;
    assert_eq!(payloads(&again), ["a1"]);
    end(store, &held[0], Ended::Delivered).await;
    let listed = store.deliveries("w-1", None, 9).await.unwrap();
    assert_eq!(
        listed[0].state,
        DeliveryState::Waiting,
        "a void lease ends nothing"
    );
    let after = start.checked_add(SignedDuration::from_secs(120)).unwrap();
    let taken = store
        .claim_deliveries(claim_at("w-1", node, after))
        .await
        .unwrap();
    assert_eq!(payloads(&taken), ["a1"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_for_one_receiver_reaches_no_other_and_goes_with_its_commit(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let delivery = NewDelivery {
        receiver: "authority:shanghai".into(),
        topic: "exchange.dossier",
        payload: "{}".into(),
        at: now(),
    };
    let mut stale = commit("a", 7, &Digest::ZERO, 1);
    stale.deliveries = vec![delivery.clone()];
    assert!(store.commit(stale).await.is_err());
    assert!(claim(store, "authority:shanghai").await.is_empty());
    let mut opening = opening("a");
    opening.deliveries = vec![delivery];
    store.commit(opening).await.unwrap();
    assert!(claim(store, "authority:jiangsu").await.is_empty());
    let claimed = claim(store, "authority:shanghai").await;
    assert_eq!(
        (payloads(&claimed), claimed[0].topic.as_str()),
        (vec!["{}"], "exchange.dossier")
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_that_was_handed_over_is_taken_once_and_found_by_its_origin(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let from = |case: &str| {
        let mut commit = opening(case);
        commit.case.origin = Some("shanghai/1".into());
        commit
    };
    store.commit(from("a")).await.unwrap();
    let again = store.commit(from("b")).await;
    assert!(matches!(again, Err(StoreError::Exists)), "{again:?}");
    let found = store.case_by_origin("shanghai/1").await.unwrap();
    assert_eq!(found.unwrap().case_id, "a");
    assert_eq!(store.case_by_origin("shanghai/2").await.unwrap(), None);

    store
        .put_external_authority("shanghai", &json!({"name": 1}))
        .await
        .unwrap();
    store
        .put_external_authority("shanghai", &json!({"name": 2}))
        .await
        .unwrap();
    let kept: Option<Value> = store.external_authority("shanghai").await.unwrap();
    assert_eq!(kept, Some(json!({"name": 2})));
    assert_eq!(
        store.external_authorities::<Value>().await.unwrap().len(),
        1
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_taken_back_holds_up_nothing_that_is_sent_after_it(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let to = |topic, payload: &str| NewDelivery {
        receiver: "authority:x".to_owned(),
        topic,
        payload: payload.to_owned(),
        at: now(),
    };
    let mut first = opening("a");
    first.deliveries = vec![
        to("exchange.dossier", "first"),
        to("exchange.status", "told"),
    ];
    let first = store.commit(first).await.unwrap();
    let parked = claim(store, "authority:x").await.remove(0);
    end(store, &parked, Ended::Parked("HTTP 500".into())).await;
    let mut again = commit("a", first.version, &first.head, 1);
    again.recalled = vec![Recalled {
        receiver: "authority:x".to_owned(),
        topic: "exchange.dossier",
    }];
    again.deliveries = vec![to("exchange.dossier", "second")];
    store.commit(again).await.unwrap();
    let mut through = Vec::new();
    for _ in 0..2 {
        let next = claim(store, "authority:x").await.remove(0);
        through.push(next.payload.clone());
        end(store, &next, Ended::Delivered).await;
    }
    assert_eq!(through, ["told", "second"]);
}

/// Neither its id nor when it comes tells when it happened.
#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_told_discreetly_is_told_later_under_an_id_without_a_time(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    subscribe(store, "w-1", &["report.received"]).await;
    let tomorrow = Timestamp::now()
        .checked_add(SignedDuration::from_hours(24))
        .unwrap();
    let mut commit = opening("r");
    commit.outbox = vec![NewMessage {
        discreet: Some(tomorrow),
        ..message("report.received", "r1")
    }];
    store.commit(commit).await.unwrap();
    assert!(claim(store, "w-1").await.is_empty());
    let wanted = claim_at("w-1", Uuid::nil(), tomorrow);
    let told = store.claim_deliveries(wanted).await.unwrap();
    assert_eq!(payloads(&told), ["r1"]);
    let id: Uuid = told[0].message.parse().unwrap();
    assert_eq!(id.get_version_num(), 4);
}
