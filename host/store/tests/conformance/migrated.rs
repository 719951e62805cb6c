//! A store of before a step, brought on by it.

use hejie_store::{Awaited, PartRow, Store, WorkFilter, WorkWord};
use rstest::rstest;
use serde_json::json;
use sqlx::any::AnyPoolOptions;

use crate::backend::{Fresh, Kind, commit, faults, waiting};

/// The store as it was before what is over stayed on the list.
const BEFORE: [&str; 8] = [
    "ALTER TABLE work DROP COLUMN over_on",
    "UPDATE work SET place = place + 4611686018427387904 WHERE place > 4611684918915760128",
    "UPDATE work_words SET place = place + 4611686018427387904 WHERE place > 4611684918915760128",
    "DROP TABLE parts",
    "CREATE TABLE parts (case_id TEXT NOT NULL, seq BIGINT NOT NULL, unit TEXT NOT NULL,
         due_on TEXT NOT NULL, PRIMARY KEY (case_id, seq))",
    "INSERT INTO parts VALUES ('open', 0, '420111', '2026-05-20')",
    "INSERT INTO parts VALUES ('open', 1, '420112', '2026-05-21')",
    "DELETE FROM _sqlx_migrations WHERE version IN (22, 24)",
];

async fn set_back(fresh: &Fresh) {
    // Of several connections one could go by the tables of before.
    let one = AnyPoolOptions::new().max_connections(1);
    let pool = one.connect(&fresh.url).await.unwrap();
    for statement in BEFORE {
        sqlx::query(statement).execute(&pool).await.unwrap();
    }
    pool.close().await;
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_due_on_no_known_day_makes_room_for_what_is_over(#[case] kind: Kind) {
    let mut fresh = Fresh::of(kind).await;
    for (id, work) in [
        ("open", json!({"unit": "420106", "text": "琥珀"})),
        (
            "due",
            json!({"unit": "420106", "due": "2026-05-20", "text": "琥珀"}),
        ),
    ] {
        fresh.store.commit(waiting(id, work)).await.unwrap();
    }
    set_back(&fresh).await;
    fresh.store.close().await;
    fresh.store = Store::open(&fresh.url).await.unwrap();
    let store = &fresh.store;
    let word = WorkWord {
        text: "琥珀".to_owned(),
        categories: Vec::new(),
    };
    for words in [vec![], vec![word]] {
        let filter = WorkFilter {
            words,
            ..WorkFilter::default()
        };
        let page = store.work(&filter, None, 9).await.unwrap();
        let listed: Vec<&str> = page.items.iter().map(|it| &*it.number).collect();
        assert_eq!(listed, ["N-due", "N-open"]);
    }
    let awaited = store.awaited_parts("42", None, None, 9).await.unwrap();
    let awaited: Vec<PartRow> = awaited.parts.into_iter().map(|it| it.part).collect();
    let row = |what, seq, unit: &str, due_on: &str| PartRow {
        what,
        seq,
        unit: unit.to_owned(),
        due_on: due_on.to_owned(),
    };
    assert_eq!(
        awaited,
        [
            row(Awaited::Agreement, 0, "420111", "2026-05-20"),
            row(Awaited::Part, 1, "420112", "2026-05-21"),
        ]
    );

    // The next act finds the file where it is.
    let case = store.case("open").await.unwrap().unwrap();
    let mut next = commit("open", case.version, &case.head, 1);
    next.case.division = Some("420106".to_owned());
    next.case.parts = Some(Vec::new());
    store.commit(next).await.unwrap();
    let left = store.work(&WorkFilter::default(), None, 9).await;
    assert_eq!(left.unwrap().items.len(), 1);
    let found = faults(&fresh).await;
    let words = found.iter().filter(|fault| fault.contains("words"));
    assert_eq!(words.count(), 0, "{found:?}");
}
