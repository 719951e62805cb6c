//! What an authority puts right: what was taken down wrongly, a decision of its own, what
//! was set or entrusted.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::report_documents::text_of;
use crate::reports::anonymous;
use crate::representation::together;
use crate::world::{Kind, World, filing};

async fn read(who: &Client, path: &str) -> Value {
    who.get(path).await.unwrap().good().unwrap()
}

async fn does(who: &Client, number: &str, act: &str, body: Value) -> Value {
    let done = who.act(number, act, body).await;
    done.unwrap_or_else(|fault| panic!("{act}: {fault}"))
}

async fn status(who: &Client, number: &str, act: &str, body: Value) -> u16 {
    let path = format!("/cases/{number}/{act}");
    who.post(&path, body).await.unwrap().status.as_u16()
}

/// A caller's complaint of the shop, as an officer took it down.
async fn called(officer: &Client) -> String {
    let call = json!({"filing": filing(), "channel": "hotline", "caller": "027-87654321"});
    let filed = officer.post("/complaints", call).await.unwrap();
    filed.good().unwrap()["number"].as_str().unwrap().to_owned()
}

async fn found(officer: &Client, words: &str) -> usize {
    let list = read(officer, &format!("/work?q={words}")).await;
    list["files"].as_array().unwrap().len()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_name_that_was_heard_wrongly_is_right_on_every_list_and_paper(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let (head, intake) = (
        world.officer("420106").await,
        world.officer_as("420106", "intake").await,
    );
    let number = called(&head).await;
    let right = json!({
        "consumer": {"name": "欧阳晓", "phone": "13900139001", "address": "武汉市武昌区徐东路9号"},
        "respondent": {"name": "江汉百货中南店"},
        "reason": "来电人更正姓名、电话和地址"
    });
    assert_eq!(
        (found(&head, "欧阳晓").await, found(&head, "9001").await),
        (0, 0)
    );
    does(&intake, &number, "correction", right.clone()).await;
    assert_eq!(
        (found(&head, "欧阳晓").await, found(&head, "9001").await),
        (1, 1)
    );
    assert_eq!(found(&head, "中南店").await, 1);
    let again = intake
        .post(&format!("/cases/{number}/correction"), right)
        .await;
    assert_eq!(again.unwrap().status.as_u16(), 422, "nothing is corrected");

    let form = json!({"form": "complaint-registration"});
    does(&head, &number, "documents", form).await;
    let paper = format!("/cases/{number}/documents/1/pdf");
    let paper = text_of(&head.bytes(&paper).await.unwrap());
    for part in ["欧阳晓", "13900139001", "徐东路9号", "江汉百货中南店"] {
        assert!(paper.contains(part), "{part}: {paper}");
    }
    // The other side reads that a name was corrected, and neither number nor address.
    let theirs = read(&world.agent, &format!("/cases/{number}/timeline")).await;
    let entries = theirs.as_array().unwrap();
    let corrected = entries.iter().find(|it| it["type"] == "filing_corrected");
    let corrected = &corrected.unwrap()["data"]["correction"];
    assert_eq!(corrected["consumer"], json!({"name": "欧阳晓"}));
    assert!(!theirs.to_string().contains("13900139001"), "{theirs}");
}

#[tokio::test]
async fn who_complains_beside_her_is_put_right_and_the_whole_file_says_what_stood_there() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let call = json!({"filing": together(), "channel": "hotline", "caller": "027-87654321"});
    let filed = officer.post("/complaints", call).await.unwrap();
    let filed = filed.good().unwrap();
    let number = filed["number"].as_str().unwrap();
    let right = json!({"others": [{"person": 2, "name": "李芬", "phone": "13700137001",
        "address": "武汉市武昌区中北路4号"}], "reason": "推选书上的姓名"});
    does(&officer, number, "correction", right).await;
    let case = read(&officer, &format!("/cases/{number}")).await;
    let others = &case["filing"]["representation"]["joint"]["others"];
    assert_eq!(
        (&others[0]["name"], &others[1]["name"]),
        (&json!("李芬"), &json!("张强"))
    );
    let before = &case["complaint"]["corrected"][0]["before"]["others"][0];
    assert_eq!(before["name"], "李芳");
    does(&officer, number, "documents", json!({"form": "dossier"})).await;
    let paper = format!("/cases/{number}/documents/1/pdf");
    let paper = text_of(&officer.bytes(&paper).await.unwrap());
    assert!(paper.contains("原登记：李芳"), "{paper}");
    // The other side reads the name, and neither number nor address, now or before.
    let theirs = read(&world.agent, &format!("/cases/{number}/timeline")).await;
    let file = read(&world.agent, &format!("/cases/{number}")).await;
    for secret in ["13700137001", "中北路4号", "13700137000", "中北路3号"] {
        assert!(!theirs.to_string().contains(secret), "{secret}: {theirs}");
        assert!(!file.to_string().contains(secret), "{secret}: {file}");
    }
    assert!(theirs.to_string().contains("李芬"), "{theirs}");
}

