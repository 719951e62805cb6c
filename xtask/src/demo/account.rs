//! The demo's account: counts, one dispute told step by step, and how to look on.

use std::collections::BTreeMap;

use anyhow::{Context, Result, ensure};
use hejie_tests::Host;
use serde_json::Value;

use super::Filed;
use super::files::OtherFiles;
use super::neighbour;
use super::papers;
use super::people::People;

/// Every kind of end that the demo must show.
const ENDS: [&str; 10] = [
    "settled at once",
    "settled after evidence",
    "settled after her counter-offer",
    "settled by a person",
    "settled by the mediator",
    "withdrawn",
    "no_reply",
    "escalated by wish,",
    "escalated by expiry",
    "after plugin failure",
];

/// And every way that a complaint must have gone.
const COMPLAINTS: [&str; 11] = [
    "refused",
    "withdrawn",
    "agreed in mediation",
    "agreed with the association's mediator",
    "settled by the parties during mediation",
    "handled again after a follow-up visit",
    "moved to another unit",
    "supervised",
    "mediation ran out of time",
    "transferred to another authority, which accepted it",
    "followed up by a visit",
];

/// What must have become of the files of the other kinds.
const OTHERS: [&str; 17] = [
    "report by name",
    "report without a name",
    "report filed together with a complaint",
    "report supervised",
    "report verified and filed as a case",
    "report verified and not filed",
    "report handed to enforcement",
    "report ended with a penalty",
    "report whose result was served on the reporter",
    "report with a reward by the rule",
    "report of a lead found in a complaint",
    "report verified in a period that the head extended",
    "complaint in which another unit did its part",
    "consultation answered from the knowledge base",
    "suggestion answered",
    "incident with files gathered",
    "incident ended with its tasks done",
];

pub async fn tell(people: &People, filed: &[Filed]) -> Result<()> {
    let mut ends: BTreeMap<String, u32> = BTreeMap::new();
    let mut runs: BTreeMap<String, u32> = BTreeMap::new();
    let mut ways: BTreeMap<&'static str, u32> = BTreeMap::new();
    let (mut opinions, mut reopened) = (0, None);
    for one in filed {
        let case = people.operator.case(&one.number).await?;
        *ends.entry(end_of(&case)).or_default() += 1;
        if is_visited_again(&case["complaint"]) {
            reopened = Some(one);
        }
        for way in ways_of(&case).into_iter().chain(papers::ways_of(&case)) {
            *ways.entry(way).or_default() += 1;
        }
        opinions += case["opinions"].as_array().map_or(0, Vec::len);
        let decisions = people
            .operator
            .get(&format!("/cases/{}/decisions", one.number))
            .await?;
        for run in decisions.good()?.as_array().context("no decisions")? {
            let role = run["plugin"]["role"].as_str().unwrap_or_default();
            let outcome = run["outcome"].as_str().unwrap_or_default();
            *runs.entry(format!("{role} {outcome}")).or_default() += 1;
        }
    }
    println!("\n{} 件纠纷 / disputes filed", filed.len());
    for (end, count) in &ends {
        println!("  {count:>3}  {end}");
    }
    println!("插件运行 / plugin runs (and {opinions} opinions)");
    for (run, count) in &runs {
        println!("  {count:>3}  {run}");
    }
    println!("投诉办理 / complaints");
    for (way, count) in &ways {
        println!("  {count:>3}  {way}");
    }
    for needed in ENDS {
        let reached = ends.keys().any(|end| end.contains(needed));
        ensure!(reached, "no dispute ended {needed}");
    }
    let in_writing = papers::FORMS.map(|(_, way)| way);
    for needed in COMPLAINTS.into_iter().chain(in_writing) {
        ensure!(ways.contains_key(needed), "no complaint was {needed}");
    }
    let counter = filed.iter().find(|one| one.dispute.path == "counter");
    for told in [counter, reopened].into_iter().flatten() {
        story(people, told).await?;
    }
    Ok(())
}

/// How the dispute ended, told from the case itself.
fn end_of(case: &Value) -> String {
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let phase = word(&case["phase"]);
    if case["complaint"].is_object() {
        let cause = &case["handling"]["cause"]["cause"];
        let failed = if cause["cause"] == "failure" {
            format!(" after plugin failure ({})", word(&cause["outcome"]))
        } else {
            String::new()
        };
        let wish = word(&case["complaint"]["cause"]);
        return format!("escalated by {wish}, complaint {phase}{failed}");
    }
    match phase.as_str() {
        "closed" if case["settlement"].is_object() => {
            let closing = word(&case["closing"]);
            format!("settled {}, {closing}", way_to_settlement(case))
        }
        "closed" => word(&case["closing"]),
        other => other.to_owned(),
    }
}

