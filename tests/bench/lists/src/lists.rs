//! The lists an officer opens.

use std::time::Instant;

use anyhow::{Result, ensure};
use hejie_store::{
    Awaited, CaseScope, Due, Received, Stage, Store, StoreError, WorkFilter, WorkWord,
};
use jiff::ToSpan;

use crate::files::TODAY;
use crate::{Timing, percentile};

/// Calls of each list.
const CALLS: usize = 100;
const PAGE: u32 = 50;

pub async fn measure(store: &Store, kind: &str) -> Result<Vec<Timing>> {
    let mut timings = Vec::new();
    for (name, filter, found) in lists() {
        let page = store.work(&filter, None, PAGE).await?;
        ensure!(page.items.is_empty() != found, "{kind}: {name}");
        let timing = time(store, kind, name, &filter, None).await?;
        eprintln!("{}: {:.2} ms", timing.name, timing.p50);
        timings.push(timing);
    }
    let province = of("42");
    let deep = deep(store, &province).await?;
    timings.push(time(store, kind, "a province, a deep page", &province, deep).await?);
    let common = sought("42", "退款");
    let deep = self::deep(store, &common).await?;
    timings.push(time(store, kind, "a common word, a deep page", &common, deep).await?);
    timings.push(counts(store, kind).await?);
    timings.extend(others(store, kind).await?);
    Ok(timings)
}

/// The lists besides the work list: of files by whose they are, of parts, of whom a
/// follow-up visit may ask.
async fn others(store: &Store, kind: &str) -> Result<Vec<Timing>> {
    let mut timings = Vec::new();
    let reports = |digits: &str| CaseScope::Other {
        kind: "report",
        digits: digits.to_owned(),
    };
    let division = |digits: &str| CaseScope::Division(digits.to_owned());
    let scopes = [
        ("all disputes", CaseScope::All, None),
        ("all disputes, in no phase", CaseScope::All, Some("open")),
        (
            "a consumer's disputes",
            CaseScope::Consumer("c-7".to_owned()),
            None,
        ),
        (
            "an enterprise's disputes",
            CaseScope::Respondent("shop-99".to_owned()),
            None,
        ),
        ("disputes of the country", division(""), None),
        (
            "disputes of the country, in no phase",
            division(""),
            Some("open"),
        ),
        ("disputes of a province", division("42"), None),
        (
            "disputes of a province, in no phase",
            division("42"),
            Some("open"),
        ),
        ("disputes of a city", division("4201"), None),
        ("disputes of a county", division("420106"), None),
        ("disputes of a county without any", division("650106"), None),
        (
            "disputes in mediation",
            CaseScope::Mediation("council".to_owned()),
            None,
        ),
        ("reports of the country", reports(""), None),
        ("reports of a province", reports("42"), None),
        (
            "reports of a province, in no phase",
            reports("42"),
            Some("open"),
        ),
        ("reports of a county", reports("420106"), None),
    ];
    for (name, scope, phase) in &scopes {
        let list = || store.list_cases(scope, *phase, None, PAGE);
        timings.push(repeated(format!("{kind}: {name}"), list).await?);
    }
    let awaited = [
        ("parts of a province's units", None),
        (
            "answers that a province's units wait for",
            Some(Awaited::Answer),
        ),
    ];
    for (name, what) in awaited {
        let parts = || store.awaited_parts("42", what, None, PAGE);
        timings.push(repeated(format!("{kind}: {name}"), parts).await?);
    }
    let ended = [
        ("a city's complaints of a month that are over", "4201", 30),
        ("the country's complaints of a day that are over", "", 0),
    ];
    for (name, digits, days) in ended {
        let from = TODAY.saturating_sub(days.days());
        let visits = || store.ended_complaints(digits, (from, TODAY), "", 10_000);
        timings.push(repeated(format!("{kind}: {name}"), visits).await?);
    }
    Ok(timings)
}

async fn repeated<T, F>(name: String, list: impl Fn() -> F) -> Result<Timing>
where
    F: Future<Output = Result<T, StoreError>>,
{
    let mut each = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let start = Instant::now();
        list().await?;
        each.push(start.elapsed().as_secs_f64() * 1e3);
    }
    let timing = timing(name, each);
    eprintln!("{}: {:.2} ms", timing.name, timing.p50);
    Ok(timing)
}

