//! Who people really are: asked of a service, kept as a token, told person by person. The
//! numbers are nowhere.

use hejie_domain::identifiers::digest::Digest;
use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::identity_service::{IdentityService, Manner};
use crate::power_cut::hejie;
use crate::representation::by_agent;
use crate::world::{Kind, World, filing};

const SECRET: &str = "the-service-knows-us-by-this";
/// The example of GB 11643, and others whose check characters fit.
const WANG: &str = "11010519491231002X";
const ZHAO: &str = "420106198001011237";
const LI: &str = "420106199002022346";

/// A world whose server asks a service, and that service.
async fn asking(kind: Kind) -> (World, IdentityService) {
    let known = [("王小明", WANG), ("赵明", ZHAO), ("李芳", LI)];
    let service = IdentityService::start(&known).await;
    let flags = [
        "--identity-service",
        &service.url,
        "--identity-host",
        "127.0.0.1",
    ];
    let files = [("identity-service-secret", SECRET)];
    let world = World::with(kind, "2026-05-18T01:00:00Z", &flags, &files).await;
    (world, service)
}

fn consumer() -> Value {
    json!({"who": "complainant", "person": 1})
}

fn call(filing: Value) -> Value {
    json!({"filing": filing, "channel": "hotline", "caller": "027-87654321"})
}

fn number_of(receipt: &Value) -> String {
    receipt["number"].as_str().unwrap().to_owned()
}

/// What a reader finds of the persons of a file.
async fn identities(who: &Client, number: &str) -> Value {
    who.case(number).await.unwrap()["identities"].clone()
}

/// The facts of art. 16(6).
async fn facts(who: &Client, number: &str) -> Vec<(String, String)> {
    let grounds = who.get(&format!("/cases/{number}/grounds")).await.unwrap();
    let grounds = grounds.good().unwrap()["grounds"].clone();
    let mut grounds = grounds.as_array().unwrap().iter();
    let ground = grounds.find(|it| it["id"] == "false-identity").unwrap();
    let facts = ground["facts"].as_array().unwrap().iter();
    let word = |fact: &Value, name: &str| fact[name].as_str().unwrap().to_owned();
    facts
        .map(|it| (word(it, "id"), word(it, "speaks")))
        .collect()
}

fn fact(id: &str, speaks: &str) -> Vec<(String, String)> {
    vec![(id.to_owned(), speaks.to_owned())]
}

/// All that the store holds, as text, and all files of the data folder.
fn everything(world: &World) -> String {
    let mut all = String::new();
    for file in std::fs::read_dir(&world.place.data).unwrap() {
        let file = file.unwrap().path();
        if file.is_file() {
            all += &String::from_utf8_lossy(&std::fs::read(&file).unwrap());
        }
    }
    if let Some(url) = &world.place.store {
        let names =
            "SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'";
        for table in hejie_postgres::psql(url, names).unwrap().lines() {
            let rows = format!("SELECT * FROM {table}");
            all += &hejie_postgres::psql(url, &rows).unwrap();
        }
    }
    all
}

/// Neither a number, nor what is in it of a person, nor a plain hash of it.
fn holds_no_number(text: &str, numbers: &[&str]) {
    for number in numbers {
        for part in [*number, &number[..17], &number[6..17]] {
            assert!(!text.contains(part), "{part}");
        }
        let hash = Digest::of(number.as_bytes()).to_string();
        assert!(!text.contains(&hash), "{number} by its hash");
    }
}

