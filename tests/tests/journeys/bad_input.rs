use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

fn changed(pointer: &str, value: Value) -> Value {
    let mut filing = filing();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match filing.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        object => object[name] = value,
    }
    filing
}

#[tokio::test]
async fn every_wrong_field_is_named_and_nothing_is_kept() {
    let world = World::new(Kind::Sqlite).await;
    let cases = [
        ("/consumer/name", json!(7)),
        ("/consumer/name", json!("")),
        ("/consumer/name", json!("王".repeat(51))),
        ("/consumer/name", json!("王\u{1b}[0m")),
        ("/consumer/phone", json!("12345")),
        ("/consumer/nickname", json!("x")),
        ("/respondent/organisation", json!("\u{0}")),
        ("/respondent/operator/domicile", json!(420106)),
        (
            "/respondent/operator",
            json!({"kind": "in_platform_seller", "platform": "\u{200b}", "platform_domicile": "420106"}),
        ),
        ("/respondent/organisation", json!("nobody")),
        ("/respondent/credit_code", json!("91350100M000100Y44")),
        ("/respondent/credit_code", json!("91110108551385083Q")),
        (
            "/respondent/operator",
            json!({"kind": "ordinary", "domicile": "42"}),
        ),
        ("/respondent/operator", json!({"kind": "spaceship"})),
        ("/category", json!("unknown")),
        ("/category", json!(null)),
        ("/claim/remedies", json!([])),
        ("/claim/remedies/0/amount_fen", json!(-1)),
        ("/claim/remedies/0/amount_fen", json!(0)),
        ("/claim/remedies/0/amount_fen", json!(10_000_000_000_001u64)),
        ("/claim/remedies/0/amount_fen", json!(1.5)),
        ("/claim/remedies/0/kind", json!("revenge")),
        ("/claim/remedies/1/amount_fen", json!(5)),
        ("/statement", json!("字".repeat(5_001))),
        ("/statement", json!("\u{0}")),
        ("/facts/received_on", json!("2026-02-30")),
        ("/facts/received_on", json!("2026-05-19")),
        ("/facts/received_on", json!("1066-10-14")),
        ("/facts/colour", json!("red")),
        ("/order/reference", json!("x".repeat(65))),
        (
            "/evidence",
            json!([{"sha256": "00", "media_type": "image/png", "size": 1, "name": "a"}]),
        ),
    ];
    for (pointer, value) in cases {
        let answer = world
            .consumer
            .post("/cases", changed(pointer, value.clone()))
            .await
            .unwrap();
        assert_eq!(
            answer.status.as_u16(),
            422,
            "{pointer} {value}: {}",
            answer.body
        );
        let named = answer.pointers();
        let near = named
            .iter()
            .any(|at| pointer.starts_with(at) || at.starts_with(pointer));
        assert!(near && !named.is_empty(), "{pointer} {value}: {named:?}");
        assert!(
            answer.body["errors"][0]["detail"]
                .as_str()
                .unwrap()
                .chars()
                .count()
                > 3
        );
    }
    let list = world.consumer.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(list["cases"], json!([]));
}

#[tokio::test]
async fn what_is_no_json_or_too_large_or_nowhere_is_told_apart() {
    let world = World::new(Kind::Sqlite).await;
    let send = |body: Vec<u8>| world.consumer.post_bytes("/cases", body);
    assert_eq!(
        send(b"{\"consumer\":".to_vec())
            .await
            .unwrap()
            .status
            .as_u16(),
        400
    );
    assert_eq!(
        send(vec![b' '; 300 << 10]).await.unwrap().status.as_u16(),
        413
    );
    for path in [
        "/nowhere",
        "/cases/HJ-260518-00000000-0",
        "/cases/%00",
        "/cases/x/offers/1",
    ] {
        assert_eq!(
            world.consumer.get(path).await.unwrap().status.as_u16(),
            404,
            "{path}"
        );
    }
    assert_eq!(
        world
            .consumer
            .put("/cases", json!({}))
            .await
            .unwrap()
            .status
            .as_u16(),
        405
    );
}

#[tokio::test]
async fn offers_answers_and_settings_are_checked_as_well() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let offer = |terms: Value| json!({ "terms": terms });
    let money = |fen: u64| json!([{"kind": "refund", "amount_fen": fen}]);
    for (terms, pointer) in [
        (json!({"remedies": []}), "/terms/remedies"),
        (
            json!({"remedies": money(5), "perform_by": "2020-01-01"}),
            "/terms/perform_by",
        ),
        (
            json!({"remedies": money(5), "conditions": ["\u{7}"]}),
            "/terms/conditions/0",
        ),
        (json!({"remedies": money(5), "bribe": 1}), "/terms/bribe"),
    ] {
        let path = format!("/cases/{number}/offers");
        let answer = world.consumer.post(&path, offer(terms)).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![pointer])
        );
    }
    let base = "/organisations/shop/plugins/hejie.retail-returns/settings";
    let set = json!({"settings": {"order_system": "ftp://x", "return_window_days": 7,
                                  "amount_ceiling_fen": 1}});
    let answer = world.agent.put(base, set).await.unwrap();
    assert_eq!(answer.pointers(), ["/settings/order_system"]);
    let junk = world
        .agent
        .post_bytes("/organisations/shop/plugins", b"junk".to_vec())
        .await
        .unwrap();
    assert_eq!(junk.status.as_u16(), 422);
    assert_eq!(junk.body["type"], "/problems/bad-package");
}

