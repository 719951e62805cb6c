//! Consultations and suggestions, and the knowledge base that answers them.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::world::{Kind, World};

fn inquiry(kind: &str, text: &str) -> Value {
    json!({"contact": {"name": "王小明", "phone": "13800138000"},
        "inquiry": {"kind": kind, "division": "420106", "text": text}})
}

async fn ask(who: &Client, body: Value) -> String {
    let received = who.post("/inquiries", body).await.unwrap().good().unwrap();
    received["number"].as_str().unwrap().to_owned()
}

async fn does(who: &Client, number: &str, act: &str, body: Value) -> Value {
    let path = format!("/inquiries/{number}/{act}");
    who.post(&path, body).await.unwrap().good().unwrap()
}

async fn read(who: &Client, path: &str) -> Value {
    who.get(path).await.unwrap().good().unwrap()
}

fn article(question: &str, answer: &str) -> Value {
    json!({"question": question, "answer": answer, "law": "消费者权益保护法第二十五条"})
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_question_is_answered_from_what_is_known_and_asked_again(#[case] kind: Kind) {
    let mut world = World::new(kind).await;
    let officer = world.officer("420106").await;
    let known = article(
        "网购商品七日内可以无理由退货吗",
        "可以，自收到商品之日起七日内。",
    );
    let put = officer.put("/knowledge/seven-day-return", known).await;
    put.unwrap().good().unwrap();
    let other = article("预付卡余额可以退吗", "可以，扣除已消费部分。");
    officer
        .put("/knowledge/prepaid", other)
        .await
        .unwrap()
        .good()
        .unwrap();

    // She looks first, and asks all the same.
    let found = read(&world.consumer, "/knowledge?q=衣服买了三天能不能无理由退货").await;
    assert_eq!(found["articles"][0]["id"], "seven-day-return");
    let number = ask(
        &world.consumer,
        inquiry("consultation", "网购外套能无理由退货吗？"),
    )
    .await;
    let path = format!("/inquiries/{number}");
    let work = read(&officer, "/work?kind=inquiry&q=无理由").await;
    assert_eq!(work["files"][0]["number"], json!(number));
    assert_eq!(work["files"][0]["due_on"], "2026-05-25");
    let near = read(&officer, &format!("{path}/knowledge")).await;
    assert_eq!(near["articles"][0]["id"], "seven-day-return");
    assert_eq!(
        read(&officer, &path).await["contact"]["phone"],
        "13800138000"
    );

    let answer = |knowledge: &str| json!({"text": "可以，七日内。", "knowledge": knowledge});
    let unknown = officer
        .post(&format!("{path}/answer"), answer("nothing"))
        .await
        .unwrap();
    assert_eq!(
        (unknown.status.as_u16(), unknown.pointers()),
        (422, vec!["/knowledge"])
    );
    does(&officer, &number, "answer", answer("seven-day-return")).await;
    let hers = read(&world.consumer, &path).await;
    assert_eq!(
        (&hers["phase"], &hers["answers"][0]["text"]),
        (&json!("closed"), &json!("可以，七日内。"))
    );
    assert_eq!(hers["contact"], Value::Null);
    does(
        &world.consumer,
        &number,
        "question",
        json!({"text": "定做的呢？"}),
    )
    .await;
    does(
        &officer,
        &number,
        "answer",
        json!({"text": "定做的除外。", "knowledge": null}),
    )
    .await;
    let timeline = read(&officer, &format!("{path}/timeline")).await;
    let kinds = timeline.as_array().unwrap().iter();
    let kinds: Vec<&str> = kinds.map(|it| it["type"].as_str().unwrap()).collect();
    assert_eq!(kinds[0], "inquiry_received");
    assert!(kinds.contains(&"inquiry_asked_again"), "{kinds:?}");
    let told = timeline.to_string();
    assert!(!told.contains("asker") && !told.contains("token"), "{told}");
    let hers = world.consumer.get(&format!("{path}/timeline")).await;
    assert_eq!(hers.unwrap().status.as_u16(), 403);
    let listed = read(&world.consumer, "/inquiries").await;
    assert_eq!(listed["files"].as_array().unwrap().len(), 1);
    let figures = read(&officer, "/indicators").await;
    let mut figures = figures["indicators"].as_array().unwrap().iter();
    let on_time = figures
        .find(|it| it["id"] == "inquiries-answered-on-time")
        .unwrap();
    assert_eq!(
        (&on_time["numerator"], &on_time["denominator"]),
        (&json!(1), &json!(1))
    );

    assert!(world.host.take().unwrap().stop().unwrap());
    assert!(hejie(&world.place, &["ledger", "verify"]).status.success());
    world.start_again();
    let found = read(&world.consumer, "/knowledge?q=预付卡退款").await;
    assert_eq!(
        found["articles"][0]["id"], "prepaid",
        "it is there after a stop"
    );
}

#[tokio::test]
async fn a_suggestion_goes_to_the_unit_it_is_for_or_is_sent_elsewhere() {
    let world = World::new(Kind::Sqlite).await;
    let (county, city) = (world.officer("420106").await, world.officer("420100").await);
    let other = world.officer("420111").await;
    let first = ask(
        &world.consumer,
        inquiry("suggestion", "建议在菜市场设公平秤。"),
    )
    .await;
    let back = json!({"reason": "not_ours", "note": "在洪山区"});
    does(&county, &first, "return", back).await;
    let down = json!({"to": "420111", "note": "请答复", "report_by": null});
    does(&city, &first, "dispatch", down).await;
    does(
        &other,
        &first,
        "answer",
        json!({"text": "已设置。", "knowledge": null}),
    )
    .await;
    let path = format!("/inquiries/{first}");
    assert_eq!(
        read(&city, &path).await["contact"],
        Value::Null,
        "not its business"
    );
    assert_eq!(county.get(&path).await.unwrap().status.as_u16(), 404);

    let second = ask(&county, inquiry("consultation", "加班费怎么算？")).await;
    let elsewhere = json!({"reason": "属于劳动争议", "route": "向劳动监察部门咨询"});
    does(&county, &second, "redirection", elsewhere).await;
    let path = format!("/inquiries/{second}");
    assert_eq!(read(&county, &path).await["closing"]["kind"], "redirected");
    for (who, status) in [
        (&world.consumer, 404),
        (&world.agent, 404),
        (world.operator(), 404),
    ] {
        assert_eq!(who.get(&path).await.unwrap().status.as_u16(), status);
    }
}

#[tokio::test]
async fn a_retired_answer_is_found_no_more_and_only_officers_write() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let mut old = article("三包期限多久", "以发票日期起算。");
    officer
        .put("/knowledge/warranty", old.clone())
        .await
        .unwrap()
        .good()
        .unwrap();
    (old["retired"], old["revision"]) = (json!(true), json!(1));
    officer
        .put("/knowledge/warranty", old.clone())
        .await
        .unwrap()
        .good()
        .unwrap();
    let found = read(&world.consumer, "/knowledge?q=三包期限").await;
    assert_eq!(found["articles"], json!([]));
    assert_eq!(
        read(&world.consumer, "/knowledge/warranty").await["retired"],
        true
    );
    let refused = world
        .consumer
        .put("/knowledge/warranty", old)
        .await
        .unwrap();
    assert_eq!(refused.status.as_u16(), 403);
    for (path, status) in [
        ("/knowledge", 400),
        ("/knowledge?q=", 400),
        ("/knowledge/none", 404),
    ] {
        assert_eq!(
            world.consumer.get(path).await.unwrap().status.as_u16(),
            status,
            "{path}"
        );
    }
    let long = "问".repeat(501);
    let long = world
        .consumer
        .get(&format!("/knowledge?q={long}"))
        .await
        .unwrap();
    assert_eq!(long.status.as_u16(), 400);
    for (pointer, value) in [
        ("/inquiry/text", json!("")),
        ("/inquiry/kind", json!("praise")),
        ("/inquiry/division", json!("310104")),
        ("/contact/phone", json!("1")),
        ("/contact/name", json!("")),
    ] {
        let mut body = inquiry("consultation", "问");
        *body.pointer_mut(pointer).unwrap() = value;
        let answer = world.consumer.post("/inquiries", body).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![pointer])
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_written_anew_says_who_wrote_each_of_its_versions() {
    let world = World::new(Kind::Sqlite).await;
    let (wuchang, hongshan) = (world.officer("420106").await, world.officer("420111").await);
    let path = "/knowledge/seven-day-return";
    let said = |answer: &str, revision: Value| {
        let mut said = article("网购商品七日内可以退货吗", answer);
        said["revision"] = revision;
        said
    };
    let first = wuchang
        .put(path, said("可以。", Value::Null))
        .await
        .unwrap();
    assert_eq!(first.good().unwrap()["revision"], 1);
    let over = hongshan
        .put(path, said("不可以。", Value::Null))
        .await
        .unwrap();
    assert_eq!(over.status.as_u16(), 409);
    let second = said("可以，定做的除外。", json!(1));
    let second = hongshan.put(path, second).await.unwrap().good().unwrap();
    assert_eq!(second["written"]["unit"], "420111");

    let versions = read(&wuchang, &format!("{path}/versions")).await;
    let versions = versions["articles"].as_array().unwrap();
    let told: Vec<_> = versions
        .iter()
        .map(|it| (&it["answer"], &it["revision"], &it["written"]["unit"]))
        .collect();
    assert_eq!(
        told,
        [
            (&json!("可以。"), &json!(1), &json!("420106")),
            (&json!("可以，定做的除外。"), &json!(2), &json!("420111")),
        ]
    );
    assert_eq!(read(&world.consumer, path).await["revision"], 2);
    let hers = world
        .consumer
        .get(&format!("{path}/versions"))
        .await
        .unwrap();
    assert_eq!(hers.status.as_u16(), 403);
    let nothing = wuchang.get("/knowledge/nothing/versions").await.unwrap();
    assert_eq!(nothing.status.as_u16(), 404);
}
