//! The official documents of a report: issued and served without the reporter's name, and
//! drawn with it for the unit that handles the report, each time with a reason.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use hejie_domain::identifiers::digest::Digest;
use hejie_tests::Client;
use reqwest::Method;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::{Desk, SECRETS, anonymous, everything_of, named, number};
use crate::world::Kind;

/// A PDF as it is read, without the spaces that a line's end leaves.
pub fn text_of(pdf: &[u8]) -> String {
    let text = pdf_extract::extract_text_from_mem(pdf).unwrap();
    text.split_whitespace().collect()
}

fn notice() -> Value {
    json!({"form": "report-result-notice", "values": {"law": "中华人民共和国食品安全法",
        "law_article": "一百一十五", "result": "已对被举报人作出行政处罚。"}})
}

/// The paper with the name, or the problem in its place.
async fn identified(who: &Client, number: &str, seq: u32, body: Value) -> reqwest::Response {
    let path = format!("/reports/{number}/documents/{seq}/identified");
    let request = who.odd(Method::POST, &path).json(&body);
    request.send().await.unwrap()
}

fn why() -> Value {
    json!({"reason": "告知书须邮寄举报人"})
}

/// Registered, verified, filed, fined, and the reporter told by letter.
async fn told(desk: &Desk, handler: &Client) -> String {
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let registration = json!({"form": "report-registration"});
    desk.does(handler, &number, "documents", registration).await;
    let documents = format!("/reports/{number}/documents");
    assert_eq!(
        desk.status(handler, &documents, Some(notice())).await,
        409,
        "there is no result yet"
    );
    let opens = json!({"opens": true, "reason": "现场检查属实"});
    desk.does(handler, &number, "verification", opens).await;
    let result = json!({"outcome": "penalty", "decided_on": "2026-05-18", "penalty_fen": 5_000_000,
        "decision": "武昌市监罚〔2026〕1号", "summary": "罚款"});
    desk.does(handler, &number, "enforcement/result", result)
        .await;
    desk.does(handler, &number, "documents", notice()).await;
    let by_letter = json!({"to": "consumer", "means": "letter", "note": "挂号信"});
    desk.does(handler, &number, "documents/2/service", by_letter)
        .await;
    number
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_kept_of_a_reports_documents_has_no_name(#[case] kind: Kind) {
    let mut desk = Desk::open(kind).await;
    let handler = desk.officer("o-1", "420106").await;
    let number = told(&desk, &handler).await;
    let record = json!({"form": "service-record"});
    desk.does(&handler, &number, "documents", record).await;
    let file = handler.get(&format!("/reports/{number}")).await.unwrap();
    let file = file.good().unwrap();
    assert_eq!(file["documents"][1]["number"], "鄂武昌市监举告〔2026〕1号");

    // The reporter and the superior unit read the very bytes that the ledger has the hash of.
    let city = desk.officer("s-1", "420100").await;
    for (reader, documents) in [(&desk.reporter, 1..=2), (&city, 1..=3)] {
        for seq in documents {
            let paper = format!("/reports/{number}/documents/{seq}/pdf");
            let paper = reader.bytes(&paper).await.unwrap();
            let kept = &file["documents"][seq - 1]["content"]["pdf"];
            assert_eq!(*kept, Digest::of(&paper).to_string());
        }
    }
    let hers = desk.reporter.get(&format!("/reports/{number}")).await;
    let hers = hers.unwrap().good().unwrap();
    assert_eq!(hers["documents"].as_array().unwrap().len(), 2);
    assert_eq!(hers["documents"][1]["services"][0]["means"], "letter");
    let unserved = format!("/reports/{number}/documents/3");
    assert_eq!(desk.status(&desk.reporter, &unserved, None).await, 404);

    // With the name it is drawn once, and what is kept stays as it is.
    let with_name = identified(&handler, &number, 2, why()).await;
    assert_eq!(with_name.status().as_u16(), 200);
    assert_eq!(with_name.headers()["cache-control"], "no-store");
    let with_name = text_of(&with_name.bytes().await.unwrap());
    assert!(with_name.contains(SECRETS[0]), "{with_name}");
    let registered = identified(&handler, &number, 1, why()).await;
    let registered = text_of(&registered.bytes().await.unwrap());
    for secret in &SECRETS[..3] {
        assert!(registered.contains(secret), "{secret} in {registered}");
    }

    let papers = everything_of_papers(&desk).await;
    assert!(papers.contains("已对被举报人作出行政处罚"), "{papers}");
    let texts = "SELECT body FROM attachments WHERE media_type = 'application/json'";
    let kept = papers
        + &everything_of(&desk.world.place, texts).await
        + &everything_of(&desk.world.place, "SELECT entry FROM ledger").await
        + &everything_of(&desk.world.place, "SELECT snapshot FROM cases").await
        + &std::fs::read_to_string(desk.world.place.data.join("hejie.log")).unwrap();
    assert!(kept.contains("实名举报人（身份另行保管）"));
    for secret in SECRETS {
        assert!(!kept.contains(secret), "{secret} is kept");
    }
    assert!(desk.world.host.take().unwrap().stop().unwrap());
    let verified = hejie(&desk.world.place, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
}

/// What every PDF of the store says.
async fn everything_of_papers(desk: &Desk) -> String {
    let statement = "SELECT body || ' ' FROM attachments WHERE media_type = 'application/pdf'";
    let papers = everything_of(&desk.world.place, statement).await;
    let papers = papers.split_whitespace();
    let papers = papers.map(|body| text_of(&BASE64_STANDARD.decode(body).unwrap()));
    papers.collect()
}

#[tokio::test]
async fn a_document_with_the_name_is_for_the_handling_unit_and_leaves_a_trace() {
    let desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", "420106").await;
    let number = told(&desk, &handler).await;
    let (city, neighbour) = (
        desk.officer("s-1", "420100").await,
        desk.officer("n-1", "420111").await,
    );
    for (reader, status) in [
        (&city, 403),
        (&neighbour, 404),
        (&desk.reporter, 403),
        (&desk.world.agent, 404),
        (desk.world.operator(), 404),
    ] {
        let answer = identified(reader, &number, 2, why()).await;
        assert_eq!(answer.status().as_u16(), status);
    }
    let path = format!("/reports/{number}/documents/2");
    for reader in [&neighbour, &desk.world.agent, desk.world.operator()] {
        for part in ["", "/page", "/pdf"] {
            let read = desk.status(reader, &format!("{path}{part}"), None).await;
            assert_eq!(read, 404);
        }
    }
    let page = desk.reporter.bytes(&format!("{path}/page")).await.unwrap();
    let page = String::from_utf8(page).unwrap();
    assert!(page.contains("举报人：") && page.contains("已对被举报人作出行政处罚"));

    let timeline = format!("/reports/{number}/timeline");
    let before = handler.get(&timeline).await.unwrap().good().unwrap();
    for (seq, body, status) in [(2, json!({"reason": ""}), 422), (9, why(), 404)] {
        let answer = identified(&handler, &number, seq, body).await;
        assert_eq!(answer.status().as_u16(), status);
    }
    let after = handler.get(&timeline).await.unwrap().good().unwrap();
    assert_eq!(before, after, "what is not read leaves no trace");
    let read = identified(&handler, &number, 2, why()).await;
    assert_eq!(read.status().as_u16(), 200);
    let after = handler.get(&timeline).await.unwrap().good().unwrap();
    let last = after.as_array().unwrap().last().unwrap();
    assert_eq!(last["type"], "identity_read");
    assert_eq!(
        last["data"],
        json!({"reason": "告知书须邮寄举报人", "document": 2})
    );
}

#[tokio::test]
async fn nobody_writes_the_reporter_into_a_document() {
    let desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", "420106").await;
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let path = format!("/reports/{number}/documents");
    for field in [
        "reporter_name",
        "reporter_phone",
        "reporter_address",
        "reporter_id_number",
    ] {
        let values = json!({"form": "report-registration", "values": {field: SECRETS[1]}});
        let answer = handler.post(&path, values).await.unwrap();
        let pointer = format!("/values/{field}");
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![pointer.as_str()])
        );
    }
    for (body, pointer) in [
        (json!({"form": "complaint-registration"}), "/form"),
        (json!({"form": "love-letter"}), "/form"),
        (
            json!({"form": "report-registration", "to": "respondent"}),
            "/to",
        ),
    ] {
        let answer = handler.post(&path, body).await.unwrap();
        assert_eq!(
            (answer.status.as_u16(), answer.pointers()),
            (422, vec![pointer])
        );
    }
    let forms = handler.get(&format!("/reports/{number}/forms")).await;
    let forms = forms.unwrap().good().unwrap();
    let listed: Vec<_> = forms.as_array().unwrap().iter().collect();
    let possible = listed.iter().map(|it| (&it["id"], &it["possible"]));
    assert_eq!(
        possible.collect::<Vec<_>>(),
        [
            (&json!("report-registration"), &json!(true)),
            (&json!("dispatch-notice"), &json!(false)),
            (&json!("report-result-notice"), &json!(false)),
            (&json!("service-record"), &json!(false)),
        ]
    );
}

