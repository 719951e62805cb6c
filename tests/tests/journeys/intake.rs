//! How files come in: who enters them, in which post, by which channel.

use hejie_tests::Client;
use serde_json::{Value, json};

use crate::representation::by_agent;
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

/// A complaint as an officer enters it from a call.
fn call() -> Value {
    json!({"filing": filing(), "channel": "hotline", "caller": "027-87654321"})
}

fn running(case: &Value) -> Vec<&str> {
    let clocks = case["clocks"].as_array().unwrap().iter();
    let running = clocks.filter(|clock| clock["state"]["state"] == "running");
    running.map(|it| it["period"].as_str().unwrap()).collect()
}

fn number_of(receipt: &Value) -> &str {
    receipt["number"].as_str().unwrap()
}

async fn entered_at_the_city(kind: Kind) {
    let world = World::new(kind).await;
    let city = world.officer_as("420100", "intake").await;
    let mut complaint = call();
    complaint["register_at"] = json!("intake_unit");
    complaint["consumer_id"] = json!("c-1");
    let filed = city
        .post_once("/complaints", complaint.clone(), "k-1")
        .await;
    let filed = filed.unwrap().good().unwrap();
    assert_eq!(
        filed["events"],
        json!([
            "case_filed",
            "complaint_registered",
            "clock_started",
            "dossier_sealed"
        ])
    );
    let again = city
        .post_once("/complaints", complaint, "k-1")
        .await
        .unwrap();
    assert!(again.replayed && again.body == filed);
    let number = number_of(&filed);

    let case = city.case(number).await.unwrap();
    assert_eq!(case["complaint"]["unit"], "420100");
    assert_eq!(case["complaint"]["jurisdiction"]["division"], "420106");
    assert_eq!(running(&case), ["intake-dispatch"]);
    assert_eq!(case["entered"]["caller"], "02787654321");
    assert_eq!(case["entered"]["by"]["unit"], "420100");
    let listed = city.get("/work").await.unwrap().good().unwrap();
    assert_eq!(listed["files"][0]["number"], number);

    let down = json!({"to": "420106", "note": "请办理", "report_by": null});
    city.act(number, "dispatch", down).await.unwrap();
    let wuchang = world.officer_as("420106", "handler").await;
    wuchang.act(number, "acceptance", json!({})).await.unwrap();
    let hers = world.consumer.case(number).await.unwrap();
    assert_eq!(hers["phase"], "accepted");
    let theirs = world.agent.case(number).await.unwrap();
    assert_eq!(theirs["entered"]["caller"], Value::Null);
    let timeline = world.agent.get(&format!("/cases/{number}/timeline")).await;
    let timeline = timeline.unwrap().good().unwrap().to_string();
    assert!(!timeline.contains("02787654321") && !timeline.contains("13800138000"));
    let decisions = city.get(&format!("/cases/{number}/decisions")).await;
    assert_eq!(
        decisions.unwrap().good().unwrap(),
        json!([]),
        "no plugin ran"
    );
    let dossier = wuchang.get(&format!("/cases/{number}/dossier")).await;
    let dossier = dossier.unwrap().good().unwrap();
    assert_eq!(dossier["intake"]["channel"], "hotline");
}

#[tokio::test]
async fn a_call_is_entered_at_the_city_dispatched_and_accepted() {
    entered_at_the_city(Kind::Sqlite).await;
}

#[tokio::test]
async fn a_call_is_entered_at_the_city_dispatched_and_accepted_on_postgres() {
    entered_at_the_city(Kind::Postgres).await;
}

#[tokio::test]
async fn she_goes_straight_to_the_authority_and_nothing_is_negotiated() {
    let world = World::new(Kind::Sqlite).await;
    let complaint = json!({"filing": filing()});
    let filed = world.consumer.post("/complaints", complaint).await.unwrap();
    let filed = filed.good().unwrap();
    let case = world.consumer.case(number_of(&filed)).await.unwrap();
    assert_eq!(case["phase"], "registered");
    assert_eq!(case["complaint"]["unit"], "420106");
    assert_eq!(case["complaint"]["cause"], "direct");
    assert!(
        !case["complaint"]["jurisdiction"]["steps"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    assert_eq!(running(&case), ["acceptance"]);
    let officer = world.officer("420106").await;
    officer
        .act(number_of(&filed), "acceptance", json!({}))
        .await
        .unwrap();
}

#[tokio::test]
async fn a_complaint_that_is_entered_wrongly_names_its_field() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer_as("420100", "intake").await;
    let with = |pointer: &str, value: Value| {
        let mut complaint = call();
        *complaint.pointer_mut(pointer).unwrap() = value;
        complaint
    };
    for (complaint, field) in [
        (with("/channel", json!("fax")), "/channel"),
        (with("/channel", json!("web")), "/channel"),
        (with("/channel", json!("letter")), "/caller"),
        (with("/caller", json!(null)), "/caller"),
        (with("/caller", json!("12")), "/caller"),
        (with("/filing/statement", json!(" ")), "/filing/statement"),
        (
            with("/filing/consumer/address", json!(null)),
            "/filing/consumer/address",
        ),
        (
            with("/filing/respondent/organisation", json!("nobody")),
            "/filing/respondent/organisation",
        ),
    ] {
        let answer = officer
            .post("/complaints", complaint.clone())
            .await
            .unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![field]),
            "{complaint}"
        );
    }
    let mut named = call();
    named["consumer_id"] = json!("王");
    let answer = officer.post("/complaints", named).await.unwrap();
    assert_eq!(answer.pointers(), ["/consumer_id"]);
    let supervisor = world.officer_as("420100", "supervisor").await;
    for who in [&world.agent, &supervisor, world.operator()] {
        assert_eq!(
            who.post("/complaints", call())
                .await
                .unwrap()
                .status
                .as_u16(),
            403
        );
    }
}

