//! Two officers on one file at the same moment, each at a node of her own: exactly one
//! act is carried out, the other is told why not, and goes on.

use hejie_tests::{Answer, Client, Host, Place};
use serde_json::{Value, json};

use crate::power_cut::hejie;
use crate::reports::anonymous;
use crate::world::{Kind, World};

/// Chance decides who comes first: a few rounds have both orders.
const ROUNDS: usize = 6;

struct Nodes {
    world: World,
    second: Host,
}

impl Nodes {
    async fn two() -> Nodes {
        let world = World::new(Kind::Postgres).await;
        let second = Place {
            data: world.place.data.with_file_name("second"),
            ..world.place.clone()
        };
        let second = Host::start(&second).unwrap();
        Nodes { world, second }
    }

    /// An officer, at the second node.
    async fn there(&self, unit: &str) -> Client {
        let officer = self.world.officer_as(unit, "handler").await;
        Client::new(&self.second.url, &officer.token)
    }

    async fn stop(mut self) {
        assert!(self.second.stop().unwrap());
        assert!(self.world.host.take().unwrap().stop().unwrap());
        let verified = hejie(&self.world.place, &["ledger", "verify"]);
        assert!(verified.status.success(), "{verified:?}");
    }
}

async fn opened(who: &Client, kind: &str, body: Value) -> String {
    let opened = who.post(&format!("/{kind}"), body).await.unwrap();
    let number = opened.good().unwrap()["number"].clone();
    format!("/{kind}/{}", number.as_str().unwrap())
}

/// Both at once; whether the first officer's act was carried out, and what the other was
/// told.
async fn rivals(
    (one, act): (&Client, &str),
    body: Value,
    (other, their): (&Client, &str),
    rival: Value,
) -> (bool, Answer) {
    let (first, second) = tokio::join!(one.post(act, body), other.post(their, rival));
    let (first, second) = (first.unwrap(), second.unwrap());
    let won = first.status.is_success();
    assert_ne!(won, second.status.is_success(), "{first:?} {second:?}");
    let lost = if won { second } else { first };
    (won, lost)
}

/// A problem that says what is wrong, in words.
fn is_clear(lost: &Answer) {
    assert_eq!(lost.status.as_u16(), 409, "{}", lost.body);
    for member in ["type", "title", "detail"] {
        let text = lost.body[member].as_str().unwrap_or_default();
        assert!(!text.is_empty(), "{member}: {}", lost.body);
    }
}

async fn goes_on(who: &Client, path: &str, body: Value) {
    let answer = who.post(path, body).await.unwrap();
    answer.good().unwrap_or_else(|it| panic!("{path}: {it}"));
}

#[tokio::test]
async fn one_report_is_decided_once() {
    let nodes = Nodes::two().await;
    let (here, there) = (
        nodes.world.officer("420106").await,
        nodes.there("420106").await,
    );
    for _ in 0..ROUNDS {
        let path = opened(&here, "reports", anonymous()).await;
        let (verify, decline) = (format!("{path}/verification"), format!("{path}/refusal"));
        let opens = json!({"opens": true, "reason": "属实"});
        let no_power = json!({"reason": "无权处理", "route": "向公安机关反映"});
        let (verified, lost) = rivals((&here, &verify), opens, (&there, &decline), no_power).await;
        is_clear(&lost);
        let loser = if verified { &there } else { &here };
        let report = loser.get(&path).await.unwrap().good().unwrap();
        let phase = if verified { "investigating" } else { "closed" };
        assert_eq!(report["phase"], phase);
        goes_on(loser, &format!("{path}/notes"), json!({"body": "已阅"})).await;
    }
    nodes.stop().await;
}

#[tokio::test]
async fn one_inquiry_is_answered_once() {
    let nodes = Nodes::two().await;
    let (here, there) = (
        nodes.world.officer("420106").await,
        nodes.there("420106").await,
    );
    let inquiry = json!({"contact": {"name": "王小明", "phone": "13800138000"},
        "inquiry": {"kind": "consultation", "division": "420106", "text": "能退货吗？"}});
    for _ in 0..ROUNDS {
        let path = opened(&nodes.world.consumer, "inquiries", inquiry.clone()).await;
        let (answer, redirect) = (format!("{path}/answer"), format!("{path}/redirection"));
        let text = || json!({"text": "可以。", "knowledge": null});
        let route = json!({"reason": "劳动争议", "route": "向劳动监察部门咨询"});
        let (answered, lost) = rivals((&here, &answer), text(), (&there, &redirect), route).await;
        is_clear(&lost);
        let loser = if answered { &there } else { &here };
        let shown = loser.get(&path).await.unwrap().good().unwrap();
        assert_eq!(shown["phase"], "closed");
        // She asks again, and who came second answers now.
        let again = json!({"text": "定做的呢？"});
        goes_on(&nodes.world.consumer, &format!("{path}/question"), again).await;
        goes_on(loser, &answer, text()).await;
    }
    nodes.stop().await;
}

#[tokio::test]
async fn one_incident_is_closed_or_has_one_more_task() {
    let nodes = Nodes::two().await;
    let (here, there) = (
        nodes.world.officer("420100").await,
        nodes.there("420100").await,
    );
    let opening = json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch",
        "subject": "20260401A", "commander": {"id": "o-420100-head", "name": "周"}});
    for _ in 0..ROUNDS {
        let path = opened(&here, "incidents", opening.clone()).await;
        let (closing, tasks) = (format!("{path}/closing"), format!("{path}/tasks"));
        let ends = || json!({"summary": "全部召回"});
        let task = json!({"unit": "420100", "what": "核对召回", "due_at": "2026-05-30T06:00:00Z"});
        let (closed, lost) = rivals((&here, &closing), ends(), (&there, &tasks), task).await;
        is_clear(&lost);
        let shown = there.get(&path).await.unwrap().good().unwrap();
        let phase = if closed { "closed" } else { "active" };
        assert_eq!(shown["phase"], phase);
        if !closed {
            let done = json!({"text": "已核对", "done": true});
            goes_on(&here, &format!("{path}/tasks/1/report"), done).await;
            goes_on(&here, &closing, ends()).await;
        }
    }
    nodes.stop().await;
}
