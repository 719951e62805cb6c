use hejie_store::CaseScope;
use jiff::ToSpan;
use rstest::rstest;

use crate::backend::{Fresh, Kind, now, opening};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_list_shows_its_scope_page_by_page(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for n in 0..7 {
        let mut commit = opening(&format!("case-{n}"));
        commit.case.consumer_id = if n % 2 == 0 { "even" } else { "odd" }.to_owned();
        commit.case.division = (n < 3).then(|| format!("42010{n}"));
        commit.case.phase = if n == 0 { "closed" } else { "negotiating" };
        fresh.store.commit(commit).await.unwrap();
    }
    let list = |scope: CaseScope, phase: Option<&'static str>, before: Option<String>| {
        let store = fresh.store.clone();
        async move {
            let page = store
                .list_cases(&scope, phase, before.as_deref(), 3)
                .await
                .unwrap();
            let ids: Vec<String> = page.cases.into_iter().map(|case| case.case_id).collect();
            (ids, page.next)
        }
    };
    let even = CaseScope::Consumer("even".to_owned());
    let (ids, next) = list(even.clone(), None, None).await;
    assert_eq!(ids, ["case-6", "case-4", "case-2"]);
    assert_eq!(
        list(even, None, next).await,
        (vec!["case-0".to_owned()], None)
    );
    let city = CaseScope::Division("4201".to_owned());
    assert_eq!(
        list(city, Some("negotiating"), None).await.0,
        ["case-2", "case-1"]
    );
    assert_eq!(
        list(CaseScope::Respondent("rival".into()), None, None)
            .await
            .0
            .len(),
        0
    );
    assert_eq!(list(CaseScope::Mediation, None, None).await.0.len(), 0);
    assert_eq!(list(CaseScope::All, None, None).await.0.len(), 3);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn cases_whose_time_has_come_are_found_most_urgent_first(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for (id, hours) in [("later", 2), ("first", -2), ("second", -1)] {
        let mut commit = opening(id);
        commit.case.next_deadline = Some(now().checked_add(hours.hours()).unwrap());
        fresh.store.commit(commit).await.unwrap();
    }
    fresh.store.commit(opening("never")).await.unwrap();
    assert_eq!(
        fresh.store.due(now(), 10).await.unwrap(),
        ["first", "second"]
    );
}
