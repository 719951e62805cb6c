use hejie_store::{Awaited, Commit, PartRow};
use rstest::rstest;

use crate::backend::{Fresh, Kind, Plain, commit, faults, opening};

fn part(seq: u32, unit: &str, due_on: &str) -> PartRow {
    row(Awaited::Part, seq, unit, due_on)
}

fn row(what: Awaited, seq: u32, unit: &str, due_on: &str) -> PartRow {
    PartRow {
        what,
        seq,
        unit: unit.to_owned(),
        due_on: due_on.to_owned(),
    }
}

fn with(mut commit: Commit, parts: Vec<PartRow>) -> Commit {
    commit.case.unit = Some("420106".to_owned());
    commit.case.parts = Some(parts);
    commit
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_units_are_to_do_is_found_by_their_subtree_the_earliest_first(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let parts = vec![
        part(1, "420111", "2026-05-25"),
        part(2, "420112-03", "2026-05-20"),
    ];
    let opened = store.commit(with(opening("a"), parts)).await.unwrap();
    let neighbour = vec![
        part(1, "420111", "2026-05-19"),
        part(2, "420205", "2026-05-01"),
    ];
    store.commit(with(opening("b"), neighbour)).await.unwrap();
    let found = async |digits: &str| {
        let page = store.awaited_parts(digits, None, None, 9).await.unwrap();
        assert_eq!(page.next, None);
        let awaited = page.parts;
        let told = awaited
            .iter()
            .map(|it| format!("{} {}", it.number, it.part.seq));
        told.collect::<Vec<_>>()
    };
    assert_eq!(found("4201").await, ["N-b 1", "N-a 2", "N-a 1"]);
    assert_eq!(
        found("420112").await,
        ["N-a 2"],
        "a county's stations are its own"
    );
    assert_eq!(found("420113").await, Vec::<String>::new());
    let page = store.awaited_parts("4201", None, None, 1).await.unwrap();
    let first = &page.parts[0];
    assert_eq!(first.handled_by.as_deref(), Some("420106"));
    assert_eq!(
        (first.kind.as_str(), first.part.due_on.as_str()),
        ("dispute", "2026-05-19")
    );
    let page = store.awaited_parts("4201", None, page.next.as_ref(), 1);
    let page = page.await.unwrap();
    assert_eq!(page.parts[0].part.due_on, "2026-05-20");
    let last = store.awaited_parts("4201", None, page.next.as_ref(), 1);
    let last = last.await.unwrap();
    assert_eq!(
        (last.parts[0].part.due_on.as_str(), last.next),
        ("2026-05-25", None)
    );

    // What is done is awaited no longer.
    let done = commit("a", opened.version, &opened.head, 1);
    store.commit(with(done, Vec::new())).await.unwrap();
    assert_eq!(found("4201").await, ["N-b 1"]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_part_that_no_ledger_gives_is_found_and_mended(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    for owner in ["a", "nobody"] {
        let insert = "INSERT INTO parts (case_id, what, seq, unit, due_on)
             VALUES ($1, 'part', 1, '420111', '2026-05-25')";
        fresh.tamper_with(insert, owner).await;
    }
    let found = faults(&fresh).await;
    assert!(
        found
            .iter()
            .any(|fault| fault.contains("other units are to do")),
        "{found:?}"
    );
    let strange = "case nobody: units are to do something in it and it has no ledger";
    assert!(found.iter().any(|fault| fault == strange), "{found:?}");
    let plain = std::sync::Arc::new(Plain);
    fresh.store.rebuild(plain).await.unwrap();
    let left = fresh
        .store
        .awaited_parts("42", None, None, 9)
        .await
        .unwrap();
    assert_eq!(left.parts, [], "a part without a file is in no list");
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_awaited_is_told_apart_by_its_kind_whatever_its_number(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    let all = [
        (Awaited::Part, "420111"),
        (Awaited::Agreement, "420112"),
        (Awaited::Approval, "420106"),
        (Awaited::Answer, "420100"),
    ];
    let rows = all.map(|(what, unit)| row(what, 1, unit, "2026-05-25"));
    let opened = with(opening("a"), rows.to_vec());
    store.commit(opened).await.unwrap();
    let found = async |what| {
        let (mut found, mut after) = (Vec::new(), None);
        loop {
            let page = store.awaited_parts("4201", what, after.as_ref(), 1);
            let page = page.await.unwrap();
            found.extend(page.parts.into_iter().map(|it| it.part.what));
            after = page.next;
            if after.is_none() {
                return found;
            }
        }
    };
    // Page by page, though all are due on one day and have one number.
    let to_do = [Awaited::Agreement, Awaited::Approval, Awaited::Part];
    assert_eq!(found(None).await, to_do);
    for (what, _) in all {
        assert_eq!(found(Some(what)).await, [what]);
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_is_awaited_of_one_kind_and_kept_as_another_is_found(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    let unheard = "INSERT INTO parts (case_id, what, seq, unit, due_on)
         VALUES ($1, 'unheard', 1, '420111', '2026-05-25')";
    fresh.tamper_with(unheard, "a").await;
    let page = fresh.store.awaited_parts("42", None, None, 9).await;
    assert!(page.is_err(), "nothing is guessed");
}
