use hejie_store::{CaseScope, Walk, WorkFilter, WorkItem};
use jiff::ToSpan;
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, now, opening, waiting};

/// Of files with their kinds.
fn ids(files: Vec<(String, String)>) -> Vec<String> {
    files
        .into_iter()
        .map(|(id, kind)| {
            assert_eq!(kind, "dispute");
            id
        })
        .collect()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_list_shows_its_scope_page_by_page(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for n in 0..7 {
        let mut commit = opening(&format!("case-{n}"));
        commit.case.consumer_id = if n % 2 == 0 { "even" } else { "odd" }.to_owned();
        commit.case.division = (n < 3).then(|| format!("42010{n}"));
        commit.case.phase = if n == 0 { "closed" } else { "negotiating" };
        fresh.store.commit(commit).await.unwrap();
    }
    let list = |scope: CaseScope, phase: Option<&'static str>, before: Option<String>| {
        let store = fresh.store.clone();
        async move {
            let page = store
                .list_cases(&scope, phase, before.as_deref(), 3)
                .await
                .unwrap();
            let ids: Vec<String> = page.cases.into_iter().map(|case| case.case_id).collect();
            (ids, page.next)
        }
    };
    let even = CaseScope::Consumer("even".to_owned());
    let (ids, next) = list(even.clone(), None, None).await;
    assert_eq!(ids, ["case-6", "case-4", "case-2"]);
    assert_eq!(
        list(even, None, next).await,
        (vec!["case-0".to_owned()], None)
    );
    let city = CaseScope::Division("4201".to_owned());
    assert_eq!(
        list(city, Some("negotiating"), None).await.0,
        ["case-2", "case-1"]
    );
    assert_eq!(
        list(CaseScope::Respondent("rival".into()), None, None)
            .await
            .0
            .len(),
        0
    );
    let council = || CaseScope::Mediation("council".to_owned());
    assert_eq!(list(council(), None, None).await.0.len(), 0);
    let mut entrusted = opening("z");
    entrusted.case.delegated = Some("council".to_owned());
    fresh.store.commit(entrusted).await.unwrap();
    assert_eq!(list(council(), None, None).await.0, ["z"]);
    let other = CaseScope::Mediation("other".to_owned());
    assert_eq!(list(other, None, None).await.0.len(), 0);
    assert_eq!(list(CaseScope::All, None, None).await.0.len(), 3);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn cases_whose_time_has_come_are_found_most_urgent_first(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for (id, hours) in [("later", 2), ("first", -2), ("second", -1)] {
        let mut commit = opening(id);
        commit.case.next_deadline = Some(now().checked_add(hours.hours()).unwrap());
        fresh.store.commit(commit).await.unwrap();
    }
    fresh.store.commit(opening("never")).await.unwrap();
    assert_eq!(
        ids(fresh.store.due(now(), 0, 10).await.unwrap()),
        ["first", "second"]
    );
    assert_eq!(
        ids(fresh.store.due(now(), 1, 10).await.unwrap()),
        ["second"]
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_walk_goes_on_where_it_was_and_begins_again_with_a_new_calendar(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    // What is closed is visited where something in it awaits a calendar.
    for (id, phase, awaits_calendar) in [
        ("a", "open", false),
        ("b", "closed", false),
        ("c", "closed", true),
        ("d", "open", true),
    ] {
        let mut commit = opening(id);
        commit.case.phase = phase;
        commit.case.awaits_calendar = awaits_calendar;
        store.commit(commit).await.unwrap();
    }
    let walk = Walk::RecomputeClocks;
    let under_way = |at: &str| vec![(Walk::RecomputeClocks, at.to_owned())];
    assert_eq!(store.walks().await.unwrap(), []);
    assert_eq!(store.directory_revision().await.unwrap(), 0);
    store.put_calendar(2027, &json!({})).await.unwrap();
    assert_eq!(store.directory_revision().await.unwrap(), 1);
    assert_eq!(store.walks().await.unwrap(), under_way(""));
    assert_eq!(ids(store.walked_cases(&walk, "", 1).await.unwrap()), ["a"]);
    let rest = store.walked_cases(&walk, "a", 9).await.unwrap();
    assert_eq!(ids(rest), ["c", "d"]);
    store
        .advance(walk.clone(), String::new(), Some("a".into()))
        .await
        .unwrap();
    assert_eq!(store.walks().await.unwrap(), under_way("a"));
    // A calendar in between: what comes from before it moves nothing.
    store.put_calendar(2027, &json!({"v": 2})).await.unwrap();
    assert_eq!(store.directory_revision().await.unwrap(), 2);
    store.advance(walk.clone(), "a".into(), None).await.unwrap();
    assert_eq!(store.walks().await.unwrap(), under_way(""));
    store
        .advance(walk.clone(), String::new(), None)
        .await
        .unwrap();
    assert_eq!(store.walks().await.unwrap(), []);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_list_takes_a_strangers_wildcards_as_they_are_written(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut commit = opening("a");
    commit.case.division = Some("420106".to_owned());
    fresh.store.commit(commit).await.unwrap();
    for (scope, phase) in [
        (CaseScope::All, Some("%")),
        (CaseScope::Division("42_1".to_owned()), None),
        (CaseScope::Division("%".to_owned()), None),
    ] {
        let page = fresh.store.list_cases(&scope, phase, None, 3).await;
        assert_eq!(page.unwrap().cases, [], "{scope:?} {phase:?}");
    }
    let national = CaseScope::Division(String::new());
    let page = fresh.store.list_cases(&national, None, None, 3).await;
    assert_eq!(page.unwrap().cases.len(), 1);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn keys_are_in_the_order_of_their_bytes(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for id in ["b", "A", "a-c", "ab", "安"] {
        fresh.store.commit(opening(id)).await.unwrap();
    }
    let walked = fresh
        .store
        .walked_cases(&Walk::RecomputeClocks, "", 9)
        .await
        .unwrap();
    assert_eq!(ids(walked), ["A", "a-c", "ab", "b", "安"]);
    let rest = fresh.store.walked_cases(&Walk::RecomputeClocks, "a-c", 9);
    assert_eq!(ids(rest.await.unwrap()), ["ab", "b", "安"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_unit_of_any_level_lists_what_lies_below_it(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let units = ["420106", "420106-03", "420111", "420205", "430104"];
    for (at, unit) in units.into_iter().enumerate() {
        let mut dispute = opening(&format!("dispute-{at}"));
        dispute.case.division = Some(unit.to_owned());
        fresh.store.commit(dispute).await.unwrap();
        let mut report = opening(&format!("report-{at}"));
        report.case.kind = "report";
        report.case.unit = Some(unit.to_owned());
        fresh.store.commit(report).await.unwrap();
    }
    for (digits, expected) in [
        ("", vec![4, 3, 2, 1, 0]),
        ("42", vec![3, 2, 1, 0]),
        ("4201", vec![2, 1, 0]),
        ("420106", vec![1, 0]),
        ("420106-03", vec![1]),
        ("420106-04", vec![]),
    ] {
        let digits = digits.to_owned();
        let disputes = CaseScope::Division(digits.clone());
        let reports = CaseScope::Other {
            kind: "report",
            digits,
        };
        for (scope, name) in [(disputes, "dispute"), (reports, "report")] {
            let page = fresh.store.list_cases(&scope, None, None, 9).await.unwrap();
            let ids: Vec<String> = page.cases.into_iter().map(|it| it.case_id).collect();
            let wanted: Vec<String> = expected.iter().map(|at| format!("{name}-{at}")).collect();
            assert_eq!(ids, wanted, "{scope:?}");
        }
    }
}

/// Keys tell the moment a report came, numbers only its day (Order 121 art. 37).
#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn reports_stand_within_a_day_in_an_order_that_is_drawn(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let drawn = ["M", "C", "X", "A", "T", "F"];
    let came: Vec<String> = drawn.iter().map(|it| format!("260518-{it}")).collect();
    for (at, number) in came.iter().enumerate() {
        let id = format!("r-{at}");
        let mut report = waiting(&id, json!({"unit": "420106", "due": "2026-05-27"}));
        report.case.kind = "report";
        report.case.unit = Some("420106".to_owned());
        report.case.number = number.clone();
        store.commit(report).await.unwrap();
        let dispute = waiting(
            &format!("d-{at}"),
            json!({"unit": "420106", "due": "2026-05-27"}),
        );
        store.commit(dispute).await.unwrap();
    }
    let scope = CaseScope::Other {
        kind: "report",
        digits: "4201".to_owned(),
    };
    let first = store.list_cases(&scope, None, None, 4).await.unwrap();
    let rest = store
        .list_cases(&scope, None, first.next.as_deref(), 4)
        .await;
    let pages = first.cases.into_iter().chain(rest.unwrap().cases);
    let listed: Vec<String> = pages.map(|it| it.number).collect();
    let mut by_number = came.clone();
    by_number.sort();
    by_number.reverse();
    assert_eq!(listed, by_number);

    let page = store.work(&WorkFilter::default(), None, 20).await.unwrap();
    let (reports, disputes): (Vec<_>, Vec<_>) =
        page.items.into_iter().partition(|it| it.kind == "report");
    let numbers = |items: Vec<WorkItem>| items.into_iter().map(|it| it.number);
    let disputes: Vec<String> = numbers(disputes).collect();
    assert_eq!(
        disputes,
        ["N-d-0", "N-d-1", "N-d-2", "N-d-3", "N-d-4", "N-d-5"]
    );
    let reports: Vec<String> = numbers(reports).collect();
    assert_eq!(reports.len(), came.len());
    assert_ne!(reports, came, "not as they came");
}
