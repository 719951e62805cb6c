use hejie_store::{CaseScope, Commit};
use rstest::rstest;

use crate::backend::{Fresh, Kind, Plain, commit, faults, opening};

async fn listed(fresh: &Fresh, account: &str) -> Vec<String> {
    let scope = CaseScope::Consumer(account.to_owned());
    let page = fresh.store.list_cases(&scope, None, None, 9).await.unwrap();
    page.cases.into_iter().map(|case| case.case_id).collect()
}

/// A dispute of `own` that others' accounts have to do with.
fn with(mut commit: Commit, own: &str, others: &[&str]) -> Commit {
    commit.case.consumer_id = own.to_owned();
    commit.case.accounts = Some(others.iter().map(|it| (*it).to_owned()).collect());
    commit
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_dispute_is_on_the_list_of_each_whose_it_is(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let opened = with(opening("a"), "c-1", &["c-9", "c-2"]);
    let opened = fresh.store.commit(opened).await.unwrap();
    let alone = with(opening("b"), "c-9", &[]);
    fresh.store.commit(alone).await.unwrap();
    assert_eq!(listed(&fresh, "c-1").await, ["a"]);
    assert_eq!(listed(&fresh, "c-2").await, ["a"]);
    assert_eq!(listed(&fresh, "c-9").await, ["b", "a"], "newest first");
    assert_eq!(listed(&fresh, "c-3").await, [] as [&str; 0]);

    let next = commit("a", opened.version, &opened.head, 1);
    fresh
        .store
        .commit(with(next, "c-1", &["c-3"]))
        .await
        .unwrap();
    assert_eq!(listed(&fresh, "c-9").await, ["b"], "another agent acts");
    assert_eq!(listed(&fresh, "c-3").await, ["a"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn accounts_that_a_ledger_does_not_give_are_found_and_removed(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let wrong = with(opening("a"), "c-1", &["c-9"]);
    fresh.store.commit(wrong).await.unwrap();
    let found = faults(&fresh).await;
    assert!(found[0].contains("accounts"), "{found:?}");
    let plain = std::sync::Arc::new(Plain);
    fresh.store.rebuild(plain).await.unwrap();
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
    assert_eq!(listed(&fresh, "c-9").await, [] as [&str; 0]);
}
