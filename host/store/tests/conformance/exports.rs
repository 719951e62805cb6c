use hejie_store::NewExport;
use jiff::ToSpan;
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, now};

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn exports_are_logged_and_listed_newest_first_page_by_page(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for rows in 0u64..5 {
        let export = NewExport {
            at: now()
                .checked_add(i64::try_from(rows).unwrap().hours())
                .unwrap(),
            principal: json!({"kind": "operator", "id": "op"}),
            filter: json!({"category": "食品"}),
            form: "csv",
            rows,
        };
        fresh.store.log_export(export).await.unwrap();
    }
    let rows = |page: &[hejie_store::Export]| page.iter().map(|it| it.rows).collect::<Vec<_>>();
    let first = fresh.store.exports(None, 3).await.unwrap();
    assert_eq!(rows(&first), [4, 3, 2]);
    assert_eq!(first[2].principal["id"], "op");
    assert_eq!(first[2].filter, json!({"category": "食品"}));
    assert_eq!(
        (first[2].form.as_str(), first[0].at > first[2].at),
        ("csv", true)
    );
    let second = fresh.store.exports(Some(&first[2].id), 3).await.unwrap();
    assert_eq!(rows(&second), [1, 0]);
}
