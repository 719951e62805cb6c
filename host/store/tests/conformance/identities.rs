use hejie_domain::identifiers::digest::Digest;
use hejie_store::{Commit, NewIdentity, Ownership, StoreError};
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, faults, opening};

/// Opens a file of a person behind a token.
fn of_person(case_id: &str, token: &str, owner: Option<&str>) -> Commit {
    let mut commit = opening(case_id);
    commit.events[0].payload = json!({"person": token});
    commit.identity = Some(NewIdentity {
        token: token.to_owned(),
        owner: owner.map(str::to_owned),
        document: owner.map(|_| json!({"name": "王小明"})),
    });
    commit
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_person_is_found_by_her_account_or_her_token_and_by_no_other(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let store = &fresh.store;
    store
        .commit(of_person("a", "t-1", Some("consumer:c-1")))
        .await
        .unwrap();
    store.commit(of_person("b", "t-2", None)).await.unwrap();
    let owner = |id: &str| Ownership::Owner(format!("consumer:{id}"));
    let token = |token: &str| Ownership::Token(token.to_owned());
    let found = store.identity_of("a", &owner("c-1")).await.unwrap();
    assert_eq!(found.as_deref(), Some("t-1"));
    for (case_id, ownership) in [
        ("a", owner("c-2")),
        ("b", owner("c-1")),
        ("b", token("t-1")),
        ("a", token("t-2")),
    ] {
        let found = store.identity_of(case_id, &ownership).await.unwrap();
        assert_eq!(found, None, "{case_id} {ownership:?}");
    }
    let found = store.identity_of("b", &token("t-2")).await.unwrap();
    assert_eq!(found.as_deref(), Some("t-2"));
    let files = async |kind: &str, ownership: Ownership| {
        let files = store.files_of(kind, &ownership, 9).await.unwrap();
        files.into_iter().map(|it| it.case_id).collect::<Vec<_>>()
    };
    assert_eq!(files("dispute", owner("c-1")).await, ["a"]);
    assert_eq!(files("dispute", token("t-2")).await, ["b"]);
    assert!(files("report", token("t-2")).await.is_empty());
    let document = store.identity("t-1").await.unwrap();
    assert_eq!(document, Some(json!({"name": "王小明"})));
    assert_eq!(store.identity("t-2").await.unwrap(), None);
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_token_without_its_person_is_a_fault(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let mut lost = of_person("a", "t-1", None);
    lost.identity = None;
    fresh.store.commit(lost).await.unwrap();
    let faults = faults(&fresh).await;
    assert!(faults[0].contains("by a token is missing"), "{faults:?}");
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn several_files_are_committed_together_or_not_at_all(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    let both = vec![opening("a"), opening("b")];
    let done = fresh.store.commit_all(both).await.unwrap();
    assert_eq!(done.len(), 2);
    let stale = crate::backend::commit("a", 1, &Digest::ZERO, 1);
    let fault = fresh.store.commit_all(vec![opening("c"), stale]).await;
    assert!(matches!(fault, Err(StoreError::Conflict)), "{fault:?}");
    assert!(fresh.store.case("c").await.unwrap().is_none());
    assert_eq!(faults(&fresh).await, Vec::<String>::new());
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_file_of_another_kind_is_in_its_own_list_alone(#[case] kind: Kind) {
    use hejie_store::CaseScope;
    let fresh = Fresh::of(kind).await;
    fresh.store.commit(opening("a")).await.unwrap();
    let mut report = opening("b");
    report.case.kind = "report";
    report.case.unit = Some("420106-01".to_owned());
    report.case.consumer_id = String::new();
    report.case.respondent = None;
    fresh.store.commit(report).await.unwrap();
    let listed = async |scope: CaseScope| {
        let page = fresh.store.list_cases(&scope, None, None, 9).await.unwrap();
        page.cases
            .into_iter()
            .map(|it| it.case_id)
            .collect::<Vec<_>>()
    };
    assert_eq!(listed(CaseScope::All).await, ["a"]);
    let other = |digits: &str| CaseScope::Other {
        kind: "report",
        digits: digits.to_owned(),
    };
    assert_eq!(listed(other("4201")).await, ["b"]);
    assert_eq!(listed(other("420107")).await, Vec::<String>::new());
    assert_eq!(
        listed(CaseScope::Division("42".to_owned())).await,
        Vec::<String>::new()
    );
}
