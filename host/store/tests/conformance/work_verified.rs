use std::sync::Arc;

use hejie_store::{WorkFilter, WorkWord};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, Plain, faults, waiting};

async fn with_two(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    for (id, text) in [("a", "退货款"), ("b", "换货")] {
        let work = json!({"unit": "420106", "due": "2026-05-27", "text": text});
        fresh.store.commit(waiting(id, work)).await.unwrap();
    }
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
    fresh
}

async fn found(fresh: &Fresh, text: &str) -> usize {
    let word = WorkWord {
        text: text.to_owned(),
        categories: Vec::new(),
    };
    let filter = WorkFilter {
        words: vec![word],
        ..WorkFilter::default()
    };
    fresh
        .store
        .work(&filter, None, 9)
        .await
        .unwrap()
        .items
        .len()
}

/// Damages the store, sees it named, and has it made whole.
async fn is_found_and_mended(fresh: &Fresh, statement: &'static str, wanted: &str) {
    fresh.tamper(statement).await;
    assert_eq!(faults(fresh).await, [wanted], "{statement}");
    let rebuilt = fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert_eq!(rebuilt.faults, []);
    assert_eq!(faults(fresh).await, Vec::<String>::new(), "{statement}");
    assert_eq!(found(fresh, "退货款").await, 1);
    assert_eq!(found(fresh, "货").await, 2);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn every_column_of_the_work_list_is_compared(#[case] kind: Kind) {
    let fresh = with_two(kind).await;
    for (statement, name) in [
        ("UPDATE work SET number = 'x' WHERE case_id = 'a'", "number"),
        ("UPDATE work SET phase = 'x' WHERE case_id = 'a'", "phase"),
        (
            "UPDATE work SET category = 'x' WHERE case_id = 'a'",
            "category",
        ),
        ("UPDATE work SET unit = '42' WHERE case_id = 'a'", "unit"),
        (
            "UPDATE work SET period = NULL WHERE case_id = 'a'",
            "period",
        ),
        (
            "UPDATE work SET due_on = NULL WHERE case_id = 'a'",
            "due_on",
        ),
        (
            "UPDATE work SET over_on = '2026-05-18' WHERE case_id = 'a'",
            "over_on",
        ),
        (
            "UPDATE work SET received_on = 'x' WHERE case_id = 'a'",
            "received_on",
        ),
        (
            "UPDATE work SET consumer_name = 'x' WHERE case_id = 'a'",
            "consumer_name",
        ),
        (
            "UPDATE work SET respondent_name = 'x' WHERE case_id = 'a'",
            "respondent_name",
        ),
    ] {
        let wanted = format!("case a: on the work list, its {name} is not what its ledger gives");
        is_found_and_mended(&fresh, statement, &wanted).await;
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn rows_that_are_missing_or_too_many_are_found(#[case] kind: Kind) {
    let fresh = with_two(kind).await;
    fresh.tamper("DELETE FROM work WHERE case_id = 'a'").await;
    let missing = "case a: it is missing on the work list";
    let stray = "work list: words are kept of 1 places that have no file";
    assert_eq!(faults(&fresh).await, [missing, stray]);
    fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
    is_found_and_mended(
        &fresh,
        "DELETE FROM work_words WHERE place = (SELECT place FROM work WHERE case_id = 'a')",
        "case a: the words kept of it are not what its ledger gives",
    )
    .await;
    is_found_and_mended(
        &fresh,
        "INSERT INTO work (place, case_id, number, phase, category, unit, received_on,
             consumer_name, respondent_name)
         VALUES (7, 'stranger', 'N', 'registered', 'food', '420106', '2026-05-18', 'x', 'y')",
        "case stranger: it is on the work list and has no ledger",
    )
    .await;
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_in_the_place_of_another_day_is_found(#[case] kind: Kind) {
    let fresh = with_two(kind).await;
    fresh
        .tamper(
            "UPDATE work_words SET place = 7
             WHERE place = (SELECT place FROM work WHERE case_id = 'a')",
        )
        .await;
    is_found_and_mended(
        &fresh,
        "UPDATE work SET place = 7 WHERE case_id = 'a'",
        "case a: its place on the work list is of another day",
    )
    .await;
}

#[tokio::test]
async fn an_index_that_parted_from_its_words_is_found() {
    let fresh = with_two(Kind::Sqlite).await;
    is_found_and_mended(
        &fresh,
        "INSERT INTO work_index (work_index, rowid, marks, names, words)
         SELECT 'delete', place, marks, names, words FROM work_words
         WHERE place = (SELECT place FROM work WHERE case_id = 'a')",
        "case a: the index of words does not find it by its words",
    )
    .await;
}

#[tokio::test]
async fn words_that_were_changed_are_found() {
    let sqlite = with_two(Kind::Sqlite).await;
    let wanted = "case a: the words kept of it are not what its ledger gives";
    let tampered = "UPDATE work_words SET words = 'x'
         WHERE place = (SELECT place FROM work WHERE case_id = 'a')";
    is_found_and_mended(&sqlite, tampered, wanted).await;
    let postgres = with_two(Kind::Postgres).await;
    let tampered = "UPDATE work_words SET terms = CAST('x' AS TSVECTOR)
         WHERE place = (SELECT place FROM work WHERE case_id = 'a')";
    is_found_and_mended(&postgres, tampered, wanted).await;
}