/// Each list with its name, and whether it finds anything.
fn lists() -> Vec<(&'static str, WorkFilter, bool)> {
    let received = |days: i64| Received {
        from: Some(TODAY.saturating_sub(days.days())),
        to: Some(TODAY),
    };
    vec![
        ("the country, first page", of(""), true),
        ("a province, first page", of("42"), true),
        ("a county, first page", of("420106"), true),
        (
            "a province by phase and category",
            WorkFilter {
                phase: Some("registered".to_owned()),
                category: Some("food".to_owned()),
                ..of("42")
            },
            true,
        ),
        (
            "the country, red, of one organisation",
            WorkFilter {
                due: Due::Until(TODAY),
                organisation: Some("shop-99".to_owned()),
                ..of("")
            },
            true,
        ),
        (
            "the country, received this week",
            WorkFilter {
                received: received(6),
                ..of("")
            },
            true,
        ),
        (
            "the country, received in three months",
            WorkFilter {
                received: received(90),
                ..of("")
            },
            true,
        ),
        (
            "a province by a part of the respondent's name",
            WorkFilter {
                respondent: Some("手机店".to_owned()),
                ..of("42")
            },
            true,
        ),
        ("a rare word", sought("", "琥珀"), true),
        ("a common word in the country", sought("", "退款"), true),
        ("a common word in a province", sought("42", "退款"), true),
        ("a common word in a county", sought("420106", "退款"), true),
        ("one common character", sought("", "退"), true),
        (
            "one common character in a county",
            sought("420106", "退"),
            true,
        ),
        (
            "a phrase of seven characters",
            sought("", "七日无理由退货"),
            true,
        ),
        (
            "four common words",
            sought("42", "退款 客服 手机 广告"),
            true,
        ),
        (
            "a common word of another province",
            sought("42", "橘子洲"),
            false,
        ),
        ("a word that nobody wrote", sought("42", "龥龥"), false),
        ("over: the country, first page", over(of("")), true),
        ("over: a county, first page", over(of("420106")), true),
        ("over: a rare word", over(sought("", "琥珀")), true),
        (
            "over: a common word in a county",
            over(sought("420106", "退款")),
            true,
        ),
        (
            "over: four common words",
            over(sought("42", "退款 客服 手机 广告")),
            true,
        ),
        (
            "over: a word that nobody wrote",
            over(sought("42", "龥龥")),
            false,
        ),
        (
            "over: four digits of a telephone number",
            over(sought("", "1391")),
            true,
        ),
        (
            "all: a common word in a province",
            all(sought("42", "退款")),
            true,
        ),
        (
            "all: a whole telephone number",
            all(sought("", "13384582994")),
            true,
        ),
    ]
}

fn of(subtree: &str) -> WorkFilter {
    WorkFilter {
        subtree: subtree.to_owned(),
        ..WorkFilter::default()
    }
}

fn over(filter: WorkFilter) -> WorkFilter {
    WorkFilter {
        stage: Stage::Over,
        ..filter
    }
}

fn all(filter: WorkFilter) -> WorkFilter {
    WorkFilter {
        stage: Stage::All,
        ..filter
    }
}

fn sought(subtree: &str, words: &str) -> WorkFilter {
    let word = |text: &str| WorkWord {
        text: text.to_owned(),
        categories: Vec::new(),
    };
    WorkFilter {
        words: words.split(' ').map(word).collect(),
        ..of(subtree)
    }
}

/// The end of the hundredth page of two hundred, or of the last there is.
async fn deep(store: &Store, filter: &WorkFilter) -> Result<Option<i64>> {
    let mut after = None;
    for _ in 0..100 {
        match store.work(filter, after, 200).await?.next {
            Some(next) => after = Some(next),
            None => break,
        }
    }
    Ok(after)
}

async fn time(
    store: &Store,
    kind: &str,
    name: &str,
    filter: &WorkFilter,
    after: Option<i64>,
) -> Result<Timing> {
    let mut each = Vec::with_capacity(CALLS);
    for _ in 0..CALLS {
        let start = Instant::now();
        store.work(filter, after, PAGE).await?;
        each.push(start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(timing(format!("{kind}: {name}"), each))
}

/// All four counts of a province, as the page shows them.
async fn counts(store: &Store, kind: &str) -> Result<Timing> {
    let mut each = Vec::with_capacity(CALLS);
    let amber = TODAY.saturating_add(3.days());
    for _ in 0..CALLS {
        let start = Instant::now();
        for due in [
            Due::Until(TODAY),
            Due::Between(TODAY, amber),
            Due::After(amber),
            Due::Unknown,
        ] {
            let filter = WorkFilter { due, ..of("42") };
            store.count_work(&filter, 10_000).await?;
        }
        each.push(start.elapsed().as_secs_f64() * 1e3);
    }
    Ok(timing(
        format!("{kind}: counts of a province's bands"),
        each,
    ))
}

fn timing(name: String, mut each: Vec<f64>) -> Timing {
    Timing {
        name,
        p50: percentile(&mut each, 50),
        p99: percentile(&mut each, 99),
        longest: percentile(&mut each, 100),
    }
}