#[tokio::test]
async fn what_cannot_be_corrected_is_said_field_by_field() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let number = called(&officer).await;
    let path = format!("/cases/{number}/correction");
    let wrong = [
        (
            json!({"consumer": {"name": ""}, "reason": "误"}),
            "/consumer/name",
        ),
        (
            json!({"consumer": {"phone": "12"}, "reason": "误"}),
            "/consumer/phone",
        ),
        (
            json!({"respondent": {"credit_code": "91"}, "reason": "误"}),
            "/respondent/credit_code",
        ),
        (
            json!({"respondent": {"name": "新"}, "reason": ""}),
            "/reason",
        ),
        (json!({"reason": "误"}), ""),
    ];
    for (body, pointer) in wrong {
        let refused = officer.post(&path, body.clone()).await.unwrap();
        assert_eq!(refused.status.as_u16(), 422, "{body}");
        assert_eq!(refused.pointers(), [pointer], "{body}");
    }
    let report = officer.post("/reports", anonymous()).await.unwrap();
    let report = report.good().unwrap()["number"]
        .as_str()
        .unwrap()
        .to_owned();
    let path = format!("/reports/{report}/correction");
    let hers = json!({"consumer": {"name": "王"}, "reason": "误"});
    let hers = officer.post(&path, hers).await.unwrap();
    assert_eq!(hers.pointers(), ["/consumer"]);
    let right = json!({"respondent": {"name": "江汉食品厂"}, "reason": "误"});
    officer.post(&path, right).await.unwrap().good().unwrap();
    let shown = read(&officer, &format!("/reports/{report}")).await;
    assert_eq!(shown["filing"]["reported"]["name"], "江汉食品厂");
}

#[tokio::test]
async fn a_refusal_is_revoked_by_a_head_and_the_complaint_accepted() {
    let world = World::new(Kind::Sqlite).await;
    let (head, handler) = (
        world.officer("420106").await,
        world.officer_as("420106", "handler").await,
    );
    let number = called(&head).await;
    let ground = json!({"ground": "no-power", "reason": "误判为无处理权限"});
    does(&handler, &number, "refusal", ground).await;
    let why = || json!({"reason": "被投诉人在本辖区经营"});
    assert_eq!(status(&handler, &number, "revocation", why()).await, 403);
    let revoked = does(&head, &number, "revocation", why()).await;
    assert_eq!(revoked["phase"], "registered");
    let accepted = does(&handler, &number, "acceptance", json!({})).await;
    assert_eq!(accepted["phase"], "accepted");
    assert_eq!(status(&head, &number, "revocation", why()).await, 409);
    // Why is the authority's own; that it was is in the whole file.
    let theirs = read(&world.agent, &format!("/cases/{number}")).await;
    let theirs = theirs["complaint"]["revoked"].to_string();
    assert!(
        theirs.contains("no-power") && !theirs.contains("本辖区"),
        "{theirs}"
    );
    let timeline = read(&world.agent, &format!("/cases/{number}/timeline")).await;
    assert!(!timeline.to_string().contains("本辖区"), "{timeline}");
    does(&head, &number, "documents", json!({"form": "dossier"})).await;
    let paper = format!("/cases/{number}/documents/1/pdf");
    let paper = text_of(&head.bytes(&paper).await.unwrap());
    assert!(
        paper.contains("撤销原处理决定") && paper.contains("本辖区"),
        "{paper}"
    );
}

#[tokio::test]
async fn a_session_is_put_off_and_an_association_gives_a_mediation_back() {
    let world = World::new(Kind::Sqlite).await;
    let officer = world.officer("420106").await;
    let council = json!({"kind": "mediator", "id": "m-1", "organisation": "council", "name": "李"});
    let council = world.operator().for_principal(council).await.unwrap();
    let number = called(&officer).await;
    does(&officer, &number, "acceptance", json!({})).await;
    for side in ["consumer", "respondent"] {
        let yes = json!({"side": side, "agrees": true, "delegation": true, "means": "phone"});
        does(&officer, &number, "mediation-answer", yes).await;
    }
    let session = |day: &str| {
        let at = format!("2026-05-{day}T02:00:00Z");
        json!({"mode": "phone", "at": at, "mediator": "周敏"})
    };
    let why = || json!({"reason": "经营者来电改期"});
    does(&officer, &number, "sessions", session("20")).await;
    does(&officer, &number, "sessions/1/cancellation", why()).await;
    assert_eq!(
        status(&officer, &number, "sessions/1/cancellation", why()).await,
        409
    );
    let form = json!({"form": "mediation-notice"});
    assert_eq!(
        status(&officer, &number, "documents", form.clone()).await,
        409
    );
    does(&officer, &number, "sessions", session("22")).await;

    let entrusts = json!({"association": "council"});
    assert_eq!(
        status(&officer, &number, "delegation/end", why()).await,
        409
    );
    does(&officer, &number, "delegation", entrusts.clone()).await;
    does(&council, &number, "delegation/end", why()).await;
    let gone = council.get(&format!("/cases/{number}")).await.unwrap();
    assert_eq!(gone.status.as_u16(), 404, "it is theirs no more");
    does(&officer, &number, "delegation", entrusts).await;
    let back = does(&officer, &number, "delegation/end", why()).await;
    assert_eq!(back["events"], json!(["delegation_ended"]));
}

#[tokio::test]
async fn what_urges_an_authority_on_leaves_no_trace_for_the_parties() {
    let world = World::new(Kind::Sqlite).await;
    let (officer, city) = (world.officer("420106").await, world.officer("420100").await);
    let number = called(&officer).await;
    let urges = json!({"urgency": "urgent", "matter": "尽快办理"});
    does(&city, &number, "supervision", urges).await;
    does(
        &officer,
        &number,
        "supervision/1/answer",
        json!({"answer": "今日办理"}),
    )
    .await;
    let timeline = format!("/cases/{number}/timeline");
    let of_clocks = |entries: &Value| {
        let entries = entries.as_array().unwrap().iter();
        let clocks = entries.filter(|it| it["type"].as_str().unwrap().starts_with("clock_"));
        clocks
            .map(|it| it["data"]["clock"].clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(of_clocks(&read(&officer, &timeline).await), [1, 2, 2]);
    assert_eq!(of_clocks(&read(&world.agent, &timeline).await), [1]);
}
