//! Reports, inquiries and incidents through power cuts between and within any two steps:
//! nothing acknowledged is lost, and what is sent once more is done once.

use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::power_cut::{hejie, sent_through_a_cut};
use crate::reports::{everything_of, named};
use crate::world::{Kind, World};

/// Who takes the step, the act, and what is sent.
type Step = (usize, &'static str, Value);

/// Sends what opens the file and then each step, every time through a cut; the number.
async fn cut_at_every_step(
    world: &mut World,
    tokens: &[String],
    (kind, opening): (&str, Value),
    steps: Vec<Step>,
    milliseconds: u64,
) -> String {
    let kind = format!("/{kind}");
    let opened = sent_through_a_cut(world, &tokens[0], &kind, opening, "open", milliseconds);
    let opened = opened.await;
    let number = opened["number"].as_str().unwrap().to_owned();
    for (step, (who, act, body)) in steps.into_iter().enumerate() {
        let path = format!("{kind}/{number}/{act}");
        let key = format!("step-{step}");
        sent_through_a_cut(world, &tokens[who], &path, body, &key, milliseconds).await;
    }
    number
}

/// How often the ledgers have each of these, after the host has stopped and all of it
/// was verified.
async fn counted(world: &mut World, wanted: &[(&str, usize)]) {
    assert!(world.host.take().unwrap().stop().unwrap());
    let verified = hejie(world, &["ledger", "verify"]);
    assert!(verified.status.success(), "{verified:?}");
    let ledger = everything_of(world, "SELECT entry FROM ledger").await;
    for (kind, times) in wanted {
        let found = ledger.matches(&format!("\"kind\":\"{kind}\"")).count();
        assert_eq!(found, *times, "{kind}");
    }
}

async fn token_of(world: &World, id: &str, unit: &str) -> String {
    let officer = world.operator().officer(id, "周", unit, "head").await;
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
#[case(Kind::Sqlite, 4)]
#[case(Kind::Postgres, 2)]
#[tokio::test]
async fn a_report_loses_and_doubles_nothing(#[case] kind: Kind, #[case] milliseconds: u64) {
    let mut world = World::new(kind).await;
    let tokens = [
        world.consumer.token.clone(),
        token_of(&world, "o-1", "420106").await,
        token_of(&world, "o-2", "420106").await,
        token_of(&world, "s-1", "420100").await,
    ];
    let opening = ("reports", named());
    let number = cut_at_every_step(&mut world, &tokens, opening, report_steps(), milliseconds);
    let number = number.await;
    let handler = Client::new(&world.host().url, &tokens[1]);
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
    counted(&mut world, &wanted).await;
    let identities = everything_of(&world, "SELECT document FROM identities").await;
    assert_eq!(identities.matches("举报者甲").count(), 1);
}

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Sqlite, 3)]
#[case(Kind::Postgres, 1)]
#[tokio::test]
async fn two_reports_are_merged_both_or_neither(#[case] kind: Kind, #[case] milliseconds: u64) {
    let mut world = World::new(kind).await;
    let token = token_of(&world, "o-1", "420106").await;
    let mut numbers = Vec::new();
    for _ in 0..2 {
        let received = world.consumer.post("/reports", named()).await.unwrap();
        numbers.push(
            received.good().unwrap()["number"]
                .as_str()
                .unwrap()
                .to_owned(),
        );
    }
    let path = format!("/reports/{}/merger", numbers[1]);
    let merge = json!({"into": numbers[0], "reason": "同一被举报人的新事实"});
    let asked = tokio::spawn({
        let (handler, body) = (Client::new(&world.host().url, &token), merge.clone());
        let path = path.clone();
        async move { handler.post(&path, body).await }
    });
    tokio::time::sleep(std::time::Duration::from_millis(milliseconds)).await;
    world.host.take().unwrap().kill().unwrap();
    let acknowledged = asked.await.unwrap().is_ok_and(|it| it.status.is_success());
    world.start_again();
    let handler = Client::new(&world.host().url, &token);
    let read = async |number: &str| {
        let report = handler.get(&format!("/reports/{number}")).await.unwrap();
        report.good().unwrap()
    };
    let (into, from) = (read(&numbers[0]).await, read(&numbers[1]).await);
    let merged = from["phase"] == "closed";
    assert_eq!(
        into["merged"],
        if merged {
            json!([numbers[1]])
        } else {
            json!([])
        }
    );
    assert!(merged || !acknowledged, "what was acknowledged is there");
    // The route takes no key: it says itself whether there is anything left to do.
    let again = handler.post(&path, merge).await.unwrap();
    assert_eq!(again.status.as_u16(), if merged { 409 } else { 200 });
    counted(&mut world, &[("report_merged", 1), ("facts_merged", 1)]).await;
}

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Sqlite, 3)]
#[case(Kind::Postgres, 1)]
#[tokio::test]
async fn an_inquiry_loses_and_doubles_nothing(#[case] kind: Kind, #[case] milliseconds: u64) {
    let mut world = World::new(kind).await;
    let tokens = [
        world.consumer.token.clone(),
        token_of(&world, "o-1", "420106").await,
        token_of(&world, "s-1", "420100").await,
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
    let number = cut_at_every_step(&mut world, &tokens, opening, steps, milliseconds).await;
    let asker = Client::new(&world.host().url, &tokens[0]);
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
    counted(&mut world, &wanted).await;
}

#[rstest]
#[case(Kind::Sqlite, 0)]
#[case(Kind::Sqlite, 3)]
#[case(Kind::Postgres, 1)]
#[tokio::test]
async fn an_incident_loses_and_doubles_nothing(#[case] kind: Kind, #[case] milliseconds: u64) {
    let mut world = World::new(kind).await;
    let received = world.consumer.post("/reports", named()).await.unwrap();
    let file = received.good().unwrap()["number"].clone();
    let tokens = [
        token_of(&world, "s-1", "420100").await,
        token_of(&world, "o-1", "420106").await,
    ];
    let opening = json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch",
        "subject": "20260401A", "commander": {"id": "s-1", "name": "周"}});
    let task = json!({"unit": "420106", "what": "下架并抽检", "due_at": "2026-05-30T06:00:00Z"});
    let commander = json!({"commander": {"id": "s-2", "name": "吴"}});
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
    let number = cut_at_every_step(&mut world, &tokens, opening, steps, milliseconds).await;
    let city = Client::new(&world.host().url, &tokens[0]);
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
    counted(&mut world, &wanted).await;
}
