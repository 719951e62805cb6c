use reqwest::Method;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};
use hejie_tests::Client;

/// What the authority needs and the filing does not have.
fn addresses() -> Value {
    json!({"consumer_address": "武汉市武昌区", "respondent_address": "武汉市武昌区"})
}

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
        json!({"kind": "officer", "id": "o-420106-head"}),
    ];
    world.officer("420106").await;
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
        .act(&number, "escalation", addresses())
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

#[tokio::test]
async fn what_a_plugin_remembers_and_looks_up_is_its_organisations_own() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let consumer = &world.consumer;
    consumer.wait(&number, "an offer", offered).await.unwrap();
    consumer
        .act(&number, "escalation", addresses())
        .await
        .unwrap();
    let officer = world.officer("420106").await;
    let timeline = format!("/cases/{number}/timeline");
    for (reader, sees) in [
        (consumer, false),
        (&officer, false),
        (&world.agent, true),
        (world.operator(), true),
    ] {
        let told = reader.get(&timeline).await.unwrap().good().unwrap();
        let told = told.to_string();
        assert_eq!(told.contains("look_up_requested"), sees);
        assert_eq!(told.contains("look_up_answered"), sees);
        assert_eq!(told.contains("orders/HB-1"), sees);
        assert!(!told.contains("\"memory\""));
    }
    for reader in [consumer, &officer] {
        let path = format!("/cases/{number}/dossier");
        let dossier = reader.get(&path).await.unwrap().good().unwrap();
        assert!(!dossier["decisions"].as_array().unwrap().is_empty());
        assert!(!dossier.to_string().contains("\"memory\""));
    }
}

#[tokio::test]
async fn a_note_is_read_by_its_authors_own_people() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let note = |body: &str| json!({ "body": body });
    world
        .operator()
        .act(&number, "notes", note("平台备注"))
        .await
        .unwrap();
    world
        .agent
        .act(&number, "notes", note("商家备注"))
        .await
        .unwrap();
    let path = format!("/cases/{number}/timeline");
    for (reader, sees) in [
        (world.operator(), (true, false)),
        (&world.agent, (false, true)),
        (&world.consumer, (false, false)),
    ] {
        let told = reader.get(&path).await.unwrap().good().unwrap().to_string();
        assert_eq!((told.contains("平台备注"), told.contains("商家备注")), sees);
    }
}

#[tokio::test]
async fn a_stream_ends_with_its_token() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let made = json!({"principal": {"kind": "consumer", "id": "c-1"}});
    let made = world.operator().post("/tokens", made).await.unwrap();
    let made = made.good().unwrap();
    let second = Client::new(&world.host().url, made["token"].as_str().unwrap());
    let mut stream = second.live(&number, 0).await.unwrap();
    assert!(stream.chunk().await.unwrap().is_some());
    let token = format!("/tokens/{}", made["id"].as_str().unwrap());
    let revoked = world.operator().delete(&token).await.unwrap();
    assert_eq!(revoked.status.as_u16(), 204);
    let ended = async { while stream.chunk().await.unwrap().is_some() {} };
    tokio::time::timeout(std::time::Duration::from_secs(20), ended)
        .await
        .unwrap();
}

#[tokio::test]
async fn a_token_is_made_for_whom_there_is() {
    let world = World::new(Kind::Sqlite).await;
    for (principal, field) in [
        (
            json!({"kind": "agent", "id": "a", "organisation": "council", "name": "李"}),
            "organisation",
        ),
        (
            json!({"kind": "agent", "id": "a", "organisation": "nobody", "name": "李"}),
            "organisation",
        ),
        (
            json!({"kind": "mediator", "id": "m", "organisation": "shop", "name": "马"}),
            "organisation",
        ),
        (
            json!({"kind": "mediator", "id": "m", "organisation": "\u{0}", "name": "马"}),
            "organisation",
        ),
        (json!({"kind": "officer", "id": "nobody"}), "id"),
        (json!({"kind": "officer", "id": "\u{0}"}), "id"),
        (
            json!({"kind": "officer", "id": "o", "unit": "420106"}),
            "unit",
        ),
        (json!({"kind": "consumer", "id": "王"}), "id"),
        (json!({"kind": "consumer", "id": ""}), "id"),
        (json!({"kind": "consumer"}), "id"),
        (json!({"kind": "emperor", "id": "e"}), "kind"),
    ] {
        let made = json!({ "principal": principal });
        let answer = world.operator().post("/tokens", made).await.unwrap();
        let named = format!("/principal/{field}");
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![named.as_str()]),
            "{principal}"
        );
    }
}

#[tokio::test]
async fn the_challenge_says_how_to_sign_in_and_the_scheme_has_no_case() {
    let world = World::new(Kind::Sqlite).await;
    let nobody = Client::new(&world.host().url, "hj_00");
    let refused = nobody.odd(Method::GET, "/cases").send().await.unwrap();
    let challenge = refused.headers()["www-authenticate"].to_str().unwrap();
    assert!(challenge.starts_with("Bearer"), "{challenge}");
    let nobody = reqwest::Client::new().get(format!("{}/api/v1/cases", world.host().url));
    let scheme = format!("bEARER {}", world.consumer.token);
    let taken = nobody.header("authorization", scheme).send().await.unwrap();
    assert_eq!(taken.status().as_u16(), 200);
}
