use std::sync::Arc;

use rstest::rstest;
use sqlx::Row;

use crate::backend::{Fresh, Kind, Plain, commit, faults, opening};

/// Every column of every case as text.
async fn rows(fresh: &Fresh) -> Vec<Vec<String>> {
    let pool = sqlx::AnyPool::connect(&fresh.url).await.unwrap();
    let statement =
        "SELECT case_id, number, CAST(version AS TEXT), head, snapshot, phase, consumer_id,
             COALESCE(respondent, '-'), COALESCE(division, '-'), category,
             CAST(mediation AS TEXT), COALESCE(CAST(next_deadline AS TEXT), '-'),
             CAST(updated_at AS TEXT)
         FROM cases ORDER BY case_id";
    let rows = sqlx::query(statement).fetch_all(&pool).await.unwrap();
    pool.close().await;
    let row = |row: &sqlx::any::AnyRow| (0..13).map(|at| row.get(at)).collect();
    rows.iter().map(row).collect()
}

async fn with_cases(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    for id in ["a", "b", "c", "d"] {
        fresh.store.commit(opening(id)).await.unwrap();
    }
    fresh
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_projection_damaged_in_every_column_is_made_anew_as_it_was(#[case] kind: Kind) {
    let fresh = with_cases(kind).await;
    let before = rows(&fresh).await;
    for statement in [
        "UPDATE cases SET number = 'x', version = 7, head = 'x', snapshot = '{', phase = 'x',
             consumer_id = 'x', respondent = NULL, division = '42', category = 'x',
             mediation = 1, next_deadline = 7, updated_at = 7 WHERE case_id = 'a'",
        "UPDATE cases SET case_id = 'zzz', number = 'N-zzz' WHERE case_id = 'b'",
        "UPDATE cases SET number = 'N-d-once' WHERE case_id = 'd'",
        "UPDATE cases SET number = 'N-d' WHERE case_id = 'c'",
        "UPDATE cases SET number = 'N-c' WHERE case_id = 'd'",
    ] {
        fresh.tamper(statement).await;
    }
    let rebuilt = fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert_eq!((rebuilt.cases, rebuilt.removed), (4, 1));
    assert_eq!(rebuilt.faults, []);
    assert_eq!(rows(&fresh).await, before);
    assert!(faults(&fresh).await.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_case_whose_ledger_is_not_whole_is_left_as_it_is(#[case] kind: Kind) {
    let fresh = with_cases(kind).await;
    let before = rows(&fresh).await;
    fresh
        .tamper("DELETE FROM ledger WHERE case_id = 'a' AND seq = 2")
        .await;
    fresh
        .tamper("UPDATE ledger SET hash = 'x' WHERE case_id = 'b' AND seq = 1")
        .await;
    let rebuilt = fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert_eq!(rebuilt.cases, 2);
    assert!(!rebuilt.faults.is_empty());
    assert_eq!(rows(&fresh).await, before);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_rebuild_beside_a_writer_loses_nothing(#[case] kind: Kind) {
    let fresh = with_cases(kind).await;
    // As another process has it: on SQLite too, the file has two writers then.
    let other = hejie_store::Store::open_existing(&fresh.url).await.unwrap();
    let writer = tokio::spawn(async move {
        let mut written = 2;
        while written < 40 {
            let Some(case) = other.case("a").await.unwrap() else {
                continue;
            };
            match other.commit(commit("a", case.version, &case.head, 1)).await {
                Ok(committed) => written = committed.version,
                Err(hejie_store::StoreError::Conflict) => {}
                Err(fault) => panic!("{fault}"),
            }
        }
    });
    while !writer.is_finished() {
        fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    }
    writer.await.unwrap();
    assert_eq!(fresh.store.case("a").await.unwrap().unwrap().version, 40);
    assert!(faults(&fresh).await.is_empty());
}