#[tokio::test]
async fn a_call_is_handed_on_in_the_middle_and_nothing_of_it_is_lost() {
    let world = World::new(Kind::Sqlite).await;
    let zhou = world.officer_as("420100", "intake").await;
    let wu = world.officer_as("420100", "handler").await;
    let said = json!({"channel": "hotline", "caller": "027-87654321",
        "filing": {"consumer": {"name": "王小明"}}});
    let begun = zhou
        .post("/drafts", json!({ "content": said }))
        .await
        .unwrap();
    let begun = begun.good().unwrap();
    let draft = format!("/drafts/{}", begun["id"].as_str().unwrap());
    let save = |version: u64, content: &Value| json!({"version": version, "content": content});
    let mut more = said.clone();
    more["filing"]["statement"] = json!("袖口开线");
    let saved = zhou
        .put(&draft, save(1, &more))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(saved["version"], 2);
    let stale = zhou.put(&draft, save(1, &said)).await.unwrap();
    assert_eq!(stale.status.as_u16(), 409);
    let not_hers = wu.put(&draft, save(2, &said)).await.unwrap();
    assert_eq!(not_hers.status.as_u16(), 409);

    let listed = wu.get("/drafts").await.unwrap().good().unwrap();
    assert_eq!(listed[0]["id"], begun["id"]);
    let takeover = format!("{draft}/takeover");
    let taken = wu.post(&takeover, json!({})).await.unwrap().good().unwrap();
    assert_eq!(taken["content"], more);
    assert_eq!(taken["holder"]["id"], "o-420100-handler");
    assert_eq!(
        zhou.put(&draft, save(3, &said))
            .await
            .unwrap()
            .status
            .as_u16(),
        409
    );

    let submission = format!("{draft}/submission");
    let early = wu.post(&submission, json!({"version": 3})).await.unwrap();
    assert_eq!(early.status.as_u16(), 422);
    assert!(
        early.pointers()[0].starts_with("/content/filing"),
        "{:?}",
        early.pointers()
    );
    let mut wrong = call();
    wrong["filing"]["category"] = json!("nonsense");
    wu.put(&draft, save(3, &wrong))
        .await
        .unwrap()
        .good()
        .unwrap();
    let refused = wu.post(&submission, json!({"version": 4})).await.unwrap();
    assert_eq!(refused.pointers(), ["/content/filing/category"]);
    wu.put(&draft, save(4, &call()))
        .await
        .unwrap()
        .good()
        .unwrap();
    let stale = wu.post(&submission, json!({"version": 4})).await.unwrap();
    assert_eq!(stale.status.as_u16(), 409);
    let version = json!({"version": 5});
    let filed = wu
        .post_once(&submission, version.clone(), "s-1")
        .await
        .unwrap();
    let filed = filed.good().unwrap();
    let again = wu
        .post_once(&submission, version.clone(), "s-1")
        .await
        .unwrap();
    assert!(again.replayed && again.body == filed);
    assert_eq!(
        wu.post(&submission, version).await.unwrap().status.as_u16(),
        409
    );

    let over = wu.get(&draft).await.unwrap().good().unwrap();
    assert_eq!(
        (&over["number"], &over["content"]),
        (&filed["number"], &Value::Null)
    );
    let turns: Vec<String> = over["turns"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| {
            format!(
                "{} {}",
                it["turn"].as_str().unwrap(),
                it["by"]["id"].as_str().unwrap()
            )
        })
        .collect();
    assert_eq!(
        turns,
        [
            "begun o-420100-intake",
            "taken_over o-420100-handler",
            "filed o-420100-handler"
        ]
    );
    assert_eq!(wu.get("/drafts").await.unwrap().body, json!([]));
}

