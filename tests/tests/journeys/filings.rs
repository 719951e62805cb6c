//! One door for all that somebody brings: a complaint, a report, both, or a question; by
//! herself, by an officer's draft, by a partner.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::partners::{Hotline, NOW};
use crate::reports::{anonymous, named, report};
use crate::world::{Kind, World, filing};

fn both() -> Value {
    json!({"filing": filing(), "report": report()})
}

fn text<'a>(value: &'a Value, field: &str) -> &'a str {
    value[field].as_str().unwrap_or_default()
}

async fn officers_view(officer: &Client, report: &str) -> Value {
    let path = format!("/reports/{report}/identity");
    let reading = json!({"reason": "核对"});
    officer.post(&path, reading).await.unwrap().good().unwrap()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn she_files_both_straight_to_the_authority_and_once(#[case] kind: Kind) {
    let world = World::new(kind).await;
    let mut straight = both();
    straight["negotiate"] = json!(false);
    let filed = world
        .consumer
        .post_once("/filings", straight.clone(), "k-1");
    let filed = filed.await.unwrap().good().unwrap();
    assert_eq!(text(&filed, "phase"), "registered");
    assert_eq!(text(&filed["report"], "phase"), "verifying");
    let again = world.consumer.post_once("/filings", straight, "k-1").await;
    let again = again.unwrap();
    assert!(again.replayed && again.body == filed, "{:?}", again.body);
    let reports = world
        .consumer
        .get("/reports")
        .await
        .unwrap()
        .good()
        .unwrap();
    assert_eq!(reports["files"].as_array().unwrap().len(), 1, "{reports}");
    let officer = world.officer("420106").await;
    let who = officers_view(&officer, text(&filed["report"], "number")).await;
    assert_eq!(who["complaint"], filed["number"]);
}

#[tokio::test]
async fn a_call_that_is_both_becomes_two_files_from_one_draft() {
    let world = World::new(Kind::Sqlite).await;
    let clerk = world.officer_as("420100", "intake").await;
    let mut content = both();
    content["channel"] = json!("hotline");
    content["caller"] = json!("027-87654321");
    content["consumer_id"] = json!("c-1");
    let begun = clerk.post("/drafts", json!({"content": content})).await;
    let draft = format!("/drafts/{}/submission", text(&begun.unwrap().body, "id"));
    let version = json!({"version": 1});
    let filed = clerk.post_once(&draft, version.clone(), "s-1").await;
    let filed = filed.unwrap().good().unwrap();
    let again = clerk.post_once(&draft, version, "s-1").await.unwrap();
    assert!(again.replayed && again.body == filed);
    let handler = world.officer("420106").await;
    let case = handler.case(text(&filed, "number")).await.unwrap();
    assert_eq!(case["entered"]["channel"], "hotline");
    let path = format!("/reports/{}", text(&filed["report"], "number"));
    let report = handler.get(&path).await.unwrap().good().unwrap();
    assert_eq!(report["filing"]["channel"], "hotline");
    assert!(!case.to_string().contains(text(&filed["report"], "number")));
    let hers = world.consumer.get(&path).await.unwrap();
    assert_eq!(hers.status.as_u16(), 200, "both are on her account");
}

#[rstest]
#[case(json!({"report": anonymous()["report"], "reporter": {"kind": "anonymous"}}), "reports")]
#[case(json!({"report": named()["report"], "reporter": named()["reporter"]}), "reports")]
#[case(json!({"inquiry": {"kind": "consultation", "division": "420106", "text": "能退吗？"},
    "contact": {"name": "王小明", "phone": "13800138000"}}), "inquiries")]
#[tokio::test]
async fn what_a_draft_turns_out_to_be_is_filed_as_that(#[case] said: Value, #[case] kind: &str) {
    let world = World::new(Kind::Sqlite).await;
    let clerk = world.officer_as("420100", "intake").await;
    let mut content = said;
    content["channel"] = json!("hotline");
    let begun = clerk.post("/drafts", json!({"content": content})).await;
    let draft = format!("/drafts/{}/submission", text(&begun.unwrap().body, "id"));
    let version = json!({"version": 1});
    let keyed = clerk.post_once(&draft, version.clone(), "s-1").await;
    assert_eq!(
        keyed.unwrap().status.as_u16(),
        400,
        "its token is shown once"
    );
    let filed = clerk.post(&draft, version).await.unwrap().good().unwrap();
    let back = Client::new(&world.host().url, text(&filed, "token"));
    let own = back
        .get(&format!("/{kind}/{}", text(&filed, "number")))
        .await;
    assert_eq!(own.unwrap().status.as_u16(), 200);
}

