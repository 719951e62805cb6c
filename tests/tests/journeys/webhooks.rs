//! Other systems are told of what happens.

use std::time::{Duration, Instant};

use hejie_postgres::Port;
use hejie_tests::{Client, Host, Place};
use rstest::rstest;
use serde_json::{Value, json};
use standardwebhooks::Webhook;

use crate::receiver::{Received, Receiver, hook_at};
use crate::world::{Kind, World, filing, offered};

async fn subscribe(operator: &Client, url: &str, topics: &[&str]) -> Value {
    let webhook = json!({"url": url, "topics": topics});
    let added = operator.post("/webhooks", webhook).await.unwrap();
    added.good().unwrap()
}

/// The event of a request that is signed with the secret of the webhook.
fn verified(received: &Received, webhook: &Value) -> Value {
    let secret = webhook["secret"].as_str().unwrap();
    let signed = Webhook::new(secret).unwrap();
    signed.verify(&received.body, &received.headers).unwrap();
    let event = received.event();
    assert_eq!(
        received.headers["webhook-id"],
        event["id"].as_str().unwrap()
    );
    event
}

async fn wait_for(operator: &Client, webhook: &Value, state: &str) -> Vec<Value> {
    let id = webhook["id"].as_str().unwrap();
    let path = format!("/webhooks/{id}/deliveries?state={state}");
    let give_up = Instant::now() + Duration::from_secs(60);
    loop {
        let found = operator.get(&path).await.unwrap().good().unwrap();
        let found = found.as_array().unwrap().clone();
        if !found.is_empty() {
            return found;
        }
        assert!(Instant::now() < give_up, "none is {state}");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_receiver_is_told_in_order_and_another_that_does_not_answer_holds_up_nobody(
    #[case] kind: Kind,
) {
    let world = World::new(kind).await;
    let (good, silent) = (Receiver::start().await, Receiver::start().await);
    silent.answers(0);
    let topics = ["case.filed", "complaint.registered", "complaint.accepted"];
    let webhook = subscribe(world.operator(), &good.url, &topics).await;
    subscribe(world.operator(), &silent.url, &topics).await;

    let number = world.file(filing()).await;
    let waited = world.consumer.wait(&number, "an offer", offered).await;
    waited.unwrap();
    let act = |who: Client, what: &'static str| {
        let number = number.clone();
        async move { who.act(&number, what, json!({})).await.unwrap() }
    };
    act(world.consumer.clone(), "escalation").await;
    let officer = world.officer("420106").await;
    act(officer, "acceptance").await;

    let received = good.wait_for(3).await;
    let events: Vec<Value> = received.iter().map(|it| verified(it, &webhook)).collect();
    let types: Vec<&str> = events
        .iter()
        .map(|it| it["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        types,
        [
            "cn.hejie.case.filed.v1",
            "cn.hejie.complaint.registered.v1",
            "cn.hejie.complaint.accepted.v1"
        ]
    );
    for (event, received) in events.iter().zip(&received) {
        assert_eq!(
            received.headers["content-type"],
            "application/cloudevents+json"
        );
        assert_eq!(
            (&event["specversion"], &event["source"]),
            (&json!("1.0"), &json!("/hejie/hubei"))
        );
        assert_eq!(
            (&event["subject"], &event["data"]["number"]),
            (&json!(number), &json!(number))
        );
        let text = event.to_string();
        for personal in ["王小明", "13800138000", "中北路"] {
            assert!(!text.contains(personal), "{text}");
        }
    }
    let messages = world
        .operator()
        .get("/outbox")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        messages[0]["id"], events[0]["id"],
        "the outbox can be read all the same"
    );
    let delivered = wait_for(world.operator(), &webhook, "delivered").await;
    assert_eq!(delivered.len(), 3);
    assert_eq!(
        silent.received().len(),
        1,
        "what is not answered holds back its own case"
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_no_receiver_took_survives_a_power_cut(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let port = Port::reserve().unwrap();
    let webhook = subscribe(world.operator(), &hook_at(port.address()), &["case.filed"]).await;
    let mut numbers = Vec::new();
    for _ in 0..5 {
        numbers.push(world.file(filing()).await);
    }
    world.host.take().unwrap().kill().unwrap();
    let open = Receiver::at(port.address()).await;
    world.start_again();
    open.wait_for(5).await;
    let mut told: Vec<String> = open
        .received()
        .iter()
        .map(|it| {
            verified(it, &webhook)["subject"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    told.sort();
    told.dedup();
    numbers.sort();
    assert_eq!(told, numbers);
}

/// A host that gives up after two tries, with no organisations.
fn impatient(folder: &tempfile::TempDir) -> Host {
    let place = Place {
        flags: vec!["--delivery-tries".to_owned(), "2".to_owned()],
        ..Place::in_folder(folder.path())
    };
    Host::start(&place).unwrap()
}

#[tokio::test]
async fn what_is_refused_again_and_again_is_parked_seen_and_sent_anew() {
    let folder = tempfile::tempdir().unwrap();
    let host = impatient(&folder);
    let consumer = json!({"kind": "consumer", "id": "c-1"});
    let consumer = host.operator.for_principal(consumer).await.unwrap();
    let receiver = Receiver::start().await;
    receiver.answers(500);
    let webhook = subscribe(&host.operator, &receiver.url, &["case.filed"]).await;
    let mut filing = filing();
    filing["respondent"]
        .as_object_mut()
        .unwrap()
        .remove("organisation");
    consumer
        .post("/cases", filing)
        .await
        .unwrap()
        .good()
        .unwrap();

    let parked = wait_for(&host.operator, &webhook, "parked").await;
    assert_eq!(
        (&parked[0]["tries"], &parked[0]["last_error"]),
        (&json!(2), &json!("HTTP 500"))
    );
    receiver.answers(204);
    let id = webhook["id"].as_str().unwrap();
    let message = parked[0]["message"].as_str().unwrap();
    let again = format!("/webhooks/{id}/deliveries/{message}/redelivery");
    let answer = host.operator.post(&again, json!({})).await.unwrap();
    assert_eq!(answer.status.as_u16(), 202);
    wait_for(&host.operator, &webhook, "delivered").await;
    let received = receiver.received();
    assert_eq!(received.len(), 3);
    let ids: Vec<Value> = received
        .iter()
        .map(|it| verified(it, &webhook)["id"].clone())
        .collect();
    assert!(ids.iter().all(|id| *id == ids[0]), "{ids:?}");

    let removed = host
        .operator
        .delete(&format!("/webhooks/{id}"))
        .await
        .unwrap();
    assert_eq!(removed.status.as_u16(), 204);
    let gone = host.operator.post(&again, json!({})).await.unwrap();
    assert_eq!(gone.status.as_u16(), 404);
}

#[tokio::test]
async fn a_webhook_that_cannot_be_is_refused_with_the_field_at_fault() {
    let folder = tempfile::tempdir().unwrap();
    let host = impatient(&folder);
    let good = json!({"url": "https://example.org/hook", "topics": ["case.filed"]});
    let with = |field: &str, value: Value| {
        let mut webhook = good.clone();
        webhook[field] = value;
        webhook
    };
    for (wrong, field) in [
        (with("url", json!("http://example.org/")), "/url"),
        (with("url", json!("https://10.0.0.1/")), "/url"),
        (with("url", json!("https://joe@example.org/")), "/url"),
        (
            with(
                "url",
                json!(format!("https://example.org/{}", "x".repeat(500))),
            ),
            "/url",
        ),
        (with("topics", json!([])), "/topics"),
        (with("topics", json!(["case.opened"])), "/topics/0"),
        (
            with("topics", json!(["case.filed", "case.filed"])),
            "/topics/1",
        ),
        (with("secret", json!("whsec_c2hvcnQ=")), "/secret"),
    ] {
        let answer = host
            .operator
            .post("/webhooks", wrong.clone())
            .await
            .unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field]),
            "{wrong}"
        );
    }
    let added = host
        .operator
        .post("/webhooks", good.clone())
        .await
        .unwrap()
        .good()
        .unwrap();
    assert!(added["secret"].as_str().unwrap().starts_with("whsec_"));
    let listed = host
        .operator
        .get("/webhooks")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        (&listed[0]["id"], &listed[0]["secret"]),
        (&added["id"], &Value::Null)
    );
    let consumer = json!({"kind": "consumer", "id": "c-1"});
    let consumer = host.operator.for_principal(consumer).await.unwrap();
    for answer in [
        consumer.post("/webhooks", good).await.unwrap(),
        consumer.get("/webhooks").await.unwrap(),
    ] {
        assert_eq!(answer.status.as_u16(), 403);
    }
}
