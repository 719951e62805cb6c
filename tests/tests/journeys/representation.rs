//! Who acts for whom: agents by their power, representatives by the consent of those who
//! elected them.

use hejie_tests::{Answer, Client};
use serde_json::{Value, json};

use crate::world::{Kind, World, filing, offered};

const NAMES: [&str; 3] = ["赵明", "李芳", "张强"];
const CONTACTS: [&str; 6] = [
    "13900139000",
    "13700137000",
    "13600136000",
    "中北路3号",
    "中北路5号",
    "推选书.jpg",
];

fn paper(name: &str) -> Value {
    json!({"sha256": "18ac3e7343f016890c510e93f935261169d9e3f565436429830faf0934f4f8e4",
           "media_type": "image/jpeg", "size": 5, "name": name})
}

/// With an agent from 1 May to 30 June.
pub fn by_agent(special_powers: &[&str]) -> Value {
    let mut filing = filing();
    filing["representation"] = json!({"agent": {
        "name": "赵明", "phone": "13900139000", "account": "c-9",
        "matters": "代为投诉、参加调解", "special_powers": special_powers,
        "from": "2026-05-01", "until": "2026-06-30", "signed_on": "2026-05-01",
        "power_of_attorney": paper("委托书.jpg"), "identity_proof": paper("身份证.jpg")
    }});
    filing
}

/// Three neighbours, the first two elected.
pub fn together() -> Value {
    let mut filing = filing();
    filing["representation"] = json!({"joint": {
        "others": [
            {"name": "李芳", "phone": "13700137000", "address": "武汉市武昌区中北路3号"},
            {"name": "张强", "phone": "13600136000", "address": "武汉市武昌区中北路5号", "account": "c-3"}
        ],
        "agreed": true, "representatives": [1, 2], "election": paper("推选书.jpg")
    }});
    filing
}

async fn account(world: &World, id: &str) -> Client {
    let consumer = json!({"kind": "consumer", "id": id});
    world.operator().for_principal(consumer).await.unwrap()
}

/// Files a case by an account, and waits for the plugin's offer; its number.
async fn filed(who: &Client, filing: Value) -> String {
    let receipt = who.post("/cases", filing).await.unwrap().good().unwrap();
    let number = receipt["number"].as_str().unwrap().to_owned();
    who.wait(&number, "an offer", offered).await.unwrap();
    number
}

async fn tried(who: &Client, number: &str, act: &str, body: Value) -> Answer {
    who.post(&format!("/cases/{number}/{act}"), body)
        .await
        .unwrap()
}

fn told(answer: &Answer) -> (u16, &str) {
    let detail = answer.body["detail"].as_str().unwrap_or_default();
    (answer.status.as_u16(), detail)
}

fn consent(person: u32, to: Value) -> Value {
    json!({"person": person, "to": to})
}

fn shown(person: u32, to: Value) -> Value {
    json!({"person": person, "to": to, "evidence": paper("同意书.jpg")})
}

async fn days_pass(world: &World, days: u32) {
    let day = json!({"seconds": 86_400 * days});
    let moved = world.operator().post("/clock", day).await.unwrap();
    moved.good().unwrap();
}

#[tokio::test]
async fn an_agent_settles_only_by_a_special_power_and_in_its_term() {
    let world = World::new(Kind::Sqlite).await;
    let agent = account(&world, "c-9").await;
    let number = filed(&agent, by_agent(&[])).await;
    let accept = "offers/1/acceptance";
    let refused = tried(&agent, &number, accept, json!({})).await;
    let (status, detail) = told(&refused);
    assert!(status == 403 && detail.contains("特别授权"), "{detail}");
    let refused = tried(&agent, &number, "withdrawal", json!({})).await;
    assert_eq!(told(&refused).0, 403);
    let hers = world.consumer.get(&format!("/cases/{number}")).await;
    let status = hers.unwrap().status.as_u16();
    assert_eq!(
        status, 404,
        "he filed for her, and she has no account there"
    );

    let number = filed(&agent, by_agent(&["settle"])).await;
    agent.act(&number, accept, json!({})).await.unwrap();
    let case = agent.case(&number).await.unwrap();
    assert_eq!(case["phase"], "settled");
    assert_eq!(case["representation"]["lacking"], json!([]));

    let number = filed(&agent, by_agent(&["settle", "withdraw"])).await;
    days_pass(&world, 44).await;
    let refused = tried(&agent, &number, "withdrawal", json!({})).await;
    let (status, detail) = told(&refused);
    assert!(status == 403 && detail.contains("2026-06-30"), "{detail}");
}