#[tokio::test]
async fn the_number_of_a_call_is_kept_where_who_called_is_and_of_nobody_without_a_name() {
    let world = World::new(Kind::Sqlite).await;
    let clerk = world.officer_as("420100", "intake").await;
    let handler = world.officer("420106").await;
    let call = |said: Value| {
        let mut content = said;
        content["channel"] = json!("hotline");
        content["caller"] = json!("027-87654321");
        clerk.post("/filings", content)
    };
    let inquiry = json!({"kind": "consultation", "division": "420106", "text": "能退吗？"});
    let contact = json!({"name": "王小明", "phone": "13800138000"});
    for (said, name) in [
        (
            json!({"inquiry": inquiry, "contact": contact}),
            json!("王小明"),
        ),
        (json!({"inquiry": inquiry}), Value::Null),
    ] {
        let asked = call(said).await.unwrap().good().unwrap();
        let path = format!("/inquiries/{}", text(&asked, "number"));
        let seen = handler.get(&path).await.unwrap().good().unwrap();
        let contact = &seen["contact"];
        assert_eq!(
            (&contact["name"], &contact["caller"]),
            (&name, &json!("02787654321"))
        );
        let back = Client::new(&world.host().url, text(&asked, "token"));
        let own = back.get(&path).await.unwrap().good().unwrap();
        assert!(!own.to_string().contains("02787654321"), "{own}");
    }
    let said = json!({"report": report(), "reporter": named()["reporter"]});
    let reported = call(said).await.unwrap().good().unwrap();
    let number = text(&reported, "number");
    let seen = handler.get(&format!("/reports/{number}")).await;
    let seen = seen.unwrap().good().unwrap();
    assert!(!seen.to_string().contains("02787654321"), "{seen}");
    let who = officers_view(&handler, number).await;
    assert_eq!(who["caller"], "02787654321", "{who}");
    let unnamed = json!({"report": report(), "reporter": {"kind": "anonymous"}});
    let refused = call(unnamed).await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), refused.pointers()),
        (422, vec!["/caller"])
    );
}

#[rstest]
#[case(json!({}), "/filing")]
#[case(json!({"report": report()}), "/reporter")]
#[case(json!({"filing": filing(), "reporter": {"kind": "anonymous"}}), "/reporter")]
#[case(json!({"filing": filing(), "report": report(), "reporter": {"kind": "anonymous"}}), "/reporter")]
#[case(json!({"filing": filing(), "contact": {"name": "王", "phone": "13800138000"}}), "/contact")]
#[case(json!({"report": report(), "reporter": named()["reporter"], "caller": "027-87654321"}), "/caller")]
#[case(json!({"inquiry": {"kind": "consultation", "division": "420106", "text": "?"}, "caller": "027-87654321"}), "/caller")]
#[case(json!({"report": report(), "reporter": {"kind": "anonymous"}, "register_at": "intake_unit"}), "/register_at")]
#[case(json!({"filing": filing(), "caller": "027-87654321"}), "/caller")]
#[case(json!({"filing": filing(), "channel": "web"}), "/channel")]
#[case(json!({"report": report(), "reporter": {"kind": "anonymous"}, "negotiate": true}), "/negotiate")]
#[case(json!({"inquiry": {"kind": "consultation", "division": "420106", "text": "?"}, "report": report()}), "/inquiry")]
#[tokio::test]
async fn what_does_not_go_together_is_told(#[case] brought: Value, #[case] pointer: &str) {
    let world = World::new(Kind::Sqlite).await;
    let refused = world.consumer.post("/filings", brought).await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), refused.pointers()),
        (422, vec![pointer])
    );
    let agent = world.agent.post("/filings", both()).await.unwrap();
    assert_eq!(agent.status.as_u16(), 403);
}