#[tokio::test]
async fn a_report_without_a_name_is_registered_and_has_no_notice_of_its_result() {
    let desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", "420106").await;
    let receipt = desk.receive(&desk.reporter, anonymous()).await;
    let number = number(&receipt);
    let registration = json!({"form": "report-registration"});
    desk.does(&handler, &number, "documents", registration)
        .await;
    let said = handler.get(&format!("/reports/{number}/documents/1")).await;
    let said = said.unwrap().good().unwrap();
    assert_eq!(said["values"]["reporter_name"], "匿名举报人");
    let closes = json!({"opens": false, "reason": "未发现违法事实"});
    desk.does(&handler, &number, "verification", closes).await;
    let documents = format!("/reports/{number}/documents");
    assert_eq!(desk.status(&handler, &documents, Some(notice())).await, 409);
    let answer = identified(&handler, &number, 1, why()).await;
    assert_eq!(answer.status().as_u16(), 409);
}

#[tokio::test]
async fn a_report_that_is_sent_down_goes_with_a_notice_that_names_nobody() {
    let desk = Desk::open(Kind::Sqlite).await;
    let number = number(&desk.receive(&desk.reporter, named()).await);
    let city = desk.officer("s-1", "420100").await;
    desk.does(&city, &number, "taking-up", json!({"reason": "重大线索"}))
        .await;
    let down = json!({"to": "420106", "note": "由行为地核查", "report_by": "2026-06-05"});
    desk.does(&city, &number, "dispatch", down).await;
    let sent = json!({"form": "dispatch-notice", "values": {"copies": 1, "pages": 3}});
    desk.does(&city, &number, "documents", sent).await;
    let said = city.get(&format!("/reports/{number}/documents/1")).await;
    let values = &said.unwrap().good().unwrap()["values"];
    assert_eq!(
        (&values["filer"], &values["track"]),
        (&json!("举报人"), &json!("report"))
    );
    assert_eq!(values["addressee"], "武昌区市场监督管理局");
    let handler = desk.officer("o-1", "420106").await;
    let answer = identified(&handler, &number, 1, why()).await;
    assert_eq!(answer.status().as_u16(), 404, "it names nobody");
    let hers = format!("/reports/{number}/documents/1");
    assert_eq!(desk.status(&desk.reporter, &hers, None).await, 404);
}

