//! Reports, inquiries and incidents from beginning to end, with a power cut within each
//! request, at one place between two steps after another: nothing is lost, and what is sent
//! once more is done once.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::cuts::{Cuts, counted};
use crate::platforms::Platform;
use crate::reports::{everything_of, named};
use crate::world::Kind;

/// Who takes the step, the act, and what is sent.
pub type Step = (usize, &'static str, Value);

/// Sends what opens the file and then each step, every time through a cut; the platform
/// afterwards and the number.
pub async fn cut_at_every_step(
    platform: Platform,
    tokens: &[String],
    (kind, opening): (&str, Value),
    steps: Vec<Step>,
    first: usize,
) -> (Platform, String) {
    let mut cuts = Cuts::begin(platform, first).await;
    let opened = cuts.send(&tokens[0], &format!("/{kind}"), opening).await;
    let number = opened["number"].as_str().unwrap().to_owned();
    for (who, act, body) in steps {
        let path = format!("/{kind}/{number}/{act}");
        cuts.send(&tokens[who], &path, body).await;
    }
    (cuts.end(), number)
}

pub async fn token_of(platform: &Platform, id: &str, unit: &str) -> String {
    let officer = platform.operator().officer(id, "周", unit, "head").await;
    officer.unwrap().token
}

fn report_steps() -> Vec<Step> {
    let registration = json!({"form": "report-registration"});
    let notice = json!({"form": "report-result-notice", "values": {
        "law": "中华人民共和国食品安全法", "law_article": "一百一十五", "result": "已处罚。"}});
    let result = json!({"outcome": "penalty", "decided_on": "2026-05-18", "penalty_fen": 5_000_000,
        "decision": "武昌市监罚〔2026〕1号", "summary": "罚款"});
    vec![
        (
            0,
            "supplements",
            json!({"text": "又见一批", "evidence": []}),
        ),
        (1, "documents", registration),
        (
            1,
            "clocks/1/extension-request",
            json!({"reason": "检验未出"}),
        ),
        (
            2,
            "clocks/1/extension",
            json!({"granted": true, "reason": "同意"}),
        ),
        (
            3,
            "supervision",
            json!({"urgency": "urgent", "matter": "请尽快核查"}),
        ),
        (1, "supervision/1/answer", json!({"answer": "正在核查"})),
        (1, "verification", json!({"opens": true, "reason": "属实"})),
        (
            1,
            "enforcement",
            json!({"system": "执法办案", "case_number": "1号"}),
        ),
        (1, "clocks/4/stay", json!({"why": "hearing"})),
        (1, "clocks/4/resumption", json!({})),
        (1, "enforcement/result", result),
        (1, "documents", notice),
        (
            1,
            "documents/2/service",
            json!({"to": "consumer", "means": "letter", "note": null}),
        ),
        (1, "notice", json!({"means": "phone", "result": "已处罚"})),
    ]
}

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Postgres, 3)]
#[tokio::test]
async fn a_report_loses_and_doubles_nothing(#[case] kind: Kind, #[case] first: usize) {
    let platform = Platform::new("hubei", kind, 11);
    let consumer = platform.consumer().await;
    let tokens = [
        consumer.token.clone(),
        token_of(&platform, "o-1", "420106").await,
        token_of(&platform, "o-2", "420106").await,
        token_of(&platform, "s-1", "420100").await,
    ];
    let opening = ("reports", named());
    let steps = report_steps();
    let (mut platform, number) = cut_at_every_step(platform, &tokens, opening, steps, first).await;
    let handler = Client::new(&platform.url(), &tokens[1]);
    let report = handler.get(&format!("/reports/{number}")).await.unwrap();
    let report = report.good().unwrap();
    assert_eq!(
        (&report["phase"], &report["closing"]["kind"]),
        (&json!("closed"), &json!("decided"))
    );
    assert_eq!(report["documents"].as_array().unwrap().len(), 2);
    let wanted = [
        ("report_received", 1),
        ("report_supplemented", 1),
        ("period_extended", 1),
        ("report_verified", 1),
        ("handed_to_enforcement", 1),
        ("enforcement_decided", 1),
        ("document_issued", 2),
        ("document_served", 1),
        ("reporter_notified", 1),
    ];
    counted(&mut platform, &wanted).await;
    let identities = everything_of(&platform.place, "SELECT document FROM identities").await;
    assert_eq!(identities.matches("举报者甲").count(), 1);
}

