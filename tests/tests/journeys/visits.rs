//! Follow-up visits: whom a unit asks is drawn by rule and a seed that nobody picks, can be
//! drawn again by anybody, and the calls are read with what came of them.

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use ed25519_dalek::{Signature, VerifyingKey};
use hejie_domain::identifiers::digest::Digest;
use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::world::{Kind, World, filing};

async fn days_pass(world: &World, days: u32) {
    let days = json!({"seconds": 86_400 * days});
    let moved = world.operator().post("/clock", days).await.unwrap();
    moved.good().unwrap();
}

/// Complaints that were refused today.
async fn refused(officer: &Client, count: usize) -> Vec<String> {
    let call = json!({"filing": filing(), "channel": "hotline", "caller": "027-87654321"});
    let mut numbers = Vec::new();
    for _ in 0..count {
        let filed = officer.post("/complaints", call.clone()).await.unwrap();
        let number = filed.good().unwrap()["number"].as_str().unwrap().to_owned();
        let ground = json!({"ground": "no-power", "reason": "无处理权限"});
        officer.act(&number, "refusal", ground).await.unwrap();
        let told = json!({"means": "phone"});
        officer.act(&number, "decision-notice", told).await.unwrap();
        numbers.push(number);
    }
    numbers.sort();
    numbers
}

fn today() -> Value {
    json!({"from": "2026-05-18", "to": "2026-05-18"})
}

async fn drawn(officer: &Client, wanted: Value) -> Value {
    let drawn = officer.post("/visits/draws", wanted).await.unwrap();
    assert_eq!(drawn.status.as_u16(), 201, "{}", drawn.body);
    drawn.body
}

async fn read(who: &Client, path: &str) -> Value {
    who.get(path).await.unwrap().good().unwrap()
}

/// Every file of a draw, as its pages tell them.
async fn files_of(who: &Client, draw: &str) -> Vec<Value> {
    let (mut files, mut after) = (Vec::new(), 0);
    loop {
        let page = read(
            who,
            &format!("/visits/draws/{draw}/files?after={after}&limit=7"),
        )
        .await;
        let page = page.as_array().unwrap();
        let Some(last) = page.last() else {
            return files;
        };
        after = last["place"].as_u64().unwrap();
        files.extend(page.iter().cloned());
    }
}

/// Draws again as the description of the interface says it, with nothing of the server's.
fn drawn_again(draw: &Value, files: &[Value]) -> Vec<String> {
    let seed = draw["seed"].as_str().unwrap();
    let mut numbers: Vec<&str> = files
        .iter()
        .map(|it| it["number"].as_str().unwrap())
        .collect();
    numbers.sort_by_key(|number| Digest::of(format!("{seed} {number}").as_bytes()));
    let wanted = (numbers.len() * 20).div_ceil(100).max(5).min(numbers.len());
    numbers[..wanted].iter().map(ToString::to_string).collect()
}