/// What a complaint went through; nothing for a dispute that never became one.
fn ways_of(case: &Value) -> Vec<&'static str> {
    let complaint = &case["complaint"];
    let ending = &complaint["mediation"]["ending"];
    let ground = ending["ground"]["id"].as_str();
    let agreed = ending["ending"] == "agreed";
    let delegated = complaint["mediation"]["delegated_to"].is_string();
    let any = |list: &Value| some(list, |_| true);
    let ways = [
        ("refused", case["phase"] == "refused"),
        (
            "withdrawn",
            complaint.is_object() && case["closing"] == "withdrawn",
        ),
        ("agreed in mediation", agreed && !delegated),
        (
            "agreed with the association's mediator",
            agreed && delegated,
        ),
        (
            "settled by the parties during mediation",
            ground == Some("withdrawn-or-settled") && case["settlement"].is_object(),
        ),
        (
            "handled again after a follow-up visit",
            is_visited_again(complaint),
        ),
        ("moved to another unit", any(&complaint["moves"])),
        (
            "supervised",
            complaint.is_object() && any(&case["supervisions"]),
        ),
        ("mediation ran out of time", ground == Some("time-limit")),
        (
            "transferred to another authority, which accepted it",
            neighbour::is_accepted(case),
        ),
        ("followed up by a visit", any(&case["visits"])),
    ];
    gone(ways)
}

/// Reports, inquiries and the incident, told from the files themselves.
pub async fn tell_others(people: &People, others: &OtherFiles) -> Result<()> {
    let county = people.officer("420106").await?;
    let city = people.officer("420100").await?;
    let mut ways: BTreeMap<&'static str, u32> = BTreeMap::new();
    let mut count = |gone: Vec<&'static str>| {
        for way in gone {
            *ways.entry(way).or_default() += 1;
        }
    };
    for number in &others.reports {
        let path = format!("/reports/{number}");
        let report = county.get(&path).await?.good()?;
        let reward = county
            .get(&format!("{path}/reward?grade=1"))
            .await?
            .good()?;
        count(report_ways(&report, &reward, *number == others.mixed));
    }
    count(part_ways(&county.case(&others.complaint).await?));
    for number in &others.inquiries {
        let inquiry = county.get(&format!("/inquiries/{number}")).await?.good()?;
        count(inquiry_ways(&inquiry));
    }
    let incident = city.get(&format!("/incidents/{}", others.incident)).await?;
    count(incident_ways(&incident.good()?));
    println!("\n举报、咨询建议、应急 / reports, inquiries, incidents");
    for (way, count) in &ways {
        println!("  {count:>3}  {way}");
    }
    for needed in OTHERS {
        ensure!(ways.contains_key(needed), "there was no {needed}");
    }
    Ok(())
}

fn report_ways(report: &Value, reward: &Value, mixed: bool) -> Vec<&'static str> {
    let noticed = some(&report["documents"], |it| {
        it["form"] == "report-result-notice" && it["services"][0].is_object()
    });
    let named = report["reporter"]["kind"] == "named";
    let opens = &report["verification"]["opens"];
    let enforcement = &report["enforcement"];
    let ways = [
        ("report by name", named),
        (
            "report without a name",
            report["reporter"]["kind"] == "anonymous",
        ),
        ("report filed together with a complaint", mixed),
        (
            "report of a lead found in a complaint",
            report["reporter"]["kind"] == "authority",
        ),
        (
            "report verified in a period that the head extended",
            some(&report["clocks"], |it| {
                it["period"] == "lead-verification-extension" && it["state"]["state"] == "met"
            }),
        ),
        ("report supervised", report["supervisions"][0].is_object()),
        ("report verified and filed as a case", *opens == true),
        ("report verified and not filed", *opens == false),
        (
            "report handed to enforcement",
            enforcement["handed"].is_object(),
        ),
        (
            "report ended with a penalty",
            enforcement["result"]["outcome"] == "penalty",
        ),
        ("report whose result was served on the reporter", noticed),
        (
            "report with a reward by the rule",
            reward["amount_fen"].as_u64().is_some_and(|fen| fen > 0),
        ),
    ];
    gone(ways)
}

fn part_ways(complaint: &Value) -> Vec<&'static str> {
    gone([(
        "complaint in which another unit did its part",
        some(&complaint["parts"], |it| it["state"]["state"] == "done"),
    )])
}

