use serde_json::json;

use crate::world::{Kind, World, filing};
use hejie_tests::Client;

#[tokio::test]
async fn each_sees_the_own_and_nothing_shows_of_the_rest() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let path = format!("/cases/{number}");
    let operator = world.operator();
    let strangers = [
        json!({"kind": "consumer", "id": "c-2"}),
        json!({"kind": "agent", "id": "a", "organisation": "rival", "name": "李"}),
        json!({"kind": "mediator", "id": "m", "organisation": "council", "name": "马"}),
        json!({"kind": "officer", "id": "o", "unit": "420106", "name": "周"}),
    ];
    for stranger in strangers {
        let client = operator.for_principal(stranger.clone()).await.unwrap();
        assert_eq!(
            client.get(&path).await.unwrap().status.as_u16(),
            404,
            "{stranger}"
        );
        let listed = client.get("/cases").await.unwrap().good().unwrap();
        assert_eq!(listed["cases"], json!([]), "{stranger}");
        let acted = client
            .post(&format!("{path}/messages"), json!({"body": "x"}))
            .await
            .unwrap();
        assert_eq!(acted.status.as_u16(), 404, "{stranger}");
    }
    world
        .consumer
        .act(&number, "escalation", json!({}))
        .await
        .unwrap();
    for (unit, sees) in [
        ("420106", true),
        ("420100", true),
        ("420000", true),
        ("420111", false),
    ] {
        let officer = world.officer(unit).await;
        assert_eq!(
            officer.get(&path).await.unwrap().status.is_success(),
            sees,
            "{unit}"
        );
    }
}

#[tokio::test]
async fn the_other_side_gets_no_phone_number_and_no_notes() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    world
        .agent
        .act(&number, "notes", json!({"body": "老客户"}))
        .await
        .unwrap();
    let seen = world.agent.case(&number).await.unwrap();
    assert_eq!(seen["filing"]["consumer"]["phone"], "138****8000");
    let own = world.consumer.case(&number).await.unwrap();
    assert_eq!(own["filing"]["consumer"]["phone"], "13800138000");
    let path = format!("/cases/{number}/timeline");
    let hers = world
        .consumer
        .get(&path)
        .await
        .unwrap()
        .good()
        .unwrap()
        .to_string();
    let theirs = world
        .agent
        .get(&path)
        .await
        .unwrap()
        .good()
        .unwrap()
        .to_string();
    assert!(!hers.contains("老客户") && theirs.contains("老客户"));
    assert!(!theirs.contains("13800138000"));
    let log = std::fs::read_to_string(world.place.data.join("hejie.log")).unwrap();
    assert!(!log.contains("13800138000") && !log.contains("王小明"));
}

#[tokio::test]
async fn without_a_valid_token_nothing_is_done() {
    let world = World::new(Kind::Sqlite).await;
    for token in ["", "hj_00", "nonsense"] {
        let nobody = Client::new(&world.host().url, token);
        let answer = nobody.get("/cases").await.unwrap();
        assert_eq!(answer.status.as_u16(), 401);
        assert_eq!(answer.body["title"], "需要登录");
    }
    let made = json!({"principal": {"kind": "operator", "id": "me"}});
    assert_eq!(
        world
            .consumer
            .post("/tokens", made)
            .await
            .unwrap()
            .status
            .as_u16(),
        403
    );
}