#[rstest]
#[case(Kind::Sqlite, 1)]
#[case(Kind::Postgres, 4)]
#[tokio::test]
async fn an_inquiry_loses_and_doubles_nothing(#[case] kind: Kind, #[case] first: usize) {
    let platform = Platform::new("hubei", kind, 11);
    let consumer = platform.consumer().await;
    let tokens = [
        consumer.token.clone(),
        token_of(&platform, "o-1", "420106").await,
        token_of(&platform, "s-1", "420100").await,
    ];
    let opening = json!({"contact": {"name": "王小明", "phone": "13800138000"},
        "inquiry": {"kind": "consultation", "division": "420106", "text": "能退货吗？"}});
    let answer = |text: &str| json!({"text": text, "knowledge": null});
    let steps = vec![
        (1, "return", json!({"reason": "not_ours", "note": "请核对"})),
        (
            2,
            "dispatch",
            json!({"to": "420106", "note": "请答复", "report_by": null}),
        ),
        (
            2,
            "supervision",
            json!({"urgency": "general", "matter": "请尽快答复"}),
        ),
        (1, "supervision/1/answer", json!({"answer": "正在拟复"})),
        (1, "answer", answer("七日内可以。")),
        (0, "question", json!({"text": "定做的呢？"})),
        (1, "answer", answer("定做的除外。")),
    ];
    let opening = ("inquiries", opening);
    let (mut platform, number) = cut_at_every_step(platform, &tokens, opening, steps, first).await;
    let asker = Client::new(&platform.url(), &tokens[0]);
    let inquiry = asker.get(&format!("/inquiries/{number}")).await.unwrap();
    let inquiry = inquiry.good().unwrap();
    assert_eq!(inquiry["phase"], "closed");
    assert_eq!(inquiry["answers"].as_array().unwrap().len(), 2);
    let wanted = [
        ("inquiry_received", 1),
        ("file_returned", 1),
        ("file_dispatched", 1),
        ("supervision_opened", 1),
        ("supervision_answered", 1),
        ("inquiry_answered", 2),
        ("inquiry_asked_again", 1),
    ];
    counted(&mut platform, &wanted).await;
}

#[rstest]
#[case(Kind::Sqlite, 2)]
#[case(Kind::Postgres, 5)]
#[tokio::test]
async fn an_incident_loses_and_doubles_nothing(#[case] kind: Kind, #[case] first: usize) {
    let platform = Platform::new("hubei", kind, 11);
    let consumer = platform.consumer().await;
    let received = consumer.post("/reports", named()).await.unwrap();
    let file = received.good().unwrap()["number"].clone();
    let tokens = [
        token_of(&platform, "s-1", "420100").await,
        token_of(&platform, "o-1", "420106").await,
    ];
    let opening = json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch",
        "subject": "20260401A", "commander": {"id": "s-1", "name": "周"}});
    let task = json!({"unit": "420106", "what": "下架并抽检", "due_at": "2026-05-30T06:00:00Z"});
    token_of(&platform, "s-2", "420100").await;
    let commander = json!({"commander": {"id": "s-2", "name": "周"}});
    let steps = vec![
        (0, "files", json!({"files": [file]})),
        (0, "tasks", task),
        (1, "tasks/1/report", json!({"text": "已下架", "done": true})),
        (
            0,
            "level",
            json!({"level": "extremely_urgent", "reason": "涉及婴幼儿"}),
        ),
        (0, "commander", commander),
        (0, "log", json!({"body": "已通知生产企业"})),
        (0, "situations", json!({"text": "无人员伤亡"})),
        (0, "release", json!({"file": file, "reason": "另案处理"})),
        (0, "closing", json!({"summary": "全部召回"})),
    ];
    let opening = ("incidents", opening);
    let (mut platform, number) = cut_at_every_step(platform, &tokens, opening, steps, first).await;
    let city = Client::new(&platform.url(), &tokens[0]);
    let incident = city.get(&format!("/incidents/{number}")).await.unwrap();
    assert_eq!(incident.good().unwrap()["phase"], "closed");
    let wanted = [
        ("incident_opened", 1),
        ("files_gathered", 1),
        ("task_set", 1),
        ("task_reported", 1),
        ("incident_level_changed", 1),
        ("commander_changed", 1),
        ("situation_reported", 1),
        ("file_released", 1),
        ("incident_closed", 1),
    ];
    counted(&mut platform, &wanted).await;
}