async fn four_kinds(kind: Kind) {
    let hotline = Hotline::new(kind).await;
    let mut mixed = both();
    mixed["reference"] = json!("r-1");
    let lines = [
        mixed,
        json!({"reference": "r-2", "report": report(), "reporter": named()["reporter"]}),
        json!({"reference": "r-3", "inquiry":
            {"kind": "suggestion", "division": "420106", "text": "请多设公平秤。"}}),
        json!({"reference": "r-4", "report": report()}),
        json!({"reference": "r-5", "filing": filing(), "reporter": {"kind": "anonymous"}}),
    ];
    let (status, answers) = hotline.sends(&lines).await;
    assert_eq!(status, 200, "{answers}");
    let told = answers["lines"].as_array().unwrap();
    let outcomes: Vec<&str> = told.iter().map(|it| text(it, "outcome")).collect();
    assert_eq!(
        outcomes,
        ["accepted", "accepted", "accepted", "refused", "refused"],
        "{answers}"
    );
    for refused in &told[3..] {
        assert_eq!(refused["problem"]["errors"][0]["pointer"], "/reporter");
    }
    let (_, again) = hotline.sends(&lines).await;
    assert_eq!(again, answers, "the same answers, and nothing twice");

    let officer = hotline.world.officer("420106").await;
    let who = officers_view(&officer, text(&told[0], "report")).await;
    assert_eq!(who["complaint"], told[0]["number"]);
    let suggestion = format!("/inquiries/{}/answer", text(&told[2], "number"));
    let answer = json!({"text": "已经增设。"});
    officer
        .post(&suggestion, answer)
        .await
        .unwrap()
        .good()
        .unwrap();
    let declines = json!({"reason": "不属于本局职责", "route": "请向城管部门反映"});
    let declined = format!("/reports/{}/refusal", text(&told[1], "number"));
    officer
        .post(&declined, declines)
        .await
        .unwrap()
        .good()
        .unwrap();

    let (_, standings) = hotline.asks(&["r-1", "r-2", "r-3"], NOW).await;
    let standings = standings["standings"].as_array().unwrap();
    assert_eq!(text(&standings[0]["report"], "phase"), "verifying");
    assert_eq!(standings[0]["report"]["number"], told[0]["report"]);
    let last = |standing: &Value| standing["statuses"].as_array().unwrap().last().cloned();
    let closed = last(&standings[1]).unwrap();
    assert_eq!(
        (text(&closed, "stage"), text(&closed, "text")),
        ("closed", "请向城管部门反映")
    );
    let answered = last(&standings[2]).unwrap();
    assert_eq!(
        (text(&answered, "result"), text(&answered, "text")),
        ("answered", "已经增设。")
    );
    assert_eq!(standings[2].get("report"), None);
}

#[tokio::test]
async fn a_partner_hands_in_all_four_kinds() {
    four_kinds(Kind::Sqlite).await;
}

#[tokio::test]
async fn a_partner_hands_in_all_four_kinds_on_postgres() {
    four_kinds(Kind::Postgres).await;
}

#[tokio::test]
async fn the_enforcement_system_tells_its_result_itself() {
    let hotline = Hotline::new(Kind::Sqlite).await;
    let world = &hotline.world;
    let officer = world.officer("420106").await;
    let opened = world.consumer.post("/reports", named()).await.unwrap();
    let number = text(&opened.good().unwrap(), "number").to_owned();
    let act = |act: &str, body: Value| {
        let (officer, path) = (officer.clone(), format!("/reports/{number}/{act}"));
        async move { officer.post(&path, body).await.unwrap().good().unwrap() }
    };
    act("verification", json!({"opens": true, "reason": "属实"})).await;
    let told = |case_number: &str| {
        json!({"report": number, "case_number": case_number, "result": {
            "outcome": "penalty", "decided_on": "2026-05-18", "penalty_fen": 5_000_000,
            "decision": "武昌市监罚〔2026〕1号", "summary": "罚款"}})
    };
    let tells = async |body: &Value| hotline.signs("/partners/enforcement-results", body).await;
    let (early, _) = tells(&told("立1号")).await;
    assert_eq!(early, 404, "nothing was handed to it");
    let case = json!({"system": "执法办案系统", "case_number": "立1号", "partner": "hotline"});
    act("enforcement", case).await;
    let (other, problem) = tells(&told("立2号")).await;
    assert_eq!(
        (other.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/case_number"))
    );
    let mut late = told("立1号");
    late["result"]["decided_on"] = json!("2026-05-19");
    let (wrong, problem) = tells(&late).await;
    assert_eq!(
        (wrong.as_u16(), &problem["errors"][0]["pointer"]),
        (422, &json!("/result/decided_on"))
    );
    let (ended, receipt) = tells(&told("立1号")).await;
    assert_eq!((ended.as_u16(), text(&receipt, "phase")), (200, "closed"));
    let (again, receipt) = tells(&told("立1号")).await;
    assert_eq!((again.as_u16(), &receipt["events"]), (200, &json!([])));
    let mut corrected = told("立1号");
    corrected["result"]["summary"] = json!("更正：罚款五万元");
    assert_eq!(tells(&corrected).await.0, 200);
    let report = officer.get(&format!("/reports/{number}")).await.unwrap();
    let report = report.good().unwrap();
    assert_eq!(report["enforcement"]["result"]["penalty_fen"], 5_000_000);
    assert_eq!(
        report["enforcement"]["result"]["summary"],
        "更正：罚款五万元"
    );
    let timeline = officer.get(&format!("/reports/{number}/timeline")).await;
    let timeline = timeline.unwrap().good().unwrap();
    let entries = timeline.as_array().unwrap().iter();
    let mut decided = entries.filter(|it| it["type"] == "enforcement_decided");
    assert_eq!(decided.next().unwrap()["by"]["id"], "hotline");
    assert_eq!(decided.count(), 1, "what it corrected");
}
