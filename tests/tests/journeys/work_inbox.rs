//! What heads are to approve, and which answers a unit waits for, in one list.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::anonymous;
use crate::work::{complaint, days, escalate};
use crate::world::{Kind, World};

async fn waiting(who: &Client, query: &str) -> Vec<Value> {
    let parts = who.get(&format!("/work/parts{query}")).await.unwrap();
    let parts = parts.good().unwrap()["parts"].take();
    parts.as_array().unwrap().clone()
}

async fn does(who: &Client, path: &str, body: Value) -> Value {
    who.post(path, body).await.unwrap().good().unwrap()
}

fn grant(granted: bool) -> Value {
    json!({"granted": granted, "reason": "已研究"})
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_head_lists_the_extensions_that_wait_for_her(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let (head, handler) = (
        world.officer("420106").await,
        world.officer_as("420106", "handler").await,
    );
    let asked = json!({"contact": null, "inquiry": {"kind": "suggestion", "division": "420106",
        "text": "建议设公平秤"}});
    let mut files = Vec::new();
    for (kind, path, body) in [
        ("report", "/reports", anonymous()),
        ("inquiry", "/inquiries", asked),
    ] {
        let received = does(&world.consumer, path, body).await;
        let number = received["number"].as_str().unwrap();
        let file = format!("{path}/{number}");
        let ask = format!("{file}/clocks/1/extension-request");
        does(&handler, &ask, json!({"reason": "需要检验"})).await;
        let clocks = head.get(&file).await.unwrap().good().unwrap()["clocks"].take();
        files.push((file, kind, number.to_owned(), clocks[0]["ends_on"].clone()));
    }
    let listed = waiting(&head, "").await;
    assert_eq!(listed.len(), 2);
    assert_eq!(waiting(&head, "?awaits=approval").await, listed);
    assert_eq!(waiting(&head, "?awaits=part").await, Vec::<Value>::new());
    for (_, kind, number, due_on) in &files {
        let row = json!({"number": number, "kind": kind, "handled_by": "420106",
            "awaits": "approval", "clock": 1, "unit": "420106", "due_on": due_on});
        assert!(listed.contains(&row), "{row} of {listed:?}");
    }
    // Page by page; nobody beside, and nobody who is no officer.
    let page = head
        .get("/work/parts?limit=1")
        .await
        .unwrap()
        .good()
        .unwrap();
    let next = format!("?limit=1&next={}", page["next"].as_str().unwrap());
    assert_eq!(waiting(&head, &next).await, listed[1..]);
    let beside = world.officer("420111").await;
    assert_eq!(waiting(&beside, "").await, Vec::<Value>::new());
    let answer = world.consumer.get("/work/parts").await.unwrap();
    assert_eq!(answer.status, 403);
    let wrong = head.get("/work/parts?awaits=nothing").await.unwrap();
    assert_eq!(wrong.names(), ["awaits"]);

    // Denied or granted, it waits no longer.
    for ((file, ..), granted) in files.iter().zip([false, true]) {
        does(&head, &format!("{file}/clocks/1/extension"), grant(granted)).await;
    }
    assert_eq!(waiting(&head, "").await, Vec::<Value>::new());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_unit_lists_the_answers_that_it_waits_for(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let number = escalate(&world, complaint("420106", "手机屏幕碎了")).await;
    let (city, county) = (world.officer("420100").await, world.officer("420106").await);
    let urge = json!({"urgency": "urgent", "matter": "请尽快受理"});
    city.act(&number, "supervision", urge).await.unwrap();
    let answers = waiting(&city, "?awaits=answer").await;
    let row = |due_on: &str| {
        json!({"number": number, "kind": "dispute", "handled_by": "420106",
            "awaits": "answer", "supervision": 1, "unit": "420100", "due_on": due_on})
    };
    assert_eq!(answers, [row("2026-05-20")]);
    // It is not the city's to do, and not the county's list.
    assert_eq!(waiting(&city, "").await, Vec::<Value>::new());
    assert_eq!(
        waiting(&county, "?awaits=answer").await,
        Vec::<Value>::new()
    );

    // More time for the answer is the city's to approve.
    let case = county.case(&number).await.unwrap();
    let clock = case["supervisions"][0]["clock"].as_u64().unwrap();
    let ask = format!("clocks/{clock}/extension-request");
    county
        .act(&number, &ask, json!({"reason": "等待检验结果"}))
        .await
        .unwrap();
    let approvals = waiting(&city, "").await;
    assert_eq!(approvals.len(), 1);
    assert_eq!(approvals[0]["awaits"], "approval");
    assert_eq!(approvals[0]["unit"], "420100");
    assert_eq!(approvals[0]["clock"], clock);
    assert_eq!(waiting(&county, "").await, Vec::<Value>::new());
    let decide = format!("clocks/{clock}/extension");
    city.act(&number, &decide, grant(true)).await.unwrap();
    assert_eq!(waiting(&city, "").await, Vec::<Value>::new());
    assert_eq!(waiting(&city, "?awaits=answer").await, [row("2026-05-22")]);

    // Unanswered it is raised, and then waits with the unit above.
    days(&world, 5).await;
    let province = world.officer("420000").await;
    let raised = waiting(&province, "?awaits=answer").await;
    let raised: Vec<&Value> = raised.iter().filter(|it| it["supervision"] == 1).collect();
    assert_eq!(raised.len(), 1);
    assert_eq!(
        (&raised[0]["unit"], &raised[0]["due_on"]),
        (&json!("420000"), &json!("2026-05-25"))
    );
    let of_first = |rows: Vec<Value>| rows.iter().any(|it| it["supervision"] == 1);
    assert!(!of_first(waiting(&city, "?awaits=answer").await));
    let answer = json!({"answer": "已联系双方"});
    county
        .act(&number, "supervision/1/answer", answer)
        .await
        .unwrap();
    assert!(!of_first(waiting(&province, "?awaits=answer").await));
    drop(world.host.take());
    for action in ["verify", "rebuild", "verify"] {
        let done = hejie(&world.place, &["ledger", action]);
        assert!(done.status.success(), "{action}: {done:?}");
    }
}