#[tokio::test]
async fn what_a_power_of_attorney_must_say_is_named_where_it_is_missing() {
    let world = World::new(Kind::Sqlite).await;
    let agent = account(&world, "c-9").await;
    let within = |pointer: &str| format!("/representation/agent/{pointer}");
    for field in [
        "matters",
        "special_powers",
        "from",
        "until",
        "signed_on",
        "phone",
    ] {
        let mut filing = by_agent(&[]);
        let given = filing["representation"]["agent"].as_object_mut().unwrap();
        given.remove(field);
        let refused = agent.post("/cases", filing.clone()).await.unwrap();
        let named = (refused.status.as_u16(), refused.pointers().concat());
        assert_eq!(named, (422, within(field)));
        let officer = world.officer("420106").await;
        let direct = json!({"filing": without_shop(filing), "channel": "window"});
        let refused = officer.post("/complaints", direct).await.unwrap();
        let named = (refused.status.as_u16(), refused.pointers().concat());
        assert_eq!(named, (422, format!("/filing{}", within(field))));
    }
    let mut over = by_agent(&[]);
    over["representation"]["agent"]["until"] = json!("2026-05-17");
    let refused = agent.post("/cases", over).await.unwrap();
    assert_eq!(refused.pointers(), [within("until")]);
}

fn without_shop(mut filing: Value) -> Value {
    let respondent = filing["respondent"].as_object_mut().unwrap();
    respondent.remove("organisation");
    filing
}

#[tokio::test]
async fn papers_that_were_missing_are_asked_for_and_completed() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let mut filing = without_shop(by_agent(&["withdraw"]));
    let agent = filing["representation"]["agent"].as_object_mut().unwrap();
    agent.remove("power_of_attorney");
    agent.remove("identity_proof");
    let called = json!({"filing": filing, "channel": "hotline", "caller": "13900139000"});
    let receipt = officer.post("/complaints", called).await.unwrap();
    let number = receipt.good().unwrap()["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let lacking =
        async || officer.case(&number).await.unwrap()["representation"]["lacking"].clone();
    assert_eq!(
        lacking().await,
        json!(["power-of-attorney", "agent-identity"])
    );
    let request = json!({"items": ["授权委托书原件", "代理人身份证明"], "due": "2026-05-25"});
    let asked = officer.act(&number, "material-request", request).await;
    asked.unwrap();
    let agent = account(&world, "c-9").await;
    let refused = tried(&agent, &number, "withdrawal", json!({})).await;
    let (status, detail) = told(&refused);
    assert!(
        status == 409 && detail.contains("授权委托书原件"),
        "{detail}"
    );
    let whole = by_agent(&["withdraw"])["representation"].clone();
    let path = format!("/cases/{number}/representation");
    agent.put(&path, whole).await.unwrap().good().unwrap();
    let note = json!({"note": "已补交授权委托书和身份证明"});
    agent.act(&number, "material", note).await.unwrap();
    assert_eq!(lacking().await, json!([]));
    agent.act(&number, "withdrawal", json!({})).await.unwrap();
}

#[tokio::test]
async fn three_neighbours_settle_once_the_third_agrees() {
    let world = World::new(Kind::Postgres).await;
    let (first, third) = (&world.consumer, account(&world, "c-3").await);
    let number = filed(first, together()).await;
    let refused = tried(first, &number, "offers/1/acceptance", json!({})).await;
    let (status, detail) = told(&refused);
    assert!(status == 409 && detail.contains("张强"), "{detail}");
    assert!(!detail.contains("李芳"), "she was elected: {detail}");

    let listed = third.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(listed["cases"][0]["number"], json!(number));
    let refused = tried(&third, &number, "offers/1/acceptance", json!({})).await;
    assert_eq!(told(&refused).0, 403, "others act for him");
    let unknown = consent(3, json!({"act": "accept_offer", "offer": 9}));
    assert_eq!(
        told(&tried(&third, &number, "consents", unknown).await).0,
        404
    );
    let agrees = consent(3, json!({"act": "accept_offer", "offer": 1}));
    let unshown = tried(first, &number, "consents", agrees.clone()).await;
    assert_eq!(unshown.pointers(), ["/evidence"]);
    third.act(&number, "consents", agrees).await.unwrap();
    first
        .act(&number, "offers/1/acceptance", json!({}))
        .await
        .unwrap();
    let case = third.case(&number).await.unwrap();
    assert_eq!(case["phase"], "settled");
    let consents = &case["representation"]["consents"];
    assert_eq!(consents[0]["to"]["terms"], case["settlement"]["terms"]);

    let stranger = account(&world, "c-4").await;
    let seen = stranger.get(&format!("/cases/{number}")).await.unwrap();
    assert_eq!(seen.status.as_u16(), 404);
    let listed = stranger.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(listed["cases"], json!([]));
}