fn some(list: &Value, is: impl Fn(&Value) -> bool) -> bool {
    list.as_array().is_some_and(|all| all.iter().any(is))
}

fn inquiry_ways(inquiry: &Value) -> Vec<&'static str> {
    let kind = inquiry["filing"]["kind"].as_str();
    let answer = &inquiry["answers"][0];
    gone([
        (
            "consultation answered from the knowledge base",
            kind == Some("consultation") && answer["knowledge"].is_string(),
        ),
        (
            "suggestion answered",
            kind == Some("suggestion") && answer.is_object(),
        ),
    ])
}

fn incident_ways(incident: &Value) -> Vec<&'static str> {
    let all = |list: &str| incident[list].as_array().cloned().unwrap_or_default();
    let (files, tasks) = (all("files"), all("tasks"));
    let done = !tasks.is_empty() && tasks.iter().all(|task| task["state"] == "done");
    gone([
        ("incident with files gathered", files.len() > 1),
        (
            "incident ended with its tasks done",
            incident["phase"] == "closed" && done,
        ),
    ])
}

fn gone<const N: usize>(ways: [(&'static str, bool); N]) -> Vec<&'static str> {
    let gone = ways.into_iter().filter(|(_, gone)| *gone);
    gone.map(|(way, _)| way).collect()
}

/// By whom and after what the agreed terms were put.
fn way_to_settlement(case: &Value) -> &'static str {
    let seq = &case["settlement"]["offer"];
    let offers = case["offers"].as_array();
    let mut offers = offers.into_iter().flatten();
    let by = offers
        .find(|offer| offer["seq"] == *seq)
        .map_or(&Value::Null, |offer| &offer["by"]);
    let asked = case["questions"]
        .as_array()
        .is_some_and(|all| !all.is_empty());
    match (by["kind"].as_str(), by["role"].as_str()) {
        (Some("consumer"), _) => "after her counter-offer",
        (Some("agent"), _) => "by a person",
        (_, Some("mediator")) => "by the mediator",
        (_, Some("resolver")) if asked => "after evidence",
        _ => "at once",
    }
}

/// One dispute as its timeline tells it.
async fn story(people: &People, told: &Filed) -> Result<()> {
    println!(
        "\n{} {}",
        told.number,
        told.dispute.filing["statement"]
            .as_str()
            .unwrap_or_default()
    );
    let timeline = people
        .operator
        .get(&format!("/cases/{}/timeline", told.number))
        .await?
        .good()?;
    for entry in timeline.as_array().context("no timeline")? {
        let by = &entry["by"];
        let who = by["id"]
            .as_str()
            .or(by["kind"].as_str())
            .unwrap_or_default();
        println!(
            "  {:>2} {:<22} {:<24} {}",
            entry["seq"],
            who,
            entry["type"].as_str().unwrap_or_default(),
            detail(&entry["data"])
        );
    }
    Ok(())
}

fn detail(data: &Value) -> String {
    let said = |value: &Value| {
        value["zh"]
            .as_str()
            .or(value.as_str())
            .map(str::to_owned)
            .unwrap_or_default()
    };
    if let Some(fen) = data["terms"]["remedies"][0]["amount_fen"].as_u64() {
        return format!("¥{}.{:02} {}", fen / 100, fen % 100, said(&data["note"]));
    }
    if data["run"].is_object() {
        return format!(
            "{} fuel {}",
            data["run"]["plugin"]["id"].as_str().unwrap_or_default(),
            data["run"]["fuel"]
        );
    }
    let ends_on = data["reading"]["ends_on"].as_str().unwrap_or_default();
    [
        said(&data["summary"]),
        said(&data["body"]),
        said(&data["period"]),
        ends_on.to_owned(),
    ]
    .into_iter()
    .filter(|text| !text.is_empty())
    .collect::<Vec<_>>()
    .join(" ")
}

/// Where the running host is and who may call it.
pub fn stay(host: &Host, people: &People) {
    println!("\n{} is up; Ctrl-C ends it. Bearer tokens:", host.url);
    println!("  operator  {}", people.operator.token);
    println!("  consumer  {}", people.consumer.token);
    println!("  province  {}", people.province.token);
    for (organisation, agent) in &people.agents {
        println!("  {organisation:<16} {}", agent.token);
    }
}

/// A follow-up visit had it handled once more, and not only a revocation.
fn is_visited_again(complaint: &Value) -> bool {
    let revoked = complaint["revoked"].as_array().map_or(0, Vec::len);
    complaint["reopenings"].as_u64().unwrap_or(0) > revoked as u64
}
