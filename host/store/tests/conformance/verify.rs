use hejie_domain::identifiers::digest::Digest;
use hejie_store::directory::VersionRow;
use hejie_store::{Attachment, StoreError};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, Plain, commit, faults, now, opening};

fn document(id: &str) -> Attachment {
    Attachment::json(format!(r#"{{"of":"{id}"}}"#))
}

/// Three cases with a document each, made by a plugin.
async fn with_three_cases(kind: Kind) -> Fresh {
    let fresh = Fresh::of(kind).await;
    let version = VersionRow {
        digest: Digest::of(b"one"),
        organisation: "shop".into(),
        plugin: "returns".into(),
        version: "1.0.0".into(),
        installed_at: now(),
    };
    fresh
        .store
        .add_version(version, "b25l".into())
        .await
        .unwrap();
    for id in ["a", "b", "c"] {
        let mut commit = opening(id);
        let document = document(id);
        commit.events[1].payload = json!({"body": "退款", "documents": [document.digest()],
            "components": [Digest::of(b"one")]});
        commit.attachments.push(document);
        fresh.store.commit(commit).await.unwrap();
    }
    assert_eq!(fresh.store.verify(&Plain).await.unwrap(), (3, Vec::new()));
    fresh
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_changed_byte_is_found_and_named(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    fresh
        .tamper("UPDATE ledger SET entry = REPLACE(entry, '退款', '拒绝') WHERE case_id = 'b' AND seq = 2")
        .await;
    assert_eq!(
        faults(&fresh).await,
        ["case b entry 2: its bytes do not give its hash"]
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn every_column_of_the_projection_is_compared(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    for (statement, name) in [
        (
            "UPDATE cases SET number = 'x' WHERE case_id = 'a'",
            "number",
        ),
        (
            "UPDATE cases SET version = 1 WHERE case_id = 'a'",
            "version",
        ),
        ("UPDATE cases SET head = 'x' WHERE case_id = 'a'", "head"),
        (
            "UPDATE cases SET snapshot = '{}' WHERE case_id = 'a'",
            "snapshot",
        ),
        ("UPDATE cases SET phase = 'x' WHERE case_id = 'a'", "phase"),
        (
            "UPDATE cases SET consumer_id = 'x' WHERE case_id = 'a'",
            "consumer_id",
        ),
        (
            "UPDATE cases SET respondent = NULL WHERE case_id = 'a'",
            "respondent",
        ),
        (
            "UPDATE cases SET division = '42' WHERE case_id = 'a'",
            "division",
        ),
        (
            "UPDATE cases SET category = 'x' WHERE case_id = 'a'",
            "category",
        ),
        (
            "UPDATE cases SET mediation = 1 WHERE case_id = 'a'",
            "mediation",
        ),
        (
            "UPDATE cases SET next_deadline = 1 WHERE case_id = 'a'",
            "next_deadline",
        ),
        (
            "UPDATE cases SET updated_at = 1 WHERE case_id = 'a'",
            "updated_at",
        ),
    ] {
        fresh.tamper(statement).await;
        let wanted = format!("case a: its projection's {name} is not what its ledger gives");
        assert_eq!(faults(&fresh).await, [wanted]);
        fresh
            .store
            .rebuild(std::sync::Arc::new(Plain))
            .await
            .unwrap();
    }
    fresh
        .tamper("UPDATE cases SET snapshot = '{' WHERE case_id = 'b'")
        .await;
    let found = faults(&fresh).await;
    assert_eq!(found.len(), 1);
    assert!(
        found[0].starts_with("case b: its projection's snapshot is no JSON"),
        "{found:?}"
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn what_was_deleted_is_missed(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    fresh
        .tamper("DELETE FROM ledger WHERE case_id = 'a' AND seq = 1")
        .await;
    fresh.tamper("DELETE FROM cases WHERE case_id = 'b'").await;
    fresh.tamper("DELETE FROM ledger WHERE case_id = 'c'").await;
    fresh.tamper("DELETE FROM cases WHERE case_id = 'c'").await;
    fresh
        .tamper("DELETE FROM case_facts WHERE case_id = 'c'")
        .await;
    fresh
        .tamper("DELETE FROM attachments WHERE case_id = 'c'")
        .await;
    assert_eq!(
        faults(&fresh).await,
        [
            "case a entry 2: entry 1 is missing",
            "case b: it has a ledger and no projection",
            "case c: it was committed up to 2 and its ledger ends at 0",
        ]
    );
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_ledger_that_was_cut_short_with_its_projection_is_found(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    let head = fresh.store.case("a").await.unwrap().unwrap().head;
    fresh.store.commit(commit("a", 2, &head, 1)).await.unwrap();
    fresh
        .tamper("DELETE FROM ledger WHERE case_id = 'a' AND seq = 3")
        .await;
    fresh
        .tamper(
            "UPDATE cases SET version = 2, snapshot = '{\"version\":2}',
                 head = (SELECT hash FROM ledger WHERE case_id = 'a' AND seq = 2)
             WHERE case_id = 'a'",
        )
        .await;
    let cut = ["case a: it was committed up to 3 and its ledger ends at 2"];
    assert_eq!(faults(&fresh).await, cut);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_commit_that_left_no_row_and_an_entry_that_was_never_committed_are_found(
    #[case] kind: Kind,
) {
    let fresh = with_three_cases(kind).await;
    let head = fresh.store.case("a").await.unwrap().unwrap().head;
    fresh.store.commit(commit("a", 2, &head, 1)).await.unwrap();
    fresh
        .tamper("DELETE FROM commits WHERE case_id = 'a' AND version = 2")
        .await;
    fresh
        .tamper("DELETE FROM commits WHERE case_id = 'b'")
        .await;
    let found = faults(&fresh).await;
    assert_eq!(
        found[..2],
        [
            "case a: the commit after version 0 is missing",
            "case b: what comes after version 0 was never committed",
        ]
    );
}

#[tokio::test]
async fn on_sqlite_a_case_that_is_gone_from_every_table_leaves_a_gap() {
    let fresh = with_three_cases(Kind::Sqlite).await;
    for case in ["b", "c"] {
        for statement in [
            "DELETE FROM ledger WHERE case_id = $1",
            "DELETE FROM cases WHERE case_id = $1",
            "DELETE FROM case_facts WHERE case_id = $1",
            "DELETE FROM attachments WHERE case_id = $1",
            "DELETE FROM commits WHERE case_id = $1",
        ] {
            fresh.tamper_with(statement, case).await;
        }
        let gap = match case {
            "b" => "commits: numbers 2 to 2 are missing",
            _ => "commits: numbers 2 to 3 are missing",
        };
        assert_eq!(faults(&fresh).await, [gap]);
    }
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn documents_and_components_are_looked_up_where_entries_name_them(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    fresh
        .tamper("DELETE FROM attachments WHERE case_id = 'a'")
        .await;
    fresh
        .tamper("UPDATE attachments SET body = '{}' WHERE case_id = 'b'")
        .await;
    fresh
        .tamper("UPDATE attachments SET media_type = 'text/html' WHERE case_id = 'c'")
        .await;
    fresh
        .tamper("UPDATE plugin_versions SET component = 'dHdv'")
        .await;
    let digest = |id| document(id).digest();
    let one = Digest::of(b"one");
    assert_eq!(
        faults(&fresh).await,
        [
            format!(
                "case a entry 2: the document {} that it names is missing",
                digest("a")
            ),
            format!("case b: the document {} was changed", digest("b")),
            format!(
                "case c entry 2: the document {} is kept as text/html, not application/json",
                digest("c")
            ),
            format!("plugin {one} of shop: its component was changed"),
        ]
    );
    fresh.tamper("DELETE FROM plugin_versions").await;
    let missing = format!("case b entry 2: the plugin version {one} that it names is missing");
    assert!(faults(&fresh).await.contains(&missing));
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn verifying_beside_a_writer_finds_nothing_wrong(#[case] kind: Kind) {
    let fresh = with_three_cases(kind).await;
    let store = fresh.store.clone();
    let writer = tokio::spawn(async move {
        for version in 2..60 {
            let head = store.case("a").await?.ok_or(StoreError::NoSuchCase)?.head;
            store.commit(commit("a", version, &head, 1)).await?;
        }
        Ok::<(), StoreError>(())
    });
    while !writer.is_finished() {
        assert!(faults(&fresh).await.is_empty());
    }
    writer.await.unwrap().unwrap();
}
