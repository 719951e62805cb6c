use hejie_store::{Export, ExportScope, NewExport};
use jiff::ToSpan;
use rstest::rstest;
use serde_json::json;

use crate::backend::{Fresh, Kind, now};

async fn took(fresh: &Fresh, rows: u64, table: &'static str, unit: Option<&str>) {
    let export = NewExport {
        at: now()
            .checked_add(i64::try_from(rows).unwrap().hours())
            .unwrap(),
        principal: json!({"kind": "operator", "id": "op"}),
        filter: json!({"category": "食品"}),
        table,
        unit: unit.map(str::to_owned),
        form: "csv",
        rows,
    };
    fresh.store.log_export(export).await.unwrap();
}

fn rows(page: &[Export]) -> Vec<u64> {
    page.iter().map(|it| it.rows).collect()
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn exports_are_logged_and_listed_newest_first_page_by_page(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    for rows in 0..5 {
        took(&fresh, rows, "cases", None).await;
    }
    let all = ExportScope::AllBut(&[]);
    let first = fresh.store.exports(all.clone(), None, 3).await.unwrap();
    assert_eq!(rows(&first), [4, 3, 2]);
    assert_eq!(first[2].principal["id"], "op");
    assert_eq!(first[2].filter, json!({"category": "食品"}));
    assert_eq!(
        (first[2].form.as_str(), first[0].at > first[2].at),
        ("csv", true)
    );
    assert_eq!(first[2].table.as_deref(), Some("cases"));
    let second = fresh.store.exports(all, Some(&first[2].id), 3).await;
    assert_eq!(rows(&second.unwrap()), [1, 0]);
}

#[rstest]
#[case(Kind::Sqlite)]
#[case(Kind::Postgres)]
#[tokio::test]
async fn a_reader_has_the_lines_of_some_tables_or_of_some_units(#[case] kind: Kind) {
    let fresh = Fresh::of(kind).await;
    took(&fresh, 1, "cases", None).await;
    took(&fresh, 2, "reports", Some("420106")).await;
    took(&fresh, 3, "negotiations", Some("420106-01")).await;
    took(&fresh, 4, "inquiries", Some("420502")).await;
    let unknown = "UPDATE exports SET table_name = NULL WHERE row_count = 1";
    fresh.tamper(unknown).await;
    let found = async |scope: ExportScope<'static>| {
        let found = fresh.store.exports(scope, None, 9).await.unwrap();
        rows(&found)
    };
    let walled = ExportScope::AllBut(&["reports", "inquiries"]);
    assert_eq!(found(walled).await, [3, 1]);
    assert_eq!(found(ExportScope::Units("4201")).await, [3, 2]);
    assert_eq!(found(ExportScope::Units("420106-01")).await, [3]);
    assert_eq!(found(ExportScope::Units("")).await, [4, 3, 2]);
}
