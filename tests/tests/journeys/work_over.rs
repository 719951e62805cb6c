//! Files that are over: on the list and in its search where they are asked for, and found by
//! whatever is known of them but who reported or asked.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::{SECRETS, named};
use crate::work::{complaint, days, escalate, numbers, work};
use crate::world::{Kind, World, filing};

/// The ledger holds, and gives the same lists when they are made anew.
fn stands_without_faults(world: &mut World) {
    drop(world.host.take());
    for action in ["verify", "rebuild", "verify"] {
        let done = hejie(&world.place, &["ledger", action]);
        assert!(done.status.success(), "{action}: {done:?}");
    }
}

/// A complaint that was called in, of somebody who has an account.
async fn call(world: &World, officer: &Client) -> String {
    let mut filing = complaint("420106", "充电器不能用");
    filing["consumer"]["phone"] = json!("13912345678");
    let call = json!({"filing": filing, "channel": "hotline", "caller": "027-87654321",
        "consumer_id": "c-1"});
    let filed = officer.post("/complaints", call).await.unwrap();
    let number = filed.good().unwrap()["number"].clone();
    assert!(world.consumer.case(number.as_str().unwrap()).await.is_ok());
    number.as_str().unwrap().to_owned()
}

async fn refuse(officer: &Client, number: &str) {
    let refusal = json!({"ground": "no-power", "reason": "不属于本单位职责"});
    officer.act(number, "refusal", refusal).await.unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_over_is_found_where_it_is_asked_for(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let officer = world.officer("420106").await;
    let refused = escalate(&world, complaint("420106", "手机屏幕碎了")).await;
    let called = call(&world, &officer).await;
    let waits = escalate(&world, complaint("420106", "耳机没有声音")).await;
    // What ended without any authority is on no list of one.
    let settled = world.file(filing()).await;
    let withdrawal = world.consumer.act(&settled, "withdrawal", json!({})).await;
    withdrawal.unwrap();
    refuse(&officer, &refused).await;
    days(&world, 1).await;
    refuse(&officer, &called).await;

    assert_eq!(numbers(&officer, "").await, [&*waits]);
    assert_eq!(numbers(&officer, "?q=王小明").await, [&*waits]);
    assert_eq!(
        numbers(&officer, "?q=13912345678").await,
        Vec::<String>::new()
    );
    let counts = officer.get("/work/counts").await.unwrap().good().unwrap();
    let bands = ["red", "amber", "green", "none"].map(|band| counts[band]["files"].as_u64());
    assert_eq!(bands.into_iter().flatten().sum::<u64>(), 1);

    // The latest first, and what waits before all of it.
    for (query, wanted) in [
        ("?stage=over", vec![&called, &refused]),
        ("?stage=over&q=王小明", vec![&called, &refused]),
        ("?stage=all", vec![&waits, &called, &refused]),
        ("?stage=all&q=HB-1", vec![&waits, &called, &refused]),
        ("?stage=waiting", vec![&waits]),
        ("?stage=over&q=屏幕", vec![&refused]),
        ("?stage=over&q=江汉手机店", vec![&called, &refused]),
        (&*format!("?stage=over&q={refused}"), vec![&refused]),
        ("?stage=over&q=13912345678", vec![&called]),
        ("?stage=over&q=5678", vec![&called]),
        ("?stage=over&q=87654321", vec![&called]),
        ("?stage=over&q=027-8765", vec![&called]),
        ("?stage=all&q=80013", vec![&waits, &refused]),
        ("?stage=over&q=678", vec![]),
        (
            "?stage=over&phase=refused&received_from=2026-05-18",
            vec![&called, &refused],
        ),
        ("?stage=over&band=none", vec![]),
    ] {
        let wanted: Vec<String> = wanted.into_iter().cloned().collect();
        assert_eq!(numbers(&officer, query).await, wanted, "{query}");
    }
    let over = work(&officer, "?stage=over&limit=1").await;
    let file = over["files"][0].as_object().unwrap();
    assert_eq!(file["over_on"], "2026-05-19");
    assert!(!file.contains_key("band") && !file.contains_key("due_on"));
    let next = format!(
        "?stage=over&limit=1&next={}",
        over["next"].as_str().unwrap()
    );
    assert_eq!(numbers(&officer, &next).await, [&*refused]);

    // A view remembers it; who sees it is as with what waits.
    let view = json!({"stage": "over", "q": "王小明"});
    let saved = officer.put("/work/views/已结", view).await.unwrap();
    assert_eq!(saved.status, 204, "{}", saved.body);
    let found = numbers(&officer, "?view=已结").await;
    assert_eq!(found, [&*called, &*refused]);
    assert_eq!(
        numbers(&officer, "?view=已结&stage=waiting").await,
        [&*waits]
    );
    for (unit, seen) in [("420100", 2), ("420111", 0)] {
        let other = world.officer(unit).await;
        assert_eq!(numbers(&other, "?stage=over&q=王小明").await.len(), seen);
    }
    let wrong = officer.get("/work?stage=ended").await.unwrap();
    assert_eq!(wrong.names(), ["stage"]);

    // What is over is sent nowhere, alone or among others.
    let down = json!({"kind": "dispatch", "with": {"to": "420111", "note": "", "report_by": null}});
    let bulk = json!({"numbers": [refused, called], "act": down});
    let city = world.officer("420100").await;
    let sent = city.post("/work/bulk", bulk).await.unwrap().good().unwrap();
    assert_eq!(sent["refused"], 2, "{sent}");
    stands_without_faults(&mut world);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_report_and_an_inquiry_that_are_over_are_found_by_nothing_of_who_sent_them(
    #[case] kind: Kind,
) {
    let mut world = World::new(kind).await;
    let officer = world.officer("420106").await;
    let who = json!({"kind": "consumer", "id": SECRETS[3]});
    let sender = world.operator().for_principal(who).await.unwrap();
    let contact = json!({"name": SECRETS[0], "phone": SECRETS[1]});
    let asked = json!({"contact": contact, "inquiry": {"kind": "consultation",
        "division": "420106", "text": "奶粉过期了能退吗？"}});
    let mut sent = Vec::new();
    for (path, body) in [("/reports", named()), ("/inquiries", asked)] {
        let received = sender.post(path, body).await.unwrap().good().unwrap();
        sent.push(received["number"].as_str().unwrap().to_owned());
    }
    let [report, inquiry] = sent.try_into().unwrap();
    let all = "?stage=all&q=奶粉";
    assert_eq!(numbers(&officer, all).await.len(), 2);
    assert_eq!(numbers(&officer, "?stage=over").await, Vec::<String>::new());

    let refusal = json!({"reason": "不属于本局职责", "route": "向海关反映"});
    let answer = json!({"text": "可以。", "knowledge": null});
    for (path, body) in [
        (format!("/reports/{report}/refusal"), refusal),
        (format!("/inquiries/{inquiry}/answer"), answer),
    ] {
        officer.post(&path, body).await.unwrap().good().unwrap();
    }
    assert_eq!(numbers(&officer, "").await, Vec::<String>::new());
    let over = "?stage=over&q=奶粉";
    // Reports stand behind all else of their day, in an order that is drawn.
    assert_eq!(numbers(&officer, over).await, [&*inquiry, &*report]);
    let listed = work(&officer, over).await.to_string();
    // By the whole of each secret, and by parts of them.
    for secret in SECRETS.into_iter().chain(["报者", "5678", "1391", "隐秘"]) {
        for stage in ["waiting", "over", "all"] {
            let query = format!("?stage={stage}&q={secret}");
            assert_eq!(
                numbers(&officer, &query).await,
                Vec::<String>::new(),
                "{query}"
            );
        }
        assert!(!listed.contains(secret), "{listed}");
    }
    // Reports are their units' matter.
    let operators: Value = work(world.operator(), "?stage=all").await;
    assert_eq!(operators["files"], json!([]));
    stands_without_faults(&mut world);
}

/// What a superior asked is owed after the end too, and stands where the unit looks.
#[tokio::test]
async fn a_closed_report_or_inquiry_waits_for_the_answer_that_a_superior_asked() {
    let world = World::new(Kind::Sqlite).await;
    let (officer, city) = (world.officer("420106").await, world.officer("420100").await);
    let asked = json!({"contact": {"name": "周", "phone": "13800138000"},
        "inquiry": {"kind": "consultation", "division": "420106", "text": "能退吗？"}});
    let urges = json!({"urgency": "general", "matter": "请说明办理经过"});
    let refusal = json!({"reason": "不属于本局职责", "route": "向海关反映"});
    let answer = json!({"text": "可以。", "knowledge": null});
    for (path, body, end, how) in [
        ("reports", named(), "refusal", refusal),
        ("inquiries", asked, "answer", answer),
    ] {
        let received = world.consumer.post(&format!("/{path}"), body).await;
        let number = received.unwrap().good().unwrap()["number"].clone();
        let number = number.as_str().unwrap();
        let at = |act: &str| format!("/{path}/{number}/{act}");
        let urged = city.post(&at("supervision"), urges.clone()).await;
        urged.unwrap().good().unwrap();
        officer.post(&at(end), how).await.unwrap().good().unwrap();
        let listed = work(&officer, "").await["files"][0].clone();
        assert_eq!(listed["number"], number);
        assert_eq!(listed["period"], "supervision-general");
        assert_eq!(listed["band"], "amber");
        let said = json!({"answer": "已办结"});
        let answered = officer.post(&at("supervision/1/answer"), said).await;
        answered.unwrap().good().unwrap();
        assert_eq!(numbers(&officer, "").await, Vec::<String>::new());
        let over = numbers(&officer, "?stage=over").await;
        assert!(over.iter().any(|it| it == number), "{over:?}");
    }
}