#[tokio::test]
async fn before_the_authority_representatives_drop_nothing_without_consent() {
    let world = World::new(Kind::Sqlite).await;
    let first = &world.consumer;
    let number = filed(first, together()).await;
    let escalated = first.act(&number, "escalation", json!({})).await;
    escalated.unwrap();
    let officer = world.officer("420106").await;
    let refused = tried(first, &number, "withdrawal", json!({})).await;
    let (status, detail) = told(&refused);
    assert!(status == 409 && detail.contains("张强"), "{detail}");
    officer.act(&number, "acceptance", json!({})).await.unwrap();
    let ending = json!({"side": "consumer", "means": "phone",
        "word": {"kind": "settle_elsewhere", "note": "来电称已自行和解"}});
    let refused = tried(&officer, &number, "words", ending.clone()).await;
    let (status, detail) = told(&refused);
    assert!(status == 409 && detail.contains("张强"), "{detail}");
    let to = json!({"act": "settle_elsewhere", "note": "来电称已自行和解"});
    let consents = shown(3, to);
    let by_other_side = tried(&world.agent, &number, "consents", consents.clone()).await;
    assert_eq!(told(&by_other_side).0, 403);
    officer.act(&number, "consents", consents).await.unwrap();
    officer.act(&number, "words", ending).await.unwrap();

    let dossier = first.get(&format!("/cases/{number}/dossier")).await;
    let dossier = dossier.unwrap().good().unwrap();
    let filed = together()["representation"]["joint"].clone();
    assert_eq!(dossier["parties"]["representation"]["joint"], filed);
    let registration = json!({"form": "complaint-registration"});
    let issued = officer.act(&number, "documents", registration).await;
    issued.unwrap();
    let document = officer.get(&format!("/cases/{number}/documents/1")).await;
    let values = document.unwrap().good().unwrap()["values"].clone();
    assert_eq!(values["complainant_name"], "王小明、李芳、张强");
    let page = officer
        .bytes(&format!("/cases/{number}/documents/1/page"))
        .await
        .unwrap();
    assert!(String::from_utf8(page).unwrap().contains("李芳、张强"));
}

#[tokio::test]
async fn an_agreement_in_mediation_names_the_agent() {
    let world = World::new(Kind::Sqlite).await;
    let agent = account(&world, "c-9").await;
    let number = filed(&agent, by_agent(&["settle"])).await;
    agent.act(&number, "escalation", json!({})).await.unwrap();
    let officer = world.officer("420106").await;
    officer.act(&number, "acceptance", json!({})).await.unwrap();
    let yes = |side: &str| json!({"side": side, "agrees": true, "delegation": false, "means": "platform"});
    agent
        .act(&number, "mediation-answer", yes("consumer"))
        .await
        .unwrap();
    world
        .agent
        .act(&number, "mediation-answer", yes("respondent"))
        .await
        .unwrap();
    let session = json!({"mode": "on_site", "at": "2026-05-19T02:00:00Z", "place": "中南所", "mediator": "周敏"});
    officer.act(&number, "sessions", session).await.unwrap();
    days_pass(&world, 2).await;
    let held = json!({"absent": [], "note": "双方到场"});
    officer
        .act(&number, "sessions/1/record", held)
        .await
        .unwrap();
    let terms = json!({"terms": {"remedies": [{"kind": "refund", "amount_fen": 11_900}]}});
    officer.act(&number, "offers", terms).await.unwrap();
    let offers = agent.case(&number).await.unwrap()["offers"].clone();
    let accept = format!("offers/{}/acceptance", offers.as_array().unwrap().len());
    for party in [&agent, &world.agent] {
        party.act(&number, &accept, json!({})).await.unwrap();
    }
    let form = format!("/cases/{number}/forms/mediation-agreement");
    let draft = officer.get(&form).await.unwrap().good().unwrap();
    let values = &draft["values"];
    assert_eq!(
        (
            &values["complainant_agent"],
            &values["complainant_agent_phone"]
        ),
        (&json!("赵明"), &json!("13900139000"))
    );
    assert_eq!(values["complainant_name"], "王小明");
    let signed = values["complainant_signed"].as_str().unwrap();
    assert!(signed.contains("赵明"), "{signed}");
    for side in ["complainant_signed", "respondent_signed"] {
        let signed = values[side].as_str().unwrap();
        assert!(signed.contains("在线确认"), "agreed here: {signed}");
    }
}

