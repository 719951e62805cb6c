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
