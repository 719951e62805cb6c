//! The dossier as people read it: all that was sealed, and nothing of what is kept apart.

use hejie_domain::identifiers::digest::Digest;
use hejie_tests::Client;
use rstest::rstest;
use serde_json::{Value, json};

use crate::report_documents::text_of;
use crate::world::{Kind, World, filing, offered};

/// Words that authorities write among themselves.
const AMONG_THEMSELVES: [&str; 4] = [
    "内部分送意见",
    "内部督办意见",
    "内部权衡意见",
    "货架上有过期食品",
];

struct Desk {
    world: World,
    number: String,
}

impl Desk {
    /// A dispute that was talked about for long, then handed to the authority of Wuchang.
    async fn registered(kind: Kind, messages: usize) -> Desk {
        let world = World::new(kind).await;
        let number = world.file(filing()).await;
        let consumer = &world.consumer;
        consumer.wait(&number, "an offer", offered).await.unwrap();
        let desk = Desk { world, number };
        let photo = json!({"reference": {"sha256": "ab".repeat(32), "media_type": "image/jpeg",
            "size": 1000, "name": "货架.jpg"}});
        desk.does(&desk.world.consumer, "evidence", photo).await;
        for n in 1..=messages {
            let body = json!({"body": format!("第{n}次留言：请全额退款。\n谢谢。")});
            desk.does(&desk.world.consumer, "messages", body).await;
        }
        desk.does(&desk.world.consumer, "escalation", json!({}))
            .await;
        desk
    }

    async fn does(&self, who: &Client, act: &str, body: Value) {
        who.act(&self.number, act, body).await.unwrap();
    }

    fn at(&self, path: &str) -> String {
        format!("/cases/{}/{path}", self.number)
    }

    /// A page and a PDF, both without spaces.
    async fn read(&self, who: &Client, path: &str) -> [String; 2] {
        let page = who.bytes(&self.at(&format!("{path}/page"))).await.unwrap();
        let paper = who.bytes(&self.at(&format!("{path}/pdf"))).await.unwrap();
        assert!(paper.starts_with(b"%PDF"));
        let page = String::from_utf8(page).unwrap();
        [page.split_whitespace().collect(), text_of(&paper)]
    }

    async fn status(&self, who: &Client, path: &str) -> u16 {
        who.get(&self.at(path)).await.unwrap().status.as_u16()
    }
}