#[tokio::test]
async fn the_notice_of_the_result_has_what_the_file_has_of_it() {
    let desk = Desk::open(Kind::Sqlite).await;
    let handler = desk.officer("o-1", "420106").await;
    let declined = json!({"reason": "属于税务管理", "route": "向税务机关反映"});
    let unfounded = json!({"opens": false, "reason": "现场检查未见异常"});
    let ways = [
        ("refusal", declined, vec!["属于税务管理", "向税务机关反映"]),
        (
            "verification",
            unfounded,
            vec!["不予立案", "现场检查未见异常"],
        ),
    ];
    for (act, body, wanted) in ways {
        let number = number(&desk.receive(&desk.reporter, named()).await);
        desk.does(&handler, &number, act, body).await;
        let issued = json!({"form": "report-result-notice",
            "values": {"law": "市场监督管理投诉举报处理办法", "law_article": "第三十六条第一款"}});
        desk.does(&handler, &number, "documents", issued).await;
        let paper = format!("/reports/{number}/documents/1/pdf");
        let said = text_of(&handler.bytes(&paper).await.unwrap());
        for part in wanted {
            assert!(said.contains(part), "{part} in {said}");
        }
        assert!(said.contains("第三十六条第一款规定"), "{said}");
    }
    let number = told(&desk, &handler).await;
    let issued = json!({"form": "report-result-notice",
        "values": {"law": "市场监督管理投诉举报处理办法", "law_article": "三十六"}});
    desk.does(&handler, &number, "documents", issued).await;
    let paper = format!("/reports/{number}/documents/3/pdf");
    let said = text_of(&handler.bytes(&paper).await.unwrap());
    for part in ["依法作出行政处罚", "武昌市监罚〔2026〕1号", "罚款"] {
        assert!(said.contains(part), "{part} in {said}");
    }
}