#[tokio::test]
async fn a_draft_is_its_units_and_is_gone_when_discarded() {
    let world = World::new(Kind::Sqlite).await;
    let zhou = world.officer_as("420100", "intake").await;
    let begun = zhou
        .post("/drafts", json!({"content": call()}))
        .await
        .unwrap();
    let draft = format!("/drafts/{}", begun.good().unwrap()["id"].as_str().unwrap());
    let elsewhere = world.officer("420106").await;
    for who in [&elsewhere, &world.consumer, world.operator()] {
        assert_eq!(who.get(&draft).await.unwrap().status.as_u16(), 404);
        assert_eq!(who.delete(&draft).await.unwrap().status.as_u16(), 404);
    }
    let odd = json!({"content": {"filing": {"colour": "红"}}});
    let refused = zhou.post("/drafts", odd).await.unwrap();
    assert_eq!(refused.pointers(), ["/content/filing/colour"]);
    assert_eq!(zhou.delete(&draft).await.unwrap().status.as_u16(), 204);
    let over = zhou.get(&draft).await.unwrap().good().unwrap();
    assert_eq!(over["content"], Value::Null);
    assert_eq!(over["turns"][1]["turn"], "discarded");
    assert_eq!(zhou.delete(&draft).await.unwrap().status.as_u16(), 409);
}

/// The example of GB 11643.
const NUMBER: &str = "11010519491231002X";

#[tokio::test]
async fn her_identity_is_verified_and_the_number_is_nowhere() {
    let world = World::new(Kind::Sqlite).await;
    let number = registered(&world).await;
    let officer = world.officer("420106").await;
    let identity = |case: &Value| case["identities"][0].clone();
    let before = identity(&officer.case(&number).await.unwrap());
    let her = |verified: &Value| {
        let mut her = verified.clone();
        (her["who"], her["person"]) = (json!("complainant"), json!(1));
        her
    };
    assert_eq!(before, her(&json!({"verified": false})));

    let verify = "/identity/verification";
    let who = |name: &str, id: &str| json!({"name": name, "id_number": id});
    for (body, field) in [
        (who("王小明", "110105194912310021"), "/id_number"),
        (who("王小明", "110105194902300020"), "/id_number"),
        (who("王小明", "1"), "/id_number"),
        (who(" ", NUMBER), "/name"),
    ] {
        let refused = world.consumer.post(verify, body).await.unwrap();
        assert_eq!(
            (refused.status.as_u16(), refused.pointers()),
            (422, vec![field])
        );
        assert!(!refused.body.to_string().contains("19491231"));
    }
    for stranger in [&world.agent, &officer, world.operator()] {
        let refused = stranger.post(verify, who("王小明", NUMBER)).await.unwrap();
        assert_eq!(refused.status.as_u16(), 403);
    }
    let verified = world.consumer.post(verify, who("王小明", NUMBER)).await;
    let verified = verified.unwrap().good().unwrap();
    assert_eq!(
        verified,
        json!({"verified": true, "on": "2026-05-18", "method": "checksum"})
    );
    let shown = world.consumer.get(verify).await.unwrap().good().unwrap();
    assert_eq!(shown, verified);
    let mut known = her(&verified);
    known["same_name"] = json!(true);
    assert_eq!(identity(&officer.case(&number).await.unwrap()), known);
    assert_eq!(
        identity(&world.agent.case(&number).await.unwrap()),
        Value::Null
    );

    let mut searched = 0;
    for file in std::fs::read_dir(&world.place.data).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            let bytes = std::fs::read(&file).unwrap();
            let there = bytes
                .windows(NUMBER.len())
                .any(|it| it == NUMBER.as_bytes());
            assert!(!there, "{}", file.display());
            searched += 1;
        }
    }
    assert!(searched >= 3, "the store, its journal and the log");
}

#[tokio::test]
async fn a_call_of_an_agent_is_filed_by_his_power_once_that_says_what_it_must() {
    let world = World::new(Kind::Sqlite).await;
    let zhou = world.officer_as("420100", "intake").await;
    let mut content = call();
    let mut power = by_agent(&["withdraw"])["representation"].clone();
    power["agent"].as_object_mut().unwrap().remove("until");
    content["filing"]["representation"] = power;
    let begun = zhou
        .post("/drafts", json!({ "content": content }))
        .await
        .unwrap();
    let draft = format!("/drafts/{}", begun.good().unwrap()["id"].as_str().unwrap());
    let submission = format!("{draft}/submission");
    let early = zhou.post(&submission, json!({"version": 1})).await.unwrap();
    assert_eq!(
        early.pointers(),
        ["/content/filing/representation/agent/until"]
    );
    content["filing"]["representation"]["agent"]["until"] = json!("2026-06-30");
    let whole = json!({"version": 1, "content": content});
    zhou.put(&draft, whole).await.unwrap().good().unwrap();
    let filed = zhou.post(&submission, json!({"version": 2})).await.unwrap();
    let number = filed.good().unwrap()["number"].as_str().unwrap().to_owned();
    let agent = json!({"kind": "consumer", "id": "c-9"});
    let agent = world.operator().for_principal(agent).await.unwrap();
    let case = agent.case(&number).await.unwrap();
    assert_eq!(case["filing"]["representation"]["agent"]["name"], "赵明");
    agent.act(&number, "withdrawal", json!({})).await.unwrap();
}
