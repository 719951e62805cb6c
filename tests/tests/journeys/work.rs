use hejie_tests::Client;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::world::{Kind, World, filing};

/// A complaint at the unit of a place, about a shop that does not negotiate here.
pub fn complaint(place: &str, statement: &str) -> Value {
    let mut filing = filing();
    filing["respondent"] = json!({"name": "江汉手机店", "address": "武汉市武昌区中南路2号",
        "operator": {"kind": "ordinary", "place_of_business": place, "domicile": place}});
    filing["statement"] = json!(statement);
    filing
}

pub async fn escalate(world: &World, filing: Value) -> String {
    let number = world.file(filing).await;
    let wish = json!({"reason": "没有答复"});
    world
        .consumer
        .act(&number, "escalation", wish)
        .await
        .unwrap();
    number
}

pub async fn work(client: &Client, query: &str) -> Value {
    let answer = client.get(&format!("/work{query}")).await.unwrap();
    answer.good().unwrap()
}

pub async fn numbers(client: &Client, query: &str) -> Vec<String> {
    let work = work(client, query).await;
    let files = work["files"].as_array().unwrap().iter();
    files
        .map(|file| file["number"].as_str().unwrap().to_owned())
        .collect()
}

/// Lets days pass.
pub async fn days(world: &World, days: u64) {
    let wait = json!({"seconds": 86_400 * days});
    let moved = world.operator().post("/clock", wait).await.unwrap();
    moved.good().unwrap();
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_officer_sees_what_waits_for_her_unit_most_urgent_first(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let first = escalate(&world, complaint("420106", "手机屏幕碎了")).await;
    days(&world, 1).await;
    let second = escalate(&world, complaint("420106", "充电器不能用")).await;
    let negotiating = world.file(filing()).await;
    let officer = world.officer("420106").await;
    assert_eq!(numbers(&officer, "").await, [&*first, &*second]);
    let files = &work(&officer, "").await["files"];
    let file = files[0].as_object().unwrap();
    for (name, value) in [
        ("phase", "registered"),
        ("category", "clothing"),
        ("consumer", "王小明"),
        ("respondent", "江汉手机店"),
        ("unit", "420106"),
        ("received_on", "2026-05-18"),
        ("period", "acceptance"),
        ("due_on", "2026-05-27"),
        ("band", "green"),
    ] {
        assert_eq!(file[name], value, "{name}");
    }

    // Those above see it, nobody beside does, and nobody who is no officer.
    for (unit, seen) in [("420100", 2), ("420000", 2), ("000000", 2), ("420111", 0)] {
        let officer = world.officer(unit).await;
        assert_eq!(numbers(&officer, "").await.len(), seen, "{unit}");
        assert_eq!(numbers(&officer, "?q=碎").await.len(), seen / 2, "{unit}");
    }
    assert_eq!(numbers(world.operator(), "").await.len(), 2);
    for stranger in [&world.consumer, &world.agent] {
        for path in ["/work", "/work/counts", "/work/views"] {
            assert_eq!(stranger.get(path).await.unwrap().status, 403, "{path}");
        }
    }

    // What is decided waits no longer, or for the next act.
    let refusal = json!({"ground": "no-power", "reason": "不属于本单位职责"});
    officer.act(&first, "refusal", refusal).await.unwrap();
    officer.act(&second, "acceptance", json!({})).await.unwrap();
    assert_eq!(numbers(&officer, "").await, [&*second]);
    let files = &work(&officer, "").await["files"];
    assert_eq!(files[0]["period"], "mediation");
    assert!(!numbers(&officer, "").await.contains(&negotiating));
}

#[tokio::test]
async fn files_change_their_band_as_time_passes() {
    let world = World::new(Kind::Sqlite).await;
    let number = escalate(&world, complaint("420106", "手机屏幕碎了")).await;
    let officer = world.officer("420106").await;
    // Due on Wednesday 27 May; today is Monday 18 May.
    for (later, band) in [
        (0, "green"),
        (3, "green"),
        (1, "amber"),
        (4, "red"),
        (3, "red"),
    ] {
        days(&world, later).await;
        let files = &work(&officer, "").await["files"];
        assert_eq!(files[0]["band"], band, "{}", files[0]);
        for other in ["red", "amber", "green", "none"] {
            let found = numbers(&officer, &format!("?band={other}")).await;
            assert_eq!(found.contains(&number), other == band, "{other} {band}");
        }
        let counts = officer.get("/work/counts").await.unwrap().good().unwrap();
        assert_eq!(counts[band], json!({"files": 1, "more": false}));
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn work_is_searched_by_words_of_one_and_two_characters(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let phone = escalate(&world, complaint("420106", "手机屏幕碎了，商家不退货款")).await;
    let coat = escalate(
        &world,
        complaint("420106", "外套退货。款没有退，型号 iPhone"),
    )
    .await;
    let officer = world.officer("420106").await;
    for (query, wanted) in [
        ("?q=碎", vec![&phone]),
        ("?q=退", vec![&phone, &coat]),
        ("?q=退货", vec![&phone, &coat]),
        ("?q=退货款", vec![&phone]),
        ("?q=外套+型号", vec![&coat]),
        ("?q=IPHONE", vec![&coat]),
        ("?q=手机店", vec![&phone, &coat]),
        ("?q=王小明", vec![&phone, &coat]),
        ("?q=尺码不合适", vec![&phone, &coat]),
        ("?q=HB-1", vec![&phone, &coat]),
        ("?q=服装", vec![&phone, &coat]),
        (&*format!("?q={phone}"), vec![&phone]),
        ("?q=碎&band=red", vec![]),
        (
            "?q=退&division=420106&category=clothing&phase=registered",
            vec![&phone, &coat],
        ),
        ("?respondent=手机", vec![&phone, &coat]),
        ("?respondent=屏幕", vec![]),
        ("?organisation=shop", vec![]),
        (
            "?received_from=2026-05-18&received_to=2026-05-18",
            vec![&phone, &coat],
        ),
        ("?received_from=2026-05-18", vec![&phone, &coat]),
        ("?received_to=2026-05-17", vec![]),
    ] {
        assert_eq!(
            numbers(&officer, query).await,
            wanted.into_iter().cloned().collect::<Vec<_>>(),
            "{query}"
        );
    }
    let first = work(&officer, "?q=退&limit=1").await;
    assert_eq!(first["files"][0]["number"], *phone);
    let next = format!("?q=退&limit=1&next={}", first["next"].as_str().unwrap());
    let second = work(&officer, &next).await;
    assert_eq!(second["files"][0]["number"], *coat);
    assert_eq!(second["next"], Value::Null);
}

#[tokio::test]
async fn a_wrong_query_is_refused_by_its_name() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let long = format!("q={}", "退".repeat(101));
    for (query, name) in [
        ("band=blue", "band"),
        ("phase=unheard", "phase"),
        ("category=unheard", "category"),
        ("respondent=", "respondent"),
        ("organisation=%27", "organisation"),
        ("division=42", "division"),
        ("division=420111", "division"),
        ("division=420000", "division"),
        ("received_from=soon", "received_from"),
        ("received_from=2026-02-30", "received_from"),
        (
            "received_from=2026-05-02&received_to=2026-05-01",
            "received_to",
        ),
        ("q=", "q"),
        ("q=%00", "q"),
        ("q=！", "q"),
        (&*long, "q"),
        ("view=none", "view"),
        ("view=%00", "view"),
        ("next=1", "next"),
        ("limit=201", "limit"),
        ("limit=0", "limit"),
        ("colour=red", "colour"),
        ("q=a&q=b", "q"),
    ] {
        let answer = officer.get(&format!("/work?{query}")).await.unwrap();
        let found = (answer.status.as_u16(), answer.names());
        assert_eq!(found, (400, vec![name]), "{query}");
    }
    for strange in [
        "q=%27%29%3B+DROP+TABLE+work%3B--",
        "q=%22+OR+1",
        "q=退%00款",
        "respondent=%22A",
    ] {
        let answer = officer.get(&format!("/work?{strange}")).await.unwrap();
        assert_eq!(answer.status, 200, "{strange}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_officer_saves_views_of_her_own(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let phone = escalate(&world, complaint("420106", "手机屏幕碎了")).await;
    escalate(&world, complaint("420106", "充电器不能用")).await;
    let officer = world.officer("420106").await;
    let view = json!({"q": "屏幕", "phase": "registered"});
    let path = "/work/views/碎屏";
    let saved = officer.put(path, view.clone()).await.unwrap();
    assert_eq!(saved.status, 204, "{}", saved.body);
    assert_eq!(officer.get(path).await.unwrap().good().unwrap(), view);
    let all = officer.get("/work/views").await.unwrap().good().unwrap();
    assert_eq!(all, json!([{"name": "碎屏", "filters": view}]));
    assert_eq!(numbers(&officer, "?view=碎屏").await, [phone]);
    assert_eq!(numbers(&officer, "?view=碎屏&q=充电器").await.len(), 1);
    assert_eq!(numbers(&officer, "?view=碎屏&band=red").await.len(), 0);

    // Another officer, of another unit, has no such view.
    let other = world.officer("420100").await;
    assert_eq!(other.get(path).await.unwrap().status, 404);
    for (wrong, pointer) in [
        (json!({"q": "！"}), "/q"),
        (json!({"division": "420000"}), "/division"),
        (json!({"category": "unheard"}), "/category"),
        (json!({"band": "blue"}), "/band"),
        (json!({"colour": "red"}), "/colour"),
    ] {
        let refused = officer.put(path, wrong).await.unwrap();
        assert_eq!(
            (refused.status.as_u16(), refused.pointers()),
            (422, vec![pointer])
        );
    }
    for n in 1..50 {
        let saved = officer.put(&format!("/work/views/{n}"), json!({})).await;
        assert_eq!(saved.unwrap().status, 204);
    }
    let full = officer
        .put("/work/views/one-more", json!({}))
        .await
        .unwrap();
    assert_eq!(full.status, 409);
    assert_eq!(officer.put(path, json!({})).await.unwrap().status, 204);
    assert_eq!(officer.delete(path).await.unwrap().status, 204);
    assert_eq!(officer.delete(path).await.unwrap().status, 404);
    let long = format!("/work/views/{}", "长".repeat(33));
    let refused = officer.odd(Method::PUT, &long).send().await.unwrap();
    assert_eq!(refused.status(), 400);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn several_files_are_dispatched_and_urged_at_once_each_told_by_itself(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let mut numbers = Vec::new();
    for _ in 0..3 {
        let number = world.file(filing()).await;
        world
            .consumer
            .act(&number, "escalation", json!({}))
            .await
            .unwrap();
        numbers.push(number);
    }
    let asked = json!({"contact": null, "inquiry": {"kind": "suggestion", "division": "420106", "text": "建议设公平秤"}});
    let asked = world
        .consumer
        .post("/inquiries", asked)
        .await
        .unwrap()
        .good()
        .unwrap();
    numbers.push(asked["number"].as_str().unwrap().to_owned());
    let (county, city) = (world.officer("420106").await, world.officer("420100").await);
    let bulk = |numbers: &[String], act: serde_json::Value| json!({"numbers": numbers, "act": act});
    let back = json!({"kind": "return", "with": {"reason": "not_ours", "note": "在洪山区"}});
    let body = bulk(&numbers, back);
    let returned = county
        .post_once("/work/bulk", body.clone(), "k-1")
        .await
        .unwrap();
    let returned = returned.good().unwrap();
    assert_eq!(
        (&returned["done"], &returned["refused"]),
        (&json!(4), &json!(0)),
        "{returned}"
    );
    let again = county
        .post_once("/work/bulk", body, "k-1")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(again, returned, "nothing is done twice");

    let down =
        json!({"kind": "dispatch", "with": {"to": "420111", "note": "请办理", "report_by": null}});
    let mut some = numbers[..2].to_vec();
    let nobody = hejie_domain::identifiers::case_number::CaseNumber::compose(
        jiff::civil::date(2026, 5, 18),
        7,
    );
    some.push(nobody.to_string());
    let sent = city
        .post("/work/bulk", bulk(&some, down.clone()))
        .await
        .unwrap();
    let sent = sent.good().unwrap();
    assert_eq!((&sent["done"], &sent["refused"]), (&json!(2), &json!(1)));
    assert_eq!(sent["lines"][2]["problem"]["status"], 404);
    let sent = city
        .post("/work/bulk", bulk(&numbers, down))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(
        sent["lines"][0]["problem"]["status"], 403,
        "it is not the city's any more"
    );
    assert_eq!(sent["done"], 2);

    let urge = json!({"kind": "supervision", "with": {"urgency": "urgent", "matter": "同一商户，请集中办理"}});
    let urged = city
        .post("/work/bulk", bulk(&numbers, urge))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(urged["done"], 4);
    let other = world.officer("420111").await;
    let file = other.case(&numbers[0]).await.unwrap();
    assert_eq!(file["supervisions"][0]["matter"], "同一商户，请集中办理");

    let note = |numbers: serde_json::Value| json!({"numbers": numbers, "act": {"kind": "note", "with": {"body": "已核对"}}});
    for (numbers, field) in [
        (json!([]), "/numbers"),
        (json!(["x"]), "/numbers/0"),
        (json!([numbers[0], numbers[0]]), "/numbers/1"),
        (json!(vec![&numbers[0]; 201]), "/numbers"),
    ] {
        let answer = other.post("/work/bulk", note(numbers)).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field])
        );
    }
    let act = json!({"numbers": [numbers[0]], "act": {"kind": "dispatch", "with": {"to": 7}}});
    let answer = other.post("/work/bulk", act).await.unwrap();
    assert_eq!(answer.status.as_u16(), 422);
    let consumer = world
        .consumer
        .post("/work/bulk", note(json!([numbers[0]])))
        .await
        .unwrap();
    assert_eq!(consumer.status.as_u16(), 403);
}
