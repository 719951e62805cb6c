//! How files come in: who enters them, in which post, by which channel.

use hejie_tests::Client;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};

/// The status, and the title a reader sees.
async fn refused(who: &Client, path: &str, body: Value) -> (u16, String) {
    let answer = who.post(path, body).await.unwrap();
    let detail = answer.body["detail"].as_str().unwrap_or_default();
    (answer.status.as_u16(), detail.to_owned())
}

async fn days_pass(world: &World, days: u32) {
    let day = json!({"seconds": 86_400 * days});
    let moved = world.operator().post("/clock", day).await.unwrap();
    moved.good().unwrap();
}

/// A case that was handed to the authority of Wuchang.
async fn registered(world: &World) -> String {
    let number = world.file(filing()).await;
    let waited = world.consumer.wait(&number, "an offer", offered).await;
    waited.unwrap();
    let escalated = world.consumer.act(&number, "escalation", json!({})).await;
    escalated.unwrap();
    number
}

#[tokio::test]
async fn an_officer_is_transferred_and_what_she_did_stays_as_it_was() {
    let world = World::new(Kind::Sqlite).await;
    let number = registered(&world).await;
    let path = format!("/cases/{number}");
    let operator = world.operator();
    let officer = operator.officer("zhou", "周敏", "420106", "handler");
    let officer = officer.await.unwrap();
    let ask = json!({"items": ["身份证明"], "due": "2026-05-25"});
    officer.act(&number, "material-request", ask).await.unwrap();

    let end = json!({"until": "2026-05-18"});
    let ended = operator.post("/officers/zhou/posts/1/end", end.clone());
    ended.await.unwrap().good().unwrap();
    let twice = operator.post("/officers/zhou/posts/1/end", end).await;
    assert_eq!(twice.unwrap().status.as_u16(), 409);
    let next = json!({"unit": "420111", "role": "head", "from": "2026-05-20"});
    let begun = operator.post("/officers/zhou/posts", next.clone());
    begun.await.unwrap().good().unwrap();
    let twice = operator.post("/officers/zhou/posts", next).await;
    assert_eq!(twice.unwrap().status.as_u16(), 409);
    assert!(
        officer.get(&path).await.unwrap().status.is_success(),
        "the last day is hers"
    );

    days_pass(&world, 1).await;
    let between = officer.get(&path).await.unwrap();
    assert_eq!(
        (
            between.status.as_u16(),
            between.body["title"].as_str().unwrap()
        ),
        (403, "没有在任岗位")
    );
    days_pass(&world, 1).await;
    let elsewhere = officer.get(&path).await.unwrap();
    assert_eq!(elsewhere.status.as_u16(), 404, "another unit's file now");

    let renamed = operator.put("/officers/zhou", json!({"name": "周小敏"}));
    renamed.await.unwrap().good().unwrap();
    let shown = operator.get("/officers/zhou").await.unwrap();
    let posts = shown.good().unwrap()["posts"].clone();
    assert_eq!(
        posts,
        json!([
            {"seq": 1, "unit": "420106", "role": "handler", "from": "2020-01-01", "until": "2026-05-18"},
            {"seq": 2, "unit": "420111", "role": "head", "from": "2026-05-20"}
        ])
    );
    let timeline = operator.get(&format!("{path}/timeline")).await.unwrap();
    let timeline = timeline.good().unwrap();
    let asked = timeline.as_array().unwrap();
    let asked = asked.iter().find(|it| it["type"] == "material_requested");
    let by = json!({"kind": "officer", "id": "zhou", "unit": "420106", "name": "周敏", "role": "handler"});
    assert_eq!(asked.unwrap()["by"], by);
}

#[tokio::test]
async fn with_two_posts_she_names_the_unit_she_acts_in() {
    let world = World::new(Kind::Sqlite).await;
    let number = registered(&world).await;
    let path = format!("/cases/{number}");
    let operator = world.operator();
    let officer = operator.officer("zhou", "周敏", "420106", "intake");
    let officer = officer.await.unwrap();
    let second = json!({"unit": "420100", "role": "supervisor", "from": "2026-05-18"});
    let begun = operator.post("/officers/zhou/posts", second).await;
    begun.unwrap().good().unwrap();

    let unsaid = officer.get(&path).await.unwrap();
    assert_eq!(unsaid.status.as_u16(), 400);
    assert_eq!(unsaid.names(), ["Acting-Unit"]);
    let told = unsaid.body["errors"][0]["detail"].as_str().unwrap();
    assert!(told.contains("420106, 420100"), "{told}");
    let odd = officer.acting_in("武昌").get(&path).await.unwrap();
    assert_eq!(
        (odd.status.as_u16(), odd.names()),
        (400, vec!["Acting-Unit"])
    );
    let not_hers = officer.acting_in("420111").get(&path).await.unwrap();
    assert_eq!(not_hers.status.as_u16(), 403);

    let above = officer.acting_in("420100");
    let urge = json!({"urgency": "urgent", "matter": "请尽快办理"});
    above
        .act(&number, "supervision", urge.clone())
        .await
        .unwrap();
    let below = officer.acting_in("420106");
    let (status, _) = refused(&below, &format!("{path}/supervision"), urge).await;
    assert_eq!(status, 403);
    let (status, told) = refused(&below, &format!("{path}/acceptance"), json!({})).await;
    assert_eq!(status, 403);
    assert!(told.contains("受理登记岗"), "{told}");
}

#[tokio::test]
async fn officers_are_the_operators_to_enter() {
    let world = World::new(Kind::Sqlite).await;
    let operator = world.operator();
    let name = json!({"name": "周"});
    let officer = world.officer("420106").await;
    for who in [&world.consumer, &world.agent, &officer] {
        let put = who.put("/officers/x", name.clone()).await.unwrap();
        assert_eq!(put.status.as_u16(), 403);
        let shown = who.get("/officers/o-420106-head").await.unwrap();
        assert_eq!(shown.status.as_u16(), 403);
    }
    let put = operator.put("/officers/x", json!({"name": "周\u{202e}"}));
    assert_eq!(put.await.unwrap().pointers(), ["/name"]);
    operator
        .put("/officers/x", name)
        .await
        .unwrap()
        .good()
        .unwrap();
    for (post, field) in [
        (
            json!({"unit": "429999", "role": "head", "from": "2026-05-18"}),
            "/unit",
        ),
        (
            json!({"unit": "4201%", "role": "head", "from": "2026-05-18"}),
            "/unit",
        ),
        (
            json!({"unit": "420106", "role": "king", "from": "2026-05-18"}),
            "/role",
        ),
        (
            json!({"unit": "420106", "role": "head", "from": "2026-02-30"}),
            "/from",
        ),
        (
            json!({"unit": "420106", "role": "head", "from": "1990-01-01"}),
            "/from",
        ),
        (json!({"unit": "420106", "role": "head"}), "/from"),
    ] {
        let answer = operator
            .post("/officers/x/posts", post.clone())
            .await
            .unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field]),
            "{post}"
        );
    }
    let nobody = operator.get("/officers/nobody").await.unwrap();
    assert_eq!(nobody.status.as_u16(), 404);
    let token = json!({"kind": "officer", "id": "x"});
    let idle = operator.for_principal(token).await.unwrap();
    assert_eq!(idle.get("/cases").await.unwrap().status.as_u16(), 403);
}
