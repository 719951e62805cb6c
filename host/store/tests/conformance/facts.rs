use std::sync::Arc;

use hejie_domain::indicators::{FactFilter, Located};
use hejie_store::{Commit, FactRow};
use jiff::civil::date;
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, Plain, commit, facts, faults, opening};

/// A case with other facts than a plain one has.
fn with(case_id: &str, change: impl FnOnce(&mut FactRow)) -> Commit {
    let mut commit = opening(case_id);
    change(commit.case.facts.as_mut().unwrap());
    commit
}

async fn numbers(fresh: &Fresh, filter: &FactFilter) -> Vec<String> {
    numbers_of(fresh, Located::AtUnit, filter).await
}

async fn numbers_of(fresh: &Fresh, located: Located, filter: &FactFilter) -> Vec<String> {
    let mut found = Vec::new();
    let each = |text: &str| {
        let facts: Value = serde_json::from_str(text).unwrap();
        found.push(facts["number"].as_str().unwrap().to_owned());
        Ok(true)
    };
    fresh
        .store
        .each_facts("dispute", located, filter, each)
        .await
        .unwrap();
    found
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_filter_picks_by_unit_days_category_and_respondent(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let unit = |unit: &str| Some(unit.to_owned());
    for commit in [
        opening("a"),
        with("b", |facts| facts.unit = unit("420106")),
        with("c", |facts| facts.unit = unit("420106-01")),
        with("d", |facts| {
            facts.unit = unit("420200");
            facts.category = "clothing".to_owned();
        }),
        with("e", |facts| {
            facts.respondent = None;
            facts.respondent_name = "=1+1".to_owned();
            facts.respondent_code = Some("91350100M000100Y43".to_owned());
            facts.counted_on = "2026-05-31".to_owned();
        }),
    ] {
        fresh.store.commit(commit).await.unwrap();
    }
    let all = FactFilter::default();
    assert_eq!(
        numbers(&fresh, &all).await,
        ["N-a", "N-b", "N-c", "N-d", "N-e"]
    );
    let subtree = |digits: &str| FactFilter {
        subtree: Some(digits.to_owned()),
        ..FactFilter::default()
    };
    assert_eq!(numbers(&fresh, &subtree("")).await, ["N-b", "N-c", "N-d"]);
    assert_eq!(numbers(&fresh, &subtree("4201")).await, ["N-b", "N-c"]);
    assert_eq!(numbers(&fresh, &subtree("420106-01")).await, ["N-c"]);
    assert_eq!(numbers(&fresh, &subtree("42_1")).await, [] as [&str; 0]);
    let clothing = FactFilter {
        category: Some("clothing".to_owned()),
        ..subtree("42")
    };
    assert_eq!(numbers(&fresh, &clothing).await, ["N-d"]);
    for known_by in ["=1+1", "91350100M000100Y43"] {
        let respondent = FactFilter {
            respondent: Some(known_by.to_owned()),
            ..FactFilter::default()
        };
        assert_eq!(numbers(&fresh, &respondent).await, ["N-e"], "{known_by}");
    }
    let from = FactFilter {
        from: Some(date(2026, 5, 19)),
        ..FactFilter::default()
    };
    assert_eq!(numbers(&fresh, &from).await, ["N-e"]);
    let to = FactFilter {
        to: Some(date(2026, 5, 18)),
        respondent: Some("shop".to_owned()),
        ..FactFilter::default()
    };
    assert_eq!(numbers(&fresh, &to).await, ["N-a", "N-b", "N-c", "N-d"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_negotiated_here_is_picked_by_the_place_of_the_operator(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let at = |id: &str, place: Option<&str>| {
        with(id, |facts| {
            facts.unit = Some("420502".to_owned());
            facts.place = place.map(str::to_owned);
        })
    };
    for commit in [
        at("a", Some("420106")),
        at("b", Some("420111")),
        at("c", Some("420502")),
        at("d", None),
    ] {
        fresh.store.commit(commit).await.unwrap();
    }
    let found = async |subtree: Option<&str>| {
        let filter = FactFilter {
            subtree: subtree.map(str::to_owned),
            ..FactFilter::default()
        };
        numbers_of(&fresh, Located::AtOperator, &filter).await
    };
    assert_eq!(found(None).await, ["N-a", "N-b", "N-c"]);
    assert_eq!(found(Some("")).await, ["N-a", "N-b", "N-c"]);
    assert_eq!(found(Some("4201")).await, ["N-a", "N-b"]);
    assert_eq!(found(Some("420502")).await, ["N-c"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_reader_may_stop_and_facts_are_those_of_the_last_commit(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let head = fresh.store.commit(opening("a")).await.unwrap().head;
    fresh.store.commit(opening("b")).await.unwrap();
    let mut later = commit("a", 2, &head, 1);
    later.case.facts.as_mut().unwrap().unit = Some("420106".to_owned());
    later.case.facts.as_mut().unwrap().facts = json!({"number": "N-a", "unit": "420106"});
    fresh.store.commit(later).await.unwrap();
    let mut first = Vec::new();
    let stop = |text: &str| {
        first.push(text.to_owned());
        Ok(false)
    };
    let all = FactFilter::default();
    let read = fresh
        .store
        .each_facts("dispute", Located::AtUnit, &all, stop);
    read.await.unwrap();
    assert_eq!(first.len(), 1);
    assert!(first[0].contains("420106"), "{first:?}");
    let unit = FactFilter {
        subtree: Some("420106".to_owned()),
        ..FactFilter::default()
    };
    assert_eq!(numbers(&fresh, &unit).await, ["N-a"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_commit_that_fails_leaves_the_facts_as_they_were(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let head = fresh.store.commit(opening("a")).await.unwrap().head;
    let mut rival = commit("a", 1, &head, 1);
    rival.case.facts.as_mut().unwrap().facts = json!({"number": "rival"});
    assert!(fresh.store.commit(rival).await.is_err());
    assert_eq!(numbers(&fresh, &FactFilter::default()).await, ["N-a"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn every_column_of_the_facts_is_compared_and_made_anew(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    for (statement, name) in [
        ("UPDATE case_facts SET unit = '42'", "unit"),
        ("UPDATE case_facts SET category = 'x'", "category"),
        ("UPDATE case_facts SET respondent = NULL", "respondent"),
        (
            "UPDATE case_facts SET respondent_name = 'x'",
            "respondent_name",
        ),
        (
            "UPDATE case_facts SET respondent_code = 'x'",
            "respondent_code",
        ),
        ("UPDATE case_facts SET counted_on = 'x'", "counted_on"),
        ("UPDATE case_facts SET facts = '{}'", "facts"),
        ("UPDATE case_facts SET number = 'x'", "number"),
        ("UPDATE case_facts SET ended_on = 'x'", "ended_on"),
        ("UPDATE case_facts SET place = 'x'", "place"),
    ] {
        fresh.tamper(statement).await;
        let wanted = format!("case a: its facts' {name} is not what its ledger gives");
        assert_eq!(faults(&fresh).await, [wanted]);
        let rebuilt = fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
        assert_eq!((rebuilt.cases, rebuilt.removed), (1, 0));
        assert!(faults(&fresh).await.is_empty());
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn facts_that_are_gone_or_of_no_case_are_found_and_put_right(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for id in ["a", "b"] {
        fresh.store.commit(opening(id)).await.unwrap();
    }
    fresh
        .tamper("DELETE FROM case_facts WHERE case_id = 'b'")
        .await;
    fresh
        .tamper(
            "INSERT INTO case_facts (case_id, category, respondent_name, counted_on, facts)
             VALUES ('zzz', 'food', 'x', '2026-05-18', '{}')",
        )
        .await;
    assert_eq!(
        faults(&fresh).await,
        [
            "case b: it has a ledger and no facts",
            "case zzz: it has facts and no ledger"
        ]
    );
    let rebuilt = fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.removed), (2, 1));
    assert!(faults(&fresh).await.is_empty());
    let kept = serde_json::to_string(&facts("b").facts).unwrap();
    let mut all = Vec::new();
    let each = |text: &str| {
        all.push(text.to_owned());
        Ok(true)
    };
    let everything = FactFilter::default();
    fresh
        .store
        .each_facts("dispute", Located::AtUnit, &everything, each)
        .await
        .unwrap();
    assert!(all.len() == 2 && all.contains(&kept), "{all:?}");
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn complaints_that_are_over_are_found_by_their_unit_and_their_last_day(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let ended = |id: &str, unit: &str, day: Option<&str>| {
        with(id, |facts| {
            facts.unit = Some(unit.to_owned());
            facts.ended_on = day.map(str::to_owned);
        })
    };
    for commit in [
        ended("a", "420106", Some("2026-05-18")),
        ended("b", "420106-03", Some("2026-05-20")),
        ended("c", "420111", Some("2026-05-19")),
        ended("d", "430101", Some("2026-05-20")),
        ended("e", "420106", Some("2026-05-21")),
        ended("f", "420106", None),
    ] {
        fresh.store.commit(commit).await.unwrap();
    }
    let days = (date(2026, 5, 18), date(2026, 5, 20));
    let found = async |digits: &str, after: &str, limit: u32| {
        let found = fresh.store.ended_complaints(digits, days, after, limit);
        let found = found.await.unwrap().into_iter();
        found
            .map(|it| {
                assert_eq!(it.facts["number"], format!("N-{}", it.case_id));
                it.case_id
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(found("", "", 9).await, ["a", "b", "c", "d"]);
    assert_eq!(found("42", "", 9).await, ["a", "b", "c"]);
    assert_eq!(found("4201", "", 2).await, ["a", "b"]);
    assert_eq!(found("4201", "b", 2).await, ["c"]);
    assert_eq!(found("420106", "", 9).await, ["a", "b"]);
    assert_eq!(found("420106-03", "", 9).await, ["b"]);
    assert_eq!(found("430102", "", 9).await, Vec::<String>::new());
}