/// The seed is of a signature of the very statement, by the key that the server shows.
async fn is_nobodys_pick(world: &World, draw: &Value) {
    let known = read(world.operator(), "/.well-known/hejie").await;
    assert_eq!(known["public_key"], draw["key"]);
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let bytes = |value: &Value| BASE64URL.decode(text(value)).unwrap();
    let key: [u8; 32] = bytes(&draw["key"]).try_into().unwrap();
    let signed = &draw["signed"];
    let signature = Signature::from_slice(&bytes(&signed["signature"])).unwrap();
    let message = format!(
        "{}.{}",
        text(&signed["protected"]),
        text(&signed["payload"])
    );
    let key = VerifyingKey::from_bytes(&key).unwrap();
    key.verify_strict(message.as_bytes(), &signature).unwrap();
    let statement: Value = serde_json::from_slice(&bytes(&signed["payload"])).unwrap();
    assert_eq!(statement, draw["statement"]);
    let seed = Digest::of(text(&signed["signature"]).as_bytes());
    assert_eq!(draw["seed"], json!(seed));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_draw_is_made_once_by_rule_and_comes_out_the_same_for_everybody(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let officer = world.officer("420106").await;
    let numbers = refused(&officer, 40).await;
    let early = officer.post("/visits/draws", today()).await.unwrap();
    assert_eq!(
        (early.status.as_u16(), early.pointers()),
        (422, vec!["/to"]),
        "it is not over"
    );
    days_pass(&world, 1).await;
    let intake = world.officer_as("420106", "intake").await;
    for nobody in [&intake, &world.consumer, &world.agent, world.operator()] {
        let answer = nobody.post("/visits/draws", today()).await.unwrap();
        assert_eq!(answer.status.as_u16(), 403);
    }
    let draw = drawn(&officer, today()).await;
    let id = draw["id"].as_str().unwrap().to_owned();
    let statement = &draw["statement"];
    assert_eq!(
        (&statement["files"], &statement["unit"]),
        (&json!(40), &json!("420106"))
    );
    assert_eq!(statement["procedure"], "cn-procedure-2026-04-15");
    let sample = &statement["samples"][0];
    assert_eq!(sample["rule"]["id"], "refused");
    assert_eq!(
        (&sample["files"], &sample["drawn"]),
        (&json!(40), &json!(8))
    );
    assert_eq!(draw["by"]["id"], "o-420106-head");
    let lines = numbers.iter().map(|number| format!("{number} refused\n"));
    let digest = Digest::of(lines.collect::<String>().as_bytes());
    assert_eq!(statement["population"], json!(digest));
    is_nobodys_pick(&world, &draw).await;

    let files = files_of(&officer, &id).await;
    let asked: Vec<String> = files
        .iter()
        .filter(|it| it["drawn"] == true)
        .map(|it| it["number"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(drawn_again(&draw, &files), asked);
    let mut all: Vec<&str> = files
        .iter()
        .map(|it| it["number"].as_str().unwrap())
        .collect();
    all.sort_unstable();
    assert_eq!(all, numbers);
    let path = format!("/visits/draws/{id}");
    let same = json!({"signed": true, "seeded": true, "population": true, "list": true});
    let city = world.officer("420100").await;
    assert_eq!(
        read(&city, &format!("{path}/repetition")).await,
        same,
        "by the city too"
    );
    assert_eq!(read(&officer, &path).await, draw);

    // Nobody draws until he likes what comes.
    for again in [today(), json!({"from": "2026-05-01", "to": "2026-05-18"})] {
        let again = officer.post("/visits/draws", again).await.unwrap();
        assert_eq!(again.status.as_u16(), 409);
    }
    let full = drawn(
        &officer,
        json!({"from": "2026-05-18", "to": "2026-05-18", "full": true}),
    )
    .await;
    assert_eq!(full["statement"]["samples"][0]["drawn"], 40);
    assert_eq!(drawn(&city, today()).await["statement"]["files"], 40);
    let elsewhere = world.officer("420111").await;
    assert_eq!(drawn(&elsewhere, today()).await["statement"]["files"], 0);
    assert_eq!(elsewhere.get(&path).await.unwrap().status.as_u16(), 404);
    let mut listed = read(&officer, "/visits/draws?limit=1").await;
    assert_eq!(listed[0]["id"], full["id"]);
    let before = full["id"].as_str().unwrap();
    listed = read(&officer, &format!("/visits/draws?before={before}")).await;
    assert_eq!(listed, json!([draw]));

    is_kept_and_every_change_is_found(&mut world, &id).await;
}

async fn is_kept_and_every_change_is_found(world: &mut World, id: &str) {
    let verify = |world: &World| {
        let output = hejie(&world.place, &["ledger", "verify"]);
        let told = String::from_utf8(output.stdout).unwrap();
        (output.status.success(), told)
    };
    assert!(verify(world).0);
    assert!(world.host.take().unwrap().stop().unwrap());
    assert!(hejie(&world.place, &["ledger", "rebuild"]).status.success());
    let (whole, told) = verify(world);
    assert!(whole, "{told}");
    sqlx::any::install_default_drivers();
    let file = format!("sqlite:{}", world.place.data.join("hejie.db").display());
    let url = world.place.store.clone().unwrap_or(file);
    let pool = sqlx::AnyPool::connect(&url).await.unwrap();
    let pick = "UPDATE visit_places SET drawn = 1 WHERE draw_id = $1 AND place = 20";
    sqlx::query(pick)
        .bind(id.to_owned())
        .execute(&pool)
        .await
        .unwrap();
    pool.close().await;
    let (whole, told) = verify(world);
    assert!(
        !whole && told.contains(&format!("draw {id}: its files are not")),
        "{told}"
    );
    assert!(told.contains("it does not come out the same"), "{told}");
}

#[tokio::test]
async fn calls_are_read_page_by_page_with_what_came_of_them() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    refused(&officer, 12).await;
    days_pass(&world, 1).await;
    let full = json!({"from": "2026-05-18", "to": "2026-05-18", "full": true});
    let draw = drawn(&officer, full).await;
    let path = format!("/visits/draws/{}/calls", draw["id"].as_str().unwrap());
    let first = read(&officer, &format!("{path}?limit=10")).await;
    assert_eq!(first["calls_in_all"], 12);
    let calls = first["calls"].as_array().unwrap();
    assert_eq!(calls.len(), 10);
    let second = read(&officer, &format!("{path}?after=10")).await;
    assert_eq!(second["calls"].as_array().unwrap().len(), 2);
    assert_eq!(calls[0]["file"]["phone"], "13800138000");
    assert_eq!(calls[0]["file"]["visits"], json!([]));

    let number = |call: &Value| call["number"].as_str().unwrap().to_owned();
    let visit = |level: Value| json!({"means": "phone", "satisfaction": level, "note": "已致电"});
    let (one, two) = (number(&calls[0]), number(&calls[1]));
    officer
        .act(&one, "visits", visit(json!("very_unsatisfied")))
        .await
        .unwrap();
    officer
        .act(&two, "visits", visit(Value::Null))
        .await
        .unwrap();
    let calls = read(&officer, &format!("{path}?limit=2")).await["calls"].clone();
    let file = &calls[0]["file"];
    assert_eq!(
        (&file["answered"], &file["phase"]),
        (&json!(true), &json!("registered"))
    );
    assert_eq!(file["visits"][0]["satisfaction"], "very_unsatisfied");
    let file = &calls[1]["file"];
    assert_eq!(
        (&file["answered"], &file["phase"]),
        (&json!(false), &json!("refused"))
    );
    assert_eq!(file["visits"].as_array().unwrap().len(), 1);

    // What was done before a draw is none of its calls.
    days_pass(&world, 1).await;
    let later = drawn(
        &officer,
        json!({"from": "2026-05-18", "to": "2026-05-18", "full": true}),
    )
    .await;
    let later = format!("/visits/draws/{}/calls", later["id"].as_str().unwrap());
    let calls = read(&officer, &later).await;
    assert_eq!(calls["calls_in_all"], 11, "one is handled once more");
    let mut calls = calls["calls"].as_array().unwrap().iter();
    let call = calls.find(|it| it["number"] == json!(two)).unwrap();
    assert_eq!(call["file"]["visits"], json!([]));

    // Of a file that went elsewhere the caller learns no more.
    let other = world.officer("420111").await;
    assert_eq!(other.get(&path).await.unwrap().status.as_u16(), 404);
    for wrong in ["?after=x", "?limit=0", "?seed=mine"] {
        let answer = officer.get(&format!("{path}{wrong}")).await.unwrap();
        assert_eq!(answer.status.as_u16(), 400, "{wrong}");
    }
    let picked = json!({"from": "2026-05-17", "to": "2026-05-17", "seed": "mine"});
    let picked = officer.post("/visits/draws", picked).await.unwrap();
    assert_eq!(picked.pointers(), ["/seed"]);
}