/// Every text in some JSON, by the names of their members.
fn texts<'a>(value: &'a Value, names: &[&str], found: &mut Vec<&'a str>) {
    match value {
        Value::Array(all) => all.iter().for_each(|one| texts(one, names, found)),
        Value::Object(members) => {
            for (name, one) in members {
                match one {
                    Value::String(text) if names.contains(&name.as_str()) => found.push(text),
                    other => texts(other, names, found),
                }
            }
        }
        _ => {}
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn all_of_a_sealed_dossier_is_read_as_a_page_and_on_paper(#[case] kind: Kind) {
    let desk = Desk::registered(kind, 200).await;
    let consumer = &desk.world.consumer;
    let officer = desk.world.officer("420106").await;
    let sealed = consumer.bytes(&desk.at("dossier")).await.unwrap();
    let dossier: Value = serde_json::from_slice(&sealed).unwrap();
    let clocks = consumer.get(&desk.at("clocks")).await.unwrap();
    let clocks = clocks.good().unwrap();

    let mut wanted = Vec::new();
    for part in ["parties", "claim", "facts", "evidence", "negotiation"] {
        let names = [
            "name",
            "phone",
            "address",
            "reason",
            "statement",
            "sha256",
            "body",
        ];
        texts(&dossier[part], &names, &mut wanted);
    }
    texts(&dossier["decisions"], &["record", "zh"], &mut wanted);
    texts(&dossier["opinions"], &["zh"], &mut wanted);
    assert!(wanted.len() > 215, "{}", wanted.len());
    let digest = Digest::of(&sealed).to_string();
    let head = dossier["ledger"]["head"].as_str().unwrap();
    wanted.extend([
        digest.as_str(),
        head,
        "受理决定",
        "先行和解",
        "退款¥129.00",
        "服装鞋帽",
    ]);
    let explained = clocks.as_array().unwrap().iter();
    let explained: Vec<&Value> = explained
        .flat_map(|clock| clock["explanation"]["zh"].as_array().unwrap())
        .collect();
    assert!(explained.len() > 4);
    wanted.extend(explained.iter().map(|line| line.as_str().unwrap()));
    for reader in [consumer, &officer, desk.world.operator()] {
        for text in desk.read(reader, "dossier").await {
            for wanted in &wanted {
                let dense: String = wanted.split_whitespace().collect();
                assert!(text.contains(&dense), "{wanted} is not in it");
            }
        }
    }

    let neighbour = desk.world.officer("420111").await;
    for form in ["dossier", "dossier/page", "dossier/pdf"] {
        assert_eq!(desk.status(&desk.world.agent, form).await, 403, "{form}");
        assert_eq!(desk.status(&neighbour, form).await, 404, "{form}");
    }
}

#[tokio::test]
async fn before_there_is_a_dossier_there_is_none_to_read() {
    let world = World::new(Kind::Sqlite).await;
    let number = world.file(filing()).await;
    for form in ["page", "pdf"] {
        let path = format!("/cases/{number}/dossier/{form}");
        let answer = world.consumer.get(&path).await.unwrap();
        assert_eq!(answer.status.as_u16(), 404, "{form}");
    }
}

#[tokio::test]
async fn a_file_is_issued_as_it_is_now_without_what_authorities_say_among_themselves() {
    let desk = Desk::registered(Kind::Sqlite, 3).await;
    let wuchang = desk.world.officer("420106").await;
    let wuhan = desk.world.officer("420100").await;
    let back = json!({"reason": "not_ours", "note": AMONG_THEMSELVES[0]});
    desk.does(&wuchang, "return", back).await;
    let down = json!({"to": "420106", "note": AMONG_THEMSELVES[0], "report_by": null});
    desk.does(&wuhan, "dispatch", down).await;
    let urged = json!({"urgency": "urgent", "matter": AMONG_THEMSELVES[1]});
    desk.does(&wuhan, "supervision", urged).await;
    let weighed = json!({"ground": "no-living-needs", "finding": {"applies": false,
        "reason": AMONG_THEMSELVES[2], "speaks_against": [1]}});
    desk.does(&wuchang, "grounds", weighed).await;
    let lead = json!({"breach": "food-safety", "lead": AMONG_THEMSELVES[3], "evidence": [1]});
    let found = wuchang.post(&desk.at("leads"), lead).await.unwrap();
    let report = found.good().unwrap()["report"]["number"].clone();
    desk.does(&wuchang, "acceptance", json!({})).await;
    let accepted = json!({"form": "complaint-acceptance",
        "values": {"contact": "周", "phone": "027-88888888"}});
    desk.does(&wuchang, "documents", accepted).await;
    let ends = json!({"ground": "other-statutory", "reason": "双方分歧较大"});
    desk.does(&wuchang, "termination", ends).await;
    let told = json!({"means": "email"});
    desk.does(&wuchang, "termination/notice", told).await;
    let visit = json!({"means": "sms", "satisfaction": "fair", "note": "说办得还算快"});
    desk.does(&wuchang, "visits", visit).await;

    // Nothing in it is an officer's to word.
    let worded = json!({"form": "dossier", "values": {"confirmation": "已经解决"}});
    let refused = wuchang.post(&desk.at("documents"), worded).await.unwrap();
    assert_eq!(
        (refused.status.as_u16(), refused.pointers()),
        (422, vec!["/values/confirmation"])
    );
    desk.does(&wuchang, "documents", json!({"form": "dossier"}))
        .await;
    let case = wuchang.case(&desk.number).await.unwrap();
    let acceptance = &case["documents"][0];
    let served = case["documents"][1]["form"].as_str();
    assert_eq!(served, Some("dossier"));
    for text in desk.read(&wuchang, "documents/2").await {
        for wanted in [
            "双方分歧较大",
            "终止调解",
            "投诉受理决定书",
            acceptance["number"].as_str().unwrap(),
            acceptance["content"]["pdf"].as_str().unwrap(),
            "第3次留言",
            "周（武昌区市场监督管理局）",
            "2026年5月18日，本平台",
            "2026年5月18日，电子邮件",
            "终止调解并已告知双方",
            "短信；一般；说办得还算快",
        ] {
            assert!(text.contains(wanted), "{wanted} is not in it");
        }
        for kept in AMONG_THEMSELVES {
            assert!(!text.contains(kept), "{kept}");
        }
        assert!(!text.contains(report.as_str().unwrap()), "of the report");
    }
    for party in [&desk.world.consumer, &desk.world.agent] {
        assert_eq!(desk.status(party, "documents/2").await, 404);
        assert_eq!(desk.status(party, "documents/2/pdf").await, 404);
    }
}

#[tokio::test]
async fn a_file_says_how_it_ended_though_nobody_decided_anything() {
    let desk = Desk::registered(Kind::Sqlite, 1).await;
    let wuchang = desk.world.officer("420106").await;
    desk.does(&desk.world.consumer, "withdrawal", json!({}))
        .await;
    desk.does(&wuchang, "documents", json!({"form": "dossier"}))
        .await;
    for text in desk.read(&wuchang, "documents/1").await {
        assert!(text.contains("投诉人撤回"), "{text}");
        assert!(text.contains("2026年5月18日"), "{text}");
    }
}