#[tokio::test]
async fn a_service_is_asked_and_what_it_does_not_answer_is_not_known() {
    let (world, service) = asking(Kind::Sqlite).await;
    let verify = "/identity/verification";
    let who = |name: &str, number: &str| json!({"name": name, "id_number": number});
    for manner in [
        Manner::AnswersAnother,
        Manner::SaysTooMuch,
        Manner::SpeaksNoJson,
        Manner::Redirects,
        Manner::Fails,
        Manner::Sleeps,
    ] {
        service.does(manner);
        let answer = world
            .consumer
            .post(verify, who("王小明", WANG))
            .await
            .unwrap();
        assert_eq!(answer.status.as_u16(), 503, "{manner:?}");
        assert_eq!(answer.body["type"], "/problems/unavailable");
        holds_no_number(&answer.body.to_string(), &service.numbers());
        let shown = world.consumer.get(verify).await.unwrap().good().unwrap();
        assert_eq!(shown, json!({"verified": false}), "{manner:?}");
    }
    assert_eq!(service.asked().len(), 6, "a redirect is not followed");
    service.does(Manner::Answers);
    let other = world
        .consumer
        .post(verify, who("王晓明", WANG))
        .await
        .unwrap();
    assert_eq!(
        (other.status.as_u16(), other.pointers()),
        (422, vec!["/id_number"])
    );
    let malformed = world
        .consumer
        .post(verify, who("王小明", "1"))
        .await
        .unwrap();
    assert_eq!(malformed.status.as_u16(), 422);
    assert_eq!(service.asked().len(), 7, "what is no number is not asked");
    let verified = world
        .consumer
        .post(verify, who("王小明", WANG))
        .await
        .unwrap();
    let verified = verified.good().unwrap();
    assert_eq!(
        verified,
        json!({"verified": true, "on": "2026-05-18", "method": "service"})
    );
    let asked = service.asked().pop().unwrap();
    let bearer = asked.headers["authorization"].to_str().unwrap().to_owned();
    assert_eq!(bearer, format!("Bearer {SECRET}"));
    let schema = include_str!("../../../schemas/json/identity-question.schema.json");
    let schema: Value = serde_json::from_str(schema).unwrap();
    let form = jsonschema::validator_for(&schema).unwrap();
    assert!(form.is_valid(&asked.event()));
    holds_no_number(&everything(&world), &service.numbers());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn whoever_an_officer_files_for_is_verified_and_no_number_stays(#[case] kind: Kind) {
    let (world, service) = asking(kind).await;
    let city = world.officer_as("420100", "intake").await;
    let mut said = String::new();

    // A caller and her agent, with the filing.
    let mut body = call(by_agent(&["settle"]));
    body["identities"] = json!([{"of": consumer(), "id_number": WANG},
        {"of": {"who": "agent"}, "id_number": WANG}]);
    let refused = city
        .post_once("/complaints", body.clone(), "k-1")
        .await
        .unwrap();
    assert_eq!(
        refused.pointers(),
        ["/identities/1/id_number"],
        "it is not his"
    );
    said += &refused.body.to_string();
    body["identities"][1]["id_number"] = json!(ZHAO);
    let filed = city
        .post_once("/complaints", body.clone(), "k-1")
        .await
        .unwrap();
    let number = number_of(&filed.clone().good().unwrap());
    let again = city
        .post_once("/complaints", body.clone(), "k-1")
        .await
        .unwrap();
    assert!(again.replayed && number_of(&again.body) == number);
    said += &format!("{}{}", filed.body, again.body);
    let verified = |of: Value| {
        let mut known = of;
        for (name, value) in [
            ("verified", json!(true)),
            ("on", json!("2026-05-18")),
            ("method", json!("service")),
            ("same_name", json!(true)),
        ] {
            known[name] = value;
        }
        known
    };
    let officer = world.officer("420106").await;
    let agent = json!({"who": "agent"});
    let both = json!([verified(consumer()), verified(agent.clone())]);
    assert_eq!(identities(&officer, &number).await, both);
    assert_eq!(identities(&world.agent, &number).await, Value::Null);
    let his = json!({"kind": "consumer", "id": "c-9"});
    let his = world.operator().for_principal(his).await.unwrap();
    assert_eq!(
        identities(&his, &number).await,
        json!([verified(agent)]),
        "his own alone"
    );
    assert_eq!(
        facts(&officer, &number).await,
        fact("identity-verified", "against")
    );

    // The same, while the filing is entered.
    let begun = json!({"content": call(filing())});
    let begun = city.post("/drafts", begun).await.unwrap().good().unwrap();
    let draft = format!("/drafts/{}", begun["id"].as_str().unwrap());
    let identify = |version: u32, number: &str| json!({"version": version, "of": consumer(), "id_number": number});
    let path = format!("{draft}/identities");
    let wrong = city.post(&path, identify(1, LI)).await.unwrap();
    assert_eq!(
        (wrong.status.as_u16(), wrong.pointers()),
        (422, vec!["/id_number"])
    );
    let kept = city
        .post(&path, identify(1, WANG))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(kept["identities"][0]["method"], "service");
    assert_eq!(kept["identities"][0]["token"], Value::Null);
    let smuggled = json!({"version": 2, "content": body.clone()});
    let smuggled = city.put(&draft, smuggled).await.unwrap();
    assert_eq!(smuggled.pointers(), ["/content/identities"]);
    let submit = city
        .post(&format!("{draft}/submission"), json!({"version": 2}))
        .await
        .unwrap();
    let second = number_of(&submit.good().unwrap());
    assert_eq!(
        identities(&officer, &second).await,
        json!([verified(consumer())])
    );
    said += &format!("{}{kept}{}", wrong.body, smuggled.body);

    // And later, on the file.
    let mut neighbours = filing();
    neighbours["representation"] = json!({"joint": {"agreed": true, "others": [
        {"name": "李芳", "phone": "13700137000", "address": "武汉市武昌区中北路3号"}]}});
    let third = city.post("/complaints", call(neighbours)).await.unwrap();
    let third = number_of(&third.good().unwrap());
    let path = format!("/cases/{third}/identities");
    let neighbour = json!({"who": "complainant", "person": 2});
    let of = |who: &Value, number: &str| json!({"of": who, "id_number": number});
    let before = service.asked().len();
    for (nobody, status) in [(&world.agent, 403), (&world.consumer, 404), (&city, 403)] {
        let answer = nobody.post(&path, of(&neighbour, LI)).await.unwrap();
        assert_eq!(answer.status.as_u16(), status);
    }
    let stranger = officer
        .post(&path, of(&json!({"who": "agent"}), LI))
        .await
        .unwrap();
    assert_eq!(stranger.pointers(), ["/of"]);
    assert_eq!(
        service.asked().len(),
        before,
        "who may not record it does not ask"
    );
    let denied = officer.post(&path, of(&neighbour, ZHAO)).await.unwrap();
    let denied = denied.good().unwrap();
    assert_eq!(
        (&denied["verified"], &denied["on"]),
        (&json!(false), &json!("2026-05-18"))
    );
    assert_eq!(
        facts(&officer, &third).await,
        fact("identity-not-confirmed", "for")
    );
    let known = officer
        .post(&path, of(&neighbour, LI))
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(known, verified(neighbour.clone()));
    assert_eq!(
        facts(&officer, &third).await,
        fact("identity-verified", "against")
    );

    // The same person with another telephone is known by what stands for her.
    let similar = officer
        .get(&format!("/cases/{number}/similar"))
        .await
        .unwrap();
    let similar = similar.good().unwrap()["shared"].clone();
    let same = similar
        .as_array()
        .unwrap()
        .iter()
        .find(|it| it["by"] == "identity");
    assert_eq!(same.unwrap()["count"], 1);

    let timeline = officer
        .get(&format!("/cases/{third}/timeline"))
        .await
        .unwrap();
    let timeline = timeline.good().unwrap();
    let checks = timeline.as_array().unwrap().iter();
    let checks: Vec<_> = checks
        .filter(|it| it["type"] == "identity_checked")
        .collect();
    assert_eq!(checks.len(), 2);
    assert!(
        checks
            .iter()
            .all(|it| it["data"]["check"]["token"].is_null())
    );
    for reader in [&officer, &world.agent, &his, world.operator()] {
        for path in [
            format!("/cases/{number}"),
            format!("/cases/{number}/timeline"),
            format!("/cases/{number}/dossier"),
            format!("/cases/{number}/grounds"),
            "/exports/cases.csv".to_owned(),
            "/drafts".to_owned(),
        ] {
            said += &reader.get(&path).await.unwrap().body.to_string();
        }
    }
    holds_no_number(&said, &service.numbers());
    let everything = everything(&world);
    assert!(
        everything.contains("13800138000"),
        "it was looked for where filings are"
    );
    holds_no_number(&everything, &service.numbers());
    let request = format!("POST /api/v1/complaints\n{body}");
    let plain = Digest::of(request.as_bytes()).to_string();
    assert!(
        !everything.contains(&plain),
        "a plain hash of few numbers is as good as one"
    );
    let whole = hejie(&world.place, &["ledger", "verify"]);
    assert!(whole.status.success(), "{whole:?}");
}

#[tokio::test]
async fn while_the_service_is_down_nothing_is_filed_with_a_number() {
    let (world, service) = asking(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    service.does(Manner::Fails);
    let mut body = call(filing());
    body["identities"] = json!([{"of": consumer(), "id_number": WANG}]);
    let answer = officer.post("/complaints", body.clone()).await.unwrap();
    assert_eq!(answer.status.as_u16(), 503);
    let listed = officer.get("/cases").await.unwrap().good().unwrap();
    assert_eq!(listed["cases"], json!([]));
    let hers = world
        .consumer
        .post(
            "/complaints",
            json!({"filing": filing(),
        "identities": body["identities"]}),
        )
        .await
        .unwrap();
    assert_eq!(hers.pointers(), ["/identities"], "she verifies her account");
    let incomplete =
        json!({"filing": filing(), "channel": "hotline", "identities": body["identities"]});
    let incomplete = officer.post("/complaints", incomplete).await.unwrap();
    assert_eq!(incomplete.pointers(), ["/caller"]);
    assert_eq!(
        service.asked().len(),
        1,
        "nothing leaves for what is not filed"
    );
    body.as_object_mut().unwrap().remove("identities");
    officer
        .post("/complaints", body)
        .await
        .unwrap()
        .good()
        .unwrap();
    holds_no_number(&everything(&world), &service.numbers());
}

#[tokio::test]
async fn an_account_that_files_under_another_name_is_a_fact_to_weigh() {
    let (world, _service) = asking(Kind::Sqlite).await;
    let verify = json!({"name": "王 小明", "id_number": WANG});
    // The service knows her without the space that she typed.
    let spaced = world
        .consumer
        .post("/identity/verification", verify)
        .await
        .unwrap();
    assert_eq!(spaced.status.as_u16(), 422);
    let verify = json!({"name": "王小明", "id_number": WANG});
    world
        .consumer
        .post("/identity/verification", verify)
        .await
        .unwrap()
        .good()
        .unwrap();
    let officer = world.officer("420106").await;
    let file = async |name: &str| {
        let mut filing = filing();
        filing["consumer"]["name"] = json!(name);
        let filed = world
            .consumer
            .post("/complaints", json!({"filing": filing}))
            .await;
        number_of(&filed.unwrap().good().unwrap())
    };
    let own = file("王 小明").await;
    assert_eq!(
        facts(&officer, &own).await,
        fact("identity-verified", "against")
    );
    let other = file("王大明").await;
    let known = identities(&officer, &other).await;
    assert_eq!(
        (&known[0]["verified"], &known[0]["same_name"]),
        (&json!(true), &json!(false))
    );
    assert_eq!(
        facts(&officer, &other).await,
        fact("identity-of-another-name", "for")
    );
    // Told, and not refused: what it comes to is found by an officer.
    officer.act(&other, "acceptance", json!({})).await.unwrap();
}

#[tokio::test]
async fn what_was_confirmed_under_one_name_is_not_of_the_next() {
    let (world, _service) = asking(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let begun = json!({"content": call(filing())});
    let begun = officer
        .post("/drafts", begun)
        .await
        .unwrap()
        .good()
        .unwrap();
    let draft = format!("/drafts/{}", begun["id"].as_str().unwrap());
    let identify = json!({"version": 1, "of": consumer(), "id_number": WANG});
    officer
        .post(&format!("{draft}/identities"), identify)
        .await
        .unwrap()
        .good()
        .unwrap();
    let mut renamed = call(filing());
    renamed["filing"]["consumer"]["name"] = json!("王大明");
    let saved = officer
        .put(&draft, json!({"version": 2, "content": renamed}))
        .await;
    saved.unwrap().good().unwrap();
    let filed = officer
        .post(&format!("{draft}/submission"), json!({"version": 3}))
        .await;
    let number = number_of(&filed.unwrap().good().unwrap());
    assert_eq!(
        facts(&officer, &number).await,
        fact("identity-of-another-name", "for")
    );
}