/// Every route with a body: who sends it, and a body that is whole.
fn routes(number: &str) -> Vec<(&'static str, Method, String, Value)> {
    let text = "x".to_owned();
    let case = |command: &str| format!("/cases/{number}/{command}");
    let offer = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 5}],
                                 "conditions": [text]}, "note": text});
    let evidence = json!({"reference": {"sha256": "0".repeat(64), "media_type": "image/png",
                                        "size": 1, "name": text}});
    let question = json!({"key": "k", "prompt": {"zh": text, "en": text},
                          "form": {"type": "object", "title": text}});
    vec![
        ("consumer", Method::POST, "/cases".to_owned(), filing()),
        (
            "consumer",
            Method::POST,
            case("messages"),
            json!({"body": text}),
        ),
        ("agent", Method::POST, case("questions"), question),
        (
            "consumer",
            Method::POST,
            case("questions/1/answer"),
            json!({"value": {"a": text}}),
        ),
        ("consumer", Method::POST, case("evidence"), evidence),
        (
            "consumer",
            Method::PUT,
            case("claim"),
            json!({"remedies": [{"kind": "apology"}], "reason": text}),
        ),
        ("consumer", Method::POST, case("offers"), offer),
        ("agent", Method::POST, case("notes"), json!({"body": text})),
        (
            "consumer",
            Method::POST,
            case("escalation"),
            json!({"reason": text, "consumer_address": text, "respondent_address": text}),
        ),
        (
            "operator",
            Method::POST,
            "/organisations".to_owned(),
            json!({"id": "other", "name": text, "kind": "enterprise"}),
        ),
        (
            "operator",
            Method::POST,
            "/tokens".to_owned(),
            json!({"principal": {"kind": "agent", "id": "a", "organisation": "shop", "name": text}}),
        ),
        (
            "operator",
            Method::POST,
            "/outbox/acknowledgement".to_owned(),
            json!({"ids": [text]}),
        ),
    ]
}

/// The pointers of all texts of a body.
fn texts(value: &Value, at: String) -> Vec<String> {
    match value {
        Value::String(_) => vec![at],
        Value::Array(items) => items
            .iter()
            .enumerate()
            .flat_map(|(index, item)| texts(item, format!("{at}/{index}")))
            .collect(),
        Value::Object(members) => members
            .iter()
            .flat_map(|(name, member)| texts(member, format!("{at}/{name}")))
            .collect(),
        _ => Vec::new(),
    }
}

async fn send(
    world: &World,
    who: &str,
    method: &Method,
    path: &str,
    body: Value,
) -> hejie_tests::Answer {
    let client = match who {
        "consumer" => &world.consumer,
        "agent" => &world.agent,
        _ => world.operator(),
    };
    match *method {
        Method::PUT => client.put(path, body).await.unwrap(),
        _ => client.post(path, body).await.unwrap(),
    }
}

/// The free title of a question's form is a text; its type is a word of JSON Schema.
fn is_near(pointer: &str, named: &[&str]) -> bool {
    named
        .iter()
        .any(|at| pointer.starts_with(at) || at.starts_with(pointer))
}

#[tokio::test]
async fn every_text_of_every_route_is_checked() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let asked =
        json!({"key": "free", "prompt": {"zh": "问", "en": "?"}, "form": {"type": "object"}});
    world.agent.act(&number, "questions", asked).await.unwrap();
    for (who, method, path, body) in routes(&number) {
        for pointer in texts(&body, String::new()) {
            for wrong in [
                json!("x\u{7}"),
                json!("x\u{200b}"),
                json!("x\u{202e}y"),
                json!("x\u{2028}"),
                json!("\u{feff}"),
                json!("字".repeat(5_001)),
                json!(9_007_199_254_740_993_u64),
            ] {
                let mut changed = body.clone();
                *changed.pointer_mut(&pointer).unwrap() = wrong.clone();
                let answer = send(&world, who, &method, &path, changed).await;
                let named = answer.pointers();
                assert_eq!(
                    answer.status.as_u16(),
                    422,
                    "{path} {pointer} {wrong}: {}",
                    answer.body
                );
                assert!(
                    is_near(&pointer, &named),
                    "{path} {pointer} {wrong}: {named:?}"
                );
            }
        }
    }
}

