use rstest::rstest;
use serde_json::json;

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