#[tokio::test]
async fn the_other_side_its_plugins_and_exports_learn_no_more_of_them_than_of_her() {
    let world = World::new(Kind::Sqlite).await;
    let first = &world.consumer;
    let mut filing = together();
    filing["representation"]["agent"] = by_agent(&[])["representation"]["agent"].clone();
    let number = filed(first, filing).await;
    let agrees = shown(3, json!({"act": "accept_offer", "offer": 1}));
    first.act(&number, "consents", agrees).await.unwrap();
    let case = format!("/cases/{number}");
    let representation = first.case(&number).await.unwrap()["filing"]["representation"].clone();
    let path = format!("{case}/representation");
    first
        .put(&path, representation)
        .await
        .unwrap()
        .good()
        .unwrap();

    let mut theirs = Vec::new();
    for path in [case.clone(), format!("{case}/timeline")] {
        let seen = world.agent.get(&path).await.unwrap().good().unwrap();
        assert!(seen.to_string().contains("李芳"), "as her own name shows");
        assert!(!seen.to_string().contains("同意书"));
        theirs.push(seen.to_string());
    }
    let hers = first.get(&format!("{case}/timeline")).await.unwrap();
    let hers = hers.good().unwrap().to_string();
    for contact in CONTACTS {
        assert!(hers.contains(contact), "{contact}");
        assert!(!theirs.concat().contains(contact), "{contact}");
    }

    let operator = world.operator();
    let decisions = operator.get(&format!("{case}/decisions")).await.unwrap();
    let decisions = decisions.good().unwrap();
    assert!(!decisions.as_array().unwrap().is_empty());
    let mut told = Vec::new();
    for run in decisions.as_array().unwrap() {
        let path = format!("{case}/decisions/{}", run["id"].as_str().unwrap());
        let whole = operator.get(&path).await.unwrap().good().unwrap();
        assert!(whole["input"].is_object(), "{whole}");
        told.push(whole.to_string());
    }
    let export = operator.bytes("/exports/cases.csv").await.unwrap();
    told.push(String::from_utf8(export).unwrap());
    told.push(std::fs::read_to_string(world.place.data.join("hejie.log")).unwrap());
    for word in NAMES.iter().chain(&CONTACTS) {
        assert!(!told.concat().contains(word), "{word}");
    }
}

/// He learns why his acts are refused, reads nothing, and may show the next power.
#[tokio::test]
async fn an_agent_whose_term_is_over_reads_nothing_until_he_shows_the_next_power() {
    let world = World::new(Kind::Sqlite).await;
    let agent = account(&world, "c-9").await;
    let number = filed(&agent, by_agent(&["settle"])).await;
    days_pass(&world, 44).await;
    let read = async |path: &str| {
        let answer = agent.get(&format!("/cases/{number}{path}")).await;
        answer.unwrap().status.as_u16()
    };
    for path in ["", "/timeline", "/clocks"] {
        assert_eq!(read(path).await, 404, "{path}");
    }
    let refused = tried(&agent, &number, "escalation", json!({})).await;
    let (status, detail) = told(&refused);
    assert!(status == 403 && detail.contains("授权委托书"), "{detail}");
    let mut next = by_agent(&["settle"])["representation"].clone();
    next["agent"]["until"] = json!("2026-12-31");
    let put = async |body: Value| {
        let path = format!("/cases/{number}/representation");
        agent.put(&path, body).await.unwrap()
    };
    let same = put(next.clone()).await;
    assert_eq!(same.pointers(), ["/agent/power_of_attorney"]);
    next["agent"]["power_of_attorney"] = json!({"sha256": "0".repeat(64),
        "media_type": "image/jpeg", "size": 5, "name": "委托书二.jpg"});
    assert_eq!(put(next).await.status.as_u16(), 200);
    assert_eq!(read("").await, 200);
}
