//! The lists an officer opens.

use std::time::Instant;

use anyhow::{Result, ensure};
use hejie_store::{Due, Received, Store, WorkFilter, WorkWord};
use jiff::ToSpan;

use crate::Timing;
use crate::files::TODAY;

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
    Ok(timings)
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
    ]
}

fn of(subtree: &str) -> WorkFilter {
    WorkFilter {
        subtree: subtree.to_owned(),
        ..WorkFilter::default()
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
    each.sort_by(f64::total_cmp);
    Timing {
        name,
        p50: each[each.len() / 2],
        p99: each[each.len() * 99 / 100],
    }
}
