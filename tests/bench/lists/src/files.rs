//! Files that wait or are over: invented, the same in every run, put in by the store's own
//! commits.

use std::time::Instant;

use anyhow::Result;
use futures_util::{StreamExt, TryStreamExt, stream};
use hejie_domain::identifiers::digest::Digest;
use hejie_store::{Awaited, CaseRow, Commit, FactRow, NewEvent, PartRow, Store, WorkRow};
use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};
use serde_json::json;

use crate::Kind;

/// Files of one transaction.
const TOGETHER: usize = 1_000;

/// PostgreSQL: transactions under way at a time; there, two of many files would wait
/// for one another.
const AT_ONCE: usize = 8;

/// The day of the measurement.
pub const TODAY: Date = date(2026, 5, 18);

/// One file in so many has the rare word and waits, and one has it and is over.
pub const RARE: u64 = 20_000;

/// One file in so many is a report.
const REPORTS: u64 = 7;

/// In one file in so many another unit has a part.
const PARTS: u64 = 50;

/// One file in so many is over, on the work list as for follow-up visits.
const OVER: u64 = 4;

const CATEGORIES: [&str; 5] = ["food", "clothing", "home-goods", "vehicles", "services"];

/// What people write, in the manner of complaints; half of them want a refund.
const PHRASES: [&str; 16] = [
    "商家拒绝退款",
    "收到的商品有质量问题",
    "多次联系客服没有答复",
    "要求七日无理由退货",
    "预付卡余额不退",
    "外卖食品里有异物",
    "手机屏幕出现裂纹",
    "广告与实物不符",
    "维修后仍然不能使用",
    "快递途中损坏",
    "商家已经关门",
    "价格比标价高",
    "保修期内收费",
    "尺码偏大要求更换",
    "发货延迟半个月",
    "希望赔偿损失",
];

pub async fn fill(store: &Store, files: u32, kind: Kind) -> Result<()> {
    let start = Instant::now();
    let (together, at_once) = match kind {
        Kind::Sqlite => (TOGETHER, 1),
        Kind::Postgres => (1, AT_ONCE),
    };
    let numbers: Vec<u64> = (1..=u64::from(files)).collect();
    stream::iter(numbers.chunks(together))
        .map(|chunk| store.commit_all(chunk.iter().map(|n| file(*n)).collect()))
        .buffer_unordered(at_once)
        .try_for_each(|_| async { Ok(()) })
        .await?;
    let (name, seconds) = (kind.name(), start.elapsed().as_secs_f64());
    eprintln!("{name}: {files} files in {seconds:.0} s");
    Ok(())
}

/// Numbers that look like chance.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: u64) -> u64 {
        // The constants of Knuth's MMIX; the high bits are the better ones.
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005);
        self.0 = self.0.wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % most
    }
}

fn file(n: u64) -> Commit {
    let mut chance = Chance(n);
    chance.below(2);
    let at = Timestamp::UNIX_EPOCH;
    let work = work(n, &mut chance);
    let of_report = n % REPORTS == 5;
    Commit {
        case_id: format!("01000000-0000-7000-8000-{n:012x}"),
        expected_version: 0,
        expected_head: Digest::ZERO,
        events: vec![NewEvent {
            at,
            actor: json!({}),
            kind: "case_filed",
            version: 1,
            payload: json!({"n": n}),
        }],
        attachments: Vec::new(),
        case: CaseRow {
            kind: match of_report {
                true => "report",
                false => "dispute",
            },
            unit: of_report.then(|| work.unit.clone()),
            facts: Some(facts(n, &work)),
            likeness: None,
            parts: (n % PARTS == 3).then(|| parts(&work)),
            case_id: format!("01000000-0000-7000-8000-{n:012x}"),
            number: format!("HJ-260518-{n:08}-4"),
            snapshot: json!({}),
            phase: phase(&work),
            consumer_id: format!("c-{n}"),
            accounts: None,
            involved: None,
            respondent: (n % 3 == 0).then(|| format!("shop-{}", n % 500)),
            division: (!of_report).then(|| work.unit.clone()),
            category: CATEGORIES[chance.below(5) as usize].to_owned(),
            mediation: n % 20 == 0,
            delegated: None,
            awaits_calendar: false,
            next_deadline: None,
            updated_at: at,
            origin: None,
            work: Some(work),
        },
        jobs: Vec::new(),
        cancel_jobs: Vec::new(),
        finish_job: None,
        outbox: Vec::new(),
        deliveries: Vec::new(),
        recalled: Vec::new(),
        identity: None,
        idempotency: None,
        draft: None,
        partner: None,
    }
}