#[tokio::test]
async fn every_body_is_an_object_of_known_members_each_there_once() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    for (who, method, path, body) in routes(&number) {
        let values: Vec<Value> = body.as_object().unwrap().values().cloned().collect();
        let array = send(&world, who, &method, &path, Value::Array(values)).await;
        assert_eq!(
            (array.status.as_u16(), array.pointers()),
            (422, vec![""]),
            "{path}"
        );
        let mut more = body.clone();
        more["un/known"] = json!(1);
        let more = send(&world, who, &method, &path, more).await;
        assert_eq!(
            (more.status.as_u16(), more.pointers()),
            (422, vec!["/un~1known"]),
            "{path}"
        );
        let twice = format!("{{\"un\":1,\"un\":1,{}", &body.to_string()[1..]);
        let client = if who == "agent" {
            &world.agent
        } else {
            &world.consumer
        };
        let client = if who == "operator" {
            world.operator()
        } else {
            client
        };
        let sent = client
            .odd(method, &path)
            .header("content-type", "application/json");
        let answer = sent.body(twice).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), 422, "{path}");
        assert!(answer.text().await.unwrap().contains("\"/un\""), "{path}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn addresses_queries_and_headers_are_checked(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let number = world.file(filing()).await;
    let beyond = format!("/cases/{number}/timeline?after=9223372036854775808");
    for (path, name) in [
        ("/cases?limit=0", "limit"),
        ("/cases?limit=201", "limit"),
        ("/cases?limit=x", "limit"),
        ("/cases?limit=1&limit=1", "limit"),
        ("/cases?phase=unheard", "phase"),
        ("/cases?phase=%25", "phase"),
        ("/cases?before=%00", "before"),
        ("/cases?before=~", "before"),
        ("/cases?colour=red", "colour"),
        (beyond.as_str(), "after"),
    ] {
        let answer = world.consumer.get(path).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.names()),
            (400, vec![name]),
            "{path}"
        );
    }
    for (path, status) in [
        ("/cases/%FF", 400),
        ("/cases/%zz", 400),
        ("/cases?limit=%FF", 400),
        ("/organisations/%00", 404),
        ("/organisations/%00/plugins", 404),
        ("/tokens/%00", 404),
    ] {
        let answer = world.operator().get(path).await.unwrap();
        assert_eq!(answer.status.as_u16(), status, "{path}");
        assert!(answer.body["title"].is_string(), "{path}: {}", answer.body);
    }
    let messages = format!("/cases/{number}/messages");
    let odd = || world.consumer.odd(Method::POST, &messages);
    let body = r#"{"body":"x"}"#;
    let json = "application/json";
    for (request, status) in [
        (odd().body(body), 415),
        (odd().header("content-type", "text/plain").body(body), 415),
        (
            odd()
                .header("content-type", json)
                .header("idempotency-key", "a")
                .header("idempotency-key", "a")
                .body(body),
            400,
        ),
        (
            odd()
                .header("content-type", json)
                .body(vec![b' '; 300 << 10]),
            413,
        ),
        (
            world
                .consumer
                .odd(Method::GET, &format!("/cases/{number}/live"))
                .header("last-event-id", "x"),
            400,
        ),
        (
            world
                .operator()
                .odd(Method::POST, "/tokens")
                .header("content-type", json)
                .header("idempotency-key", "a")
                .body("{}"),
            400,
        ),
        (
            world
                .operator()
                .odd(Method::POST, "/clock")
                .header("content-type", json)
                .body(r#"{"seconds":315576001}"#),
            422,
        ),
    ] {
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status);
        assert_eq!(answer.headers()["content-type"], "application/problem+json");
    }
}

#[tokio::test]
async fn the_same_command_in_other_spacing_is_the_same() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let path = format!("/cases/{number}/messages");
    let send = |body: &'static str| {
        let request = world.consumer.odd(Method::POST, &path);
        let request = request.header("content-type", "application/json");
        request.header("idempotency-key", "k").body(body).send()
    };
    assert_eq!(
        send(r#"{"body":"在"}"#).await.unwrap().status().as_u16(),
        200
    );
    let again = send(r#"{ "body" : "\u5728" }"#).await.unwrap();
    assert!(again.headers().contains_key("idempotent-replayed"));
    assert_eq!(
        send(r#"{"body":"不在"}"#).await.unwrap().status().as_u16(),
        422
    );
}

#[tokio::test]
async fn many_commands_at_once_all_come_through() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    let path = format!("/cases/{number}/messages");
    let all = (0..40).map(|n| {
        world
            .consumer
            .post(&path, json!({"body": format!("第{n}条")}))
    });
    for answer in futures_util::future::join_all(all).await {
        let answer = answer.unwrap();
        assert_eq!(answer.status.as_u16(), 200, "{}", answer.body);
    }
}
