use hejie_store::{Due, Stage, WorkFilter};
use jiff::civil::date;
use rstest::rstest;
use serde_json::{Value, json};

use crate::backend::{Fresh, Kind, faults, waiting};
use crate::work::{act, found, of, sought};

fn at(stage: Stage, filter: WorkFilter) -> WorkFilter {
    WorkFilter { stage, ..filter }
}

/// Two that wait, one of them until no known day, and three that are over.
async fn with_over(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    for (id, work) in [
        (
            "waits",
            json!({"unit": "420106", "due": "2026-05-27", "text": "琥珀手串", "phone": "13912345678"}),
        ),
        (
            "closed",
            json!({"unit": "420106", "over": "2026-05-02", "text": "琥珀手串", "phone": "13912345678"}),
        ),
        (
            "later",
            json!({"unit": "420111", "over": "2026-05-11", "text": "琥珀项链", "phone": "02788912345"}),
        ),
        ("open", json!({"unit": "420111", "text": "琥珀项链"})),
        (
            "beside",
            json!({"unit": "430104", "over": "2026-05-17", "text": "琥珀手串"}),
        ),
    ] {
        fresh.store.commit(waiting(id, work)).await.unwrap();
    }
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
    fresh
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_over_is_listed_and_found_where_it_is_asked_for_alone(#[case] kind: Kind) {
    let fresh = with_over(kind).await;
    for filter in [of("42"), sought("琥珀")] {
        assert_eq!(found(&fresh, &filter).await, ["waits", "open"]);
        let over = at(Stage::Over, filter.clone());
        assert_eq!(found(&fresh, &over).await, ["later", "closed"]);
        let all = at(Stage::All, filter.clone());
        assert_eq!(
            found(&fresh, &all).await,
            ["waits", "open", "later", "closed"]
        );
        // Page by page, over the end of what waits.
        let (mut pages, mut after) = (Vec::new(), None);
        for _ in 0..4 {
            let page = fresh.store.work(&all, after, 1).await.unwrap();
            pages.extend(page.items.iter().map(|it| it.number.replace("N-", "")));
            after = page.next;
        }
        assert_eq!((pages.len(), after), (4, None));
        let counted = fresh.store.count_work(&filter, 9).await.unwrap();
        assert_eq!(counted.files, 2);
        for (due, wanted) in [
            (Due::Until(date(2026, 6, 1)), vec!["waits"]),
            (Due::Unknown, vec!["open"]),
        ] {
            let all = at(
                Stage::All,
                WorkFilter {
                    due,
                    ..filter.clone()
                },
            );
            assert_eq!(
                found(&fresh, &all).await,
                wanted,
                "what is over is due never"
            );
            assert_eq!(
                found(&fresh, &at(Stage::Over, all)).await,
                Vec::<String>::new()
            );
        }
    }
    let over = at(Stage::Over, of(""));
    assert_eq!(found(&fresh, &over).await, ["beside", "later", "closed"]);
    let page = fresh.store.work(&over, None, 1).await.unwrap();
    let first = &page.items[0];
    assert_eq!(
        (first.over_on, first.due_on),
        (Some(date(2026, 5, 17)), None)
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_is_found_by_a_part_of_its_complainants_number(#[case] kind: Kind) {
    let fresh = with_over(kind).await;
    for (text, wanted) in [
        ("13912345678", vec!["waits", "closed"]),
        ("5678", vec!["waits", "closed"]),
        ("12345", vec!["waits", "later", "closed"]),
        ("027-8891", vec!["later"]),
        ("１３９１ 5678", vec!["waits", "closed"]),
        ("678", vec![]),
        ("5679", vec![]),
        ("13912345679", vec![]),
        ("1391 琥珀", vec!["waits", "closed"]),
        ("1391 项链", vec![]),
        // Digits one after another, not merely all of them.
        ("567812", vec![]),
    ] {
        let all = at(Stage::All, sought(text));
        assert_eq!(found(&fresh, &all).await, wanted, "{text}");
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_goes_to_what_is_over_and_back_with_its_ledger(#[case] kind: Kind) {
    let fresh = with_over(kind).await;
    let over = |filter| at(Stage::Over, filter);
    let closed = json!({"unit": "420106", "over": "2026-05-18", "text": "琥珀手串"});
    act(&fresh, "waits", closed).await;
    assert_eq!(found(&fresh, &sought("琥珀")).await, ["open"]);
    let wanted = ["waits", "later", "closed"];
    assert_eq!(found(&fresh, &over(sought("琥珀"))).await, wanted);
    let reopened = json!({"unit": "420106", "due": "2026-06-01", "text": "琥珀手串"});
    act(&fresh, "closed", reopened).await;
    assert_eq!(found(&fresh, &of("42")).await, ["closed", "open"]);
    // Handed away, it is in the list of its unit alone.
    let away = json!({"unit": "110105", "over": "2026-05-18", "text": "琥珀手串"});
    act(&fresh, "waits", away).await;
    assert_eq!(found(&fresh, &over(of("42"))).await, ["later"]);
    assert_eq!(found(&fresh, &over(of("11"))).await, ["waits"]);
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_sought_among_many_that_are_over_is_found_the_latest_first(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut works: Vec<(String, Value)> = (0..600)
        .map(|n| {
            let work = json!({"unit": "420106", "over": "2026-05-17", "text": "充电器"});
            (format!("other-{n}"), work)
        })
        .collect();
    let days = ["2026-05-17", "2026-05-16", "2026-05-11", "2024-02-29"];
    for (n, day) in days.into_iter().enumerate() {
        let work = json!({"unit": "420106", "over": day, "text": "琥珀"});
        works.push((format!("sought-{n}"), work));
        // As many that wait, which are not to be found.
        let work = json!({"unit": "420106", "due": day, "text": "琥珀"});
        works.push((format!("waits-{n}"), work));
    }
    for (id, work) in works {
        fresh.store.commit(waiting(&id, work)).await.unwrap();
    }
    let names = |name: &str| (0..4).map(|n| format!("{name}-{n}")).collect::<Vec<_>>();
    let over = at(Stage::Over, sought("琥珀"));
    assert_eq!(found(&fresh, &over).await, names("sought"));
    let waits: Vec<String> = names("waits").into_iter().rev().collect();
    assert_eq!(found(&fresh, &sought("琥珀")).await, waits);
    let all = [waits, names("sought")].concat();
    assert_eq!(found(&fresh, &at(Stage::All, sought("琥珀"))).await, all);
}