/// What figures would be made of.
fn facts(n: u64, work: &WorkRow) -> FactRow {
    FactRow {
        unit: Some(work.unit.clone()),
        category: CATEGORIES[n as usize % 5].to_owned(),
        respondent: None,
        respondent_name: work.respondent_name.clone(),
        respondent_code: None,
        counted_on: work.received_on.to_string(),
        ended_on: work.over_on.map(|day| day.to_string()),
        place: None,
        facts: json!({"n": n}),
    }
}

fn phase(work: &WorkRow) -> &'static str {
    match (work.over_on, work.period.as_deref()) {
        (Some(_), _) => "closed",
        (None, Some("acceptance")) => "registered",
        (None, _) => "accepted",
    }
}

/// The neighbour county's part, and the answer that the city waits for.
fn parts(work: &WorkRow) -> Vec<PartRow> {
    let city = &work.unit[..4];
    let row = |what, county| PartRow {
        what,
        seq: 1,
        unit: format!("{city}{county}"),
        due_on: TODAY.saturating_add(5.days()).to_string(),
    };
    vec![row(Awaited::Part, "13"), row(Awaited::Answer, "00")]
}

/// Half of the country's files lie in the first two of thirty provinces.
fn unit(chance: &mut Chance) -> String {
    let province = match chance.below(4) {
        0 => 42,
        1 => 43,
        _ => 11 + chance.below(30),
    };
    let (city, county) = (1 + chance.below(10), 1 + chance.below(12));
    format!("{province}{city:02}{county:02}")
}

fn work(n: u64, chance: &mut Chance) -> WorkRow {
    let unit = unit(chance);
    let (period, due_on, received) = match chance.below(20) {
        0 => (None, None, chance.below(90)),
        1..=4 => {
            let received = chance.below(12);
            (Some("acceptance"), Some(9 - received as i64), received)
        }
        _ => {
            let received = chance.below(64);
            (Some("mediation"), Some(60 - received as i64), received)
        }
    };
    let day = |days: i64| TODAY.saturating_add(days.days());
    // It has ended within the last 90 days.
    let over_on = (n % OVER == 1).then(|| day(-((n % 90) as i64)));
    let waits = over_on.is_none();
    WorkRow {
        period: period.filter(|_| waits).map(str::to_owned),
        due_on: due_on.filter(|_| waits).map(day),
        over_on,
        received_on: day(-(received as i64)),
        consumer_name: name(chance, 3),
        respondent_name: format!(
            "{}{}店",
            name(chance, 2),
            ["手机", "百货", "食品"][n as usize % 3]
        ),
        texts: vec![statement(n, &unit, chance)],
        phones: (n % REPORTS != 5).then(|| phone(n)).into_iter().collect(),
        unit,
    }
}

/// Eleven digits, told by the number of the file alone.
fn phone(n: u64) -> String {
    let digits = Chance(n ^ 0x5bd1_e995).below(1_000_000_000);
    format!("13{digits:09}")
}

fn name(chance: &mut Chance, length: usize) -> String {
    (0..length).map(|_| character(chance)).collect()
}

/// One of 2,000 characters.
fn character(chance: &mut Chance) -> char {
    char::from_u32(0x4e00 + chance.below(2_000) as u32).unwrap_or('一')
}

fn statement(n: u64, unit: &str, chance: &mut Chance) -> String {
    let mut text = String::new();
    for _ in 0..8 {
        text.push_str(PHRASES[chance.below(PHRASES.len() as u64) as usize]);
        text.push_str(&name(chance, 6));
        text.push('，');
    }
    if [7, 9].contains(&(n % RARE)) {
        text.push_str("琥珀手串");
    }
    // Common, and in one province only.
    if unit.starts_with("43") {
        text.push_str("橘子洲头");
    }
    text
}
