use std::sync::Arc;

use hejie_store::Commit;
use rstest::rstest;

use crate::backend::{Fresh, Kind, Plain, commit, faults, opening};

/// A file that is of some units.
fn of(case_id: &str, units: &[&str]) -> Commit {
    let mut commit = opening(case_id);
    commit.case.involved = Some(owned(units));
    commit
}

fn owned(units: &[&str]) -> Vec<String> {
    units.iter().map(|it| (*it).to_owned()).collect()
}

async fn found(fresh: &Fresh, digits: &str, limit: u32) -> Vec<String> {
    let found = fresh
        .store
        .involving(digits, "officer:o-1", limit)
        .await
        .unwrap();
    found.into_iter().map(|it| it.case_id).collect()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_unit_finds_what_it_or_one_below_is_involved_in_newest_first(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let head = fresh.store.commit(of("a", &["420100"])).await.unwrap().head;
    for commit in [
        of("b", &["420106", "420106-01", "420500"]),
        of("c", &["420500"]),
        opening("d"),
    ] {
        fresh.store.commit(commit).await.unwrap();
    }
    assert_eq!(found(&fresh, "", 9).await, ["c", "b", "a"]);
    assert_eq!(found(&fresh, "4201", 9).await, ["b", "a"]);
    assert_eq!(found(&fresh, "4201", 1).await, ["b"]);
    assert_eq!(found(&fresh, "420106-01", 9).await, ["b"]);
    assert_eq!(found(&fresh, "420111", 9).await, Vec::<String>::new());
    let mut later = commit("a", 2, &head, 1);
    later.case.involved = Some(owned(&["420100", "420111"]));
    fresh.store.commit(later).await.unwrap();
    assert_eq!(found(&fresh, "420111", 9).await, ["a"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn an_officer_finds_what_is_hers_wherever_it_is_and_each_once(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for (id, unit, account) in [
        ("a", "420100", "officer:o-1"),
        ("b", "420500", "officer:o-1"),
        ("c", "420500", "officer:o-2"),
    ] {
        let mut commit = of(id, &[unit]);
        commit.case.accounts = Some(owned(&[account]));
        fresh.store.commit(commit).await.unwrap();
    }
    assert_eq!(found(&fresh, "4201", 9).await, ["b", "a"]);
    assert_eq!(found(&fresh, "4201", 1).await, ["b"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn units_that_a_ledger_does_not_give_are_found_and_removed(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    for id in ["a", "zzz"] {
        let stray = "INSERT INTO involved (unit, case_id) VALUES ('420106', $1)";
        fresh.tamper_with(stray, id).await;
    }
    assert_eq!(
        faults(&fresh).await,
        [
            "case a: the units it is of are not what its ledger gives",
            "case zzz: it is of units and has no ledger"
        ]
    );
    fresh.store.rebuild(Arc::new(Plain)).await.unwrap();
    assert!(faults(&fresh).await.is_empty());
    assert!(found(&fresh, "4201", 9).await.is_empty());
}
