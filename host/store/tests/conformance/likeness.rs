use hejie_store::{Commit, Likeness, Trait};
use jiff::civil::{Date, date};
use rstest::rstest;

use crate::backend::{Fresh, Kind, Plain, commit, faults, opening};

/// A dispute of a person against an operator, filed on a day.
fn against(case_id: &str, person: &str, operator: &str, filed_on: Date) -> Commit {
    let mut commit = opening(case_id);
    commit.case.likeness = Some(Likeness {
        filed_on,
        traits: vec![
            (Trait::Person, Likeness::value(&[person])),
            (Trait::Operator, Likeness::value(&[operator])),
        ],
    });
    commit
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn disputes_that_share_something_are_found_and_counted(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    for (case_id, person, operator, unit, day) in [
        ("a", "p-1", "shop", "420106", date(2026, 5, 1)),
        ("b", "p-1", "shop", "420106-01", date(2026, 5, 10)),
        ("c", "p-1", "other", "420500", date(2026, 5, 11)),
        ("d", "p-2", "shop", "420106", date(2026, 5, 12)),
        ("e", "p-1", "shop", "420106", date(2025, 1, 1)),
    ] {
        let mut commit = against(case_id, person, operator, day);
        commit.case.unit = Some(unit.to_owned());
        store.commit(commit).await.unwrap();
    }
    let (person, shop) = (Likeness::value(&["p-1"]), Likeness::value(&["shop"]));
    let from = date(2026, 1, 1);
    let alike = async |id: &str, person: &str, digits: &str, limit: u32| {
        let shared = (Trait::Person, person);
        let found = store.alike(id, shared, from, digits, limit).await.unwrap();
        found.into_iter().map(|it| it.case_id).collect::<Vec<_>>()
    };
    assert_eq!(alike("d", &person, "", 2).await, ["c", "b"], "newest first");
    assert_eq!(alike("b", &person, "42", 9).await, ["c", "a"], "but itself");
    let own = alike("c", &person, "4201", 1).await;
    assert_eq!(own, ["b"], "of its own units, though others are newer");
    assert_eq!(alike("a", &person, "420106-01", 9).await, ["b"]);
    let count = store.count_alike(Trait::Person, &person, from).await;
    assert_eq!(count.unwrap(), 3);
    let persons = store.count_among(Trait::Operator, &shop, from, Trait::Person);
    assert_eq!(persons.await.unwrap(), 2);
    let one = (Trait::Person, person.as_str());
    let both = store.count_both(one, (Trait::Operator, &shop), from).await;
    assert_eq!(both.unwrap(), 2);
    let spread = store.spread(Trait::Person, from).await.unwrap();
    assert_eq!((spread.disputes, spread.values), (4, 2));
    let nobody = Likeness::value(&["p-9"]);
    assert!(alike("a", &nobody, "", 9).await.is_empty());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_a_ledger_does_not_give_is_found_and_mended(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let wrong = against("a", "p-1", "shop", date(2026, 5, 1));
    fresh.store.commit(wrong).await.unwrap();
    let found = faults(&fresh).await;
    assert!(found[0].contains("shares with others"), "{found:?}");
    fresh
        .store
        .rebuild(std::sync::Arc::new(Plain))
        .await
        .unwrap();
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
}

#[test]
fn parts_do_not_run_into_each_other() {
    assert_ne!(Likeness::value(&["ab", "c"]), Likeness::value(&["a", "bc"]));
    assert_eq!(Likeness::value(&[" a "]), Likeness::value(&["a"]));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_a_dispute_shares_later_on_is_found_too(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let day = date(2026, 5, 1);
    let opened = fresh.store.commit(against("a", "p-1", "shop", day));
    let opened = opened.await.unwrap();
    let mut moved = commit("a", opened.version, &opened.head, 1);
    moved.case.likeness = against("a", "p-2", "shop", day).case.likeness;
    fresh.store.commit(moved).await.unwrap();
    let count = async |person: &str| {
        let value = Likeness::value(&[person]);
        let count = fresh.store.count_alike(Trait::Person, &value, day);
        count.await.unwrap()
    };
    assert_eq!((count("p-1").await, count("p-2").await), (0, 1));
}
