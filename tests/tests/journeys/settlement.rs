use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_dispute_is_filed_answered_reviewed_settled_performed_and_confirmed(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let number = world.file(filing()).await;
    let case = world
        .consumer
        .wait(&number, "an offer", offered)
        .await
        .unwrap();
    assert_eq!(
        case["offers"][0]["terms"]["remedies"][0]["amount_fen"],
        12_900
    );
    assert_eq!(
        case["entitlements"]["unconditional"][0]["id"],
        "seven-day-return"
    );
    let reviewed = |case: &serde_json::Value| case["opinions"].as_array().unwrap().len() == 2;
    let case = world
        .consumer
        .wait(&number, "both opinions", reviewed)
        .await
        .unwrap();
    assert!(
        case["opinions"]
            .as_array()
            .unwrap()
            .iter()
            .all(|one| one["floor"] == "met")
    );

    world
        .consumer
        .act(&number, "offers/1/acceptance", json!({}))
        .await
        .unwrap();
    world
        .agent
        .act(
            &number,
            "performance",
            json!({"performed_on": "2026-05-18"}),
        )
        .await
        .unwrap();
    let solved = json!({"confirmation": "solved"});
    let receipt = world
        .consumer
        .act(&number, "confirmation", solved)
        .await
        .unwrap();
    assert_eq!(receipt["phase"], "closed");

    let decisions = world
        .agent
        .get(&format!("/cases/{number}/decisions"))
        .await
        .unwrap();
    let decisions = decisions.good().unwrap();
    assert!(decisions.as_array().unwrap().len() >= 4, "{decisions:#}");
    for run in decisions.as_array().unwrap() {
        let id = run["id"].as_str().unwrap();
        assert_eq!(run["outcome"], "answered");
        let again = format!("/cases/{number}/decisions/{id}/replay");
        let replay = world
            .operator()
            .post(&again, json!({}))
            .await
            .unwrap()
            .good()
            .unwrap();
        assert_eq!(replay, json!({"same": true, "differences": []}));
    }
    let reasons = &decisions[0]["reasons"];
    assert!(reasons[0]["rule"]["zh"].is_string(), "{reasons}");
}

#[tokio::test]
async fn the_same_key_gives_the_same_answer_and_another_body_is_refused() {
    let world = World::new(Kind::Sqlite).await;
    let once = world
        .consumer
        .post_once("/cases", filing(), "k-1")
        .await
        .unwrap();
    let again = world
        .consumer
        .post_once("/cases", filing(), "k-1")
        .await
        .unwrap();
    assert_eq!((once.status.as_u16(), again.status.as_u16()), (201, 201));
    assert_eq!(once.body, again.body);
    assert!(again.replayed && !once.replayed);
    let mut other = filing();
    other["statement"] = json!("另一件事");
    let refused = world
        .consumer
        .post_once("/cases", other, "k-1")
        .await
        .unwrap();
    assert_eq!(refused.status.as_u16(), 422);
    assert_eq!(refused.body["type"], "/problems/idempotency-mismatch");
    let list = world.consumer.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(list["cases"].as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_mediators_proposal_is_binding_when_both_accept() {
    let world = World::new(Kind::Sqlite).await;
    let mut filing = filing();
    filing["category"] = json!("beauty-bathing");
    filing["order"] = json!(null);
    filing["facts"] = json!({"prepaid": {"paid_fen": 100_000, "bonus_fen": 20_000,
        "consumed_list_fen": 60_000, "consumed_discount_fen": 60_000, "cause": "operator"}});
    filing.as_object_mut().unwrap().remove("order");
    let number = world.file(filing).await;
    world
        .consumer
        .act(&number, "mediation", json!({}))
        .await
        .unwrap();
    let case = world
        .consumer
        .wait(&number, "a proposal", offered)
        .await
        .unwrap();
    assert_eq!(
        case["offers"][0]["terms"]["remedies"][0]["amount_fen"],
        50_000
    );
    world
        .consumer
        .act(&number, "offers/1/acceptance", json!({}))
        .await
        .unwrap();
    assert_eq!(
        world.consumer.case(&number).await.unwrap()["phase"],
        "negotiating"
    );
    world
        .agent
        .act(&number, "offers/1/acceptance", json!({}))
        .await
        .unwrap();
    assert_eq!(
        world.consumer.case(&number).await.unwrap()["phase"],
        "settled"
    );
}

#[tokio::test]
async fn a_closed_dispute_is_reopened_in_its_window_and_goes_to_the_authority() {
    let world = World::new(Kind::Sqlite).await;
    let consumer = &world.consumer;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let number = world.file(filing()).await;
        consumer.wait(&number, "an offer", offered).await.unwrap();
        let act = async |who: &Client, what: &str, body: Value| {
            who.act(&number, what, body).await.unwrap()
        };
        act(consumer, "offers/1/acceptance", json!({})).await;
        let performed = json!({"performed_on": "2026-05-18"});
        act(&world.agent, "performance", performed).await;
        act(consumer, "confirmation", json!({"confirmation": "solved"})).await;
        numbers.push(number);
    }
    let reopening = |at: usize| format!("/cases/{}/reopening", numbers[at]);
    let why = || json!({"reason": "退款被撤回"});
    let theirs = world.agent.post(&reopening(0), why()).await.unwrap();
    assert_eq!(theirs.status.as_u16(), 403);
    let mute = consumer.post(&reopening(0), json!({"reason": " "})).await;
    assert_eq!(mute.unwrap().pointers(), ["/reason"]);
    days_pass(&world, 29).await;
    let opened = consumer.post(&reopening(0), why()).await.unwrap();
    assert_eq!(opened.good().unwrap()["phase"], "open");
    let twice = consumer.post(&reopening(0), why()).await.unwrap();
    assert_eq!(twice.status.as_u16(), 409, "it is open");
    let case = consumer.case(&numbers[0]).await.unwrap();
    assert_eq!(
        (&case["closing"], &case["confirmation"]),
        (&Value::Null, &Value::Null)
    );

    let escalated = consumer.act(&numbers[0], "escalation", json!({})).await;
    assert_eq!(escalated.unwrap()["phase"], "registered");
    let officer = world.officer("420106").await;
    let accepted = officer.act(&numbers[0], "acceptance", json!({})).await;
    assert_eq!(accepted.unwrap()["phase"], "accepted");

    days_pass(&world, 2).await;
    let late = consumer.post(&reopening(1), why()).await.unwrap();
    assert_eq!(late.status.as_u16(), 409, "the window is over");
}

async fn days_pass(world: &World, days: u32) {
    let day = json!({"seconds": 86_400 * days});
    let moved = world.operator().post("/clock", day).await.unwrap();
    moved.good().unwrap();
}
