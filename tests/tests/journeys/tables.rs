//! Exports as a reader's own program reads them, and which of their rows are in a scope.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{Reader, Xlsx};
use hejie_tests::Client;
use serde_json::Value;

/// Cells by the names of their columns.
pub type Row = BTreeMap<String, String>;

pub async fn exported(who: &Client, table: &str, form: &str, query: &str) -> Vec<Row> {
    let path = format!("/exports/{table}.{form}{query}");
    let bytes = who.bytes(&path).await.unwrap();
    match form {
        "csv" => from_csv(&bytes),
        _ => from_sheet(bytes, table),
    }
}

pub fn from_csv(bytes: &[u8]) -> Vec<Row> {
    let bytes = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    let mut reader = csv::Reader::from_reader(bytes);
    reader.deserialize().map(|row| row.unwrap()).collect()
}

fn from_sheet(bytes: Vec<u8>, table: &str) -> Vec<Row> {
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let sheet = book.worksheet_range(table).unwrap();
    let mut lines = sheet.rows();
    let header: Vec<String> = lines
        .next()
        .unwrap()
        .iter()
        .map(|it| it.to_string())
        .collect();
    let row = |cells: &[calamine::Data]| {
        let names = header.iter().cloned();
        names.zip(cells.iter().map(|it| it.to_string())).collect()
    };
    lines.map(row).collect()
}

/// The rows that a scope takes, by the columns that the API tells.
pub fn picked(rows: &[Row], by: &Value, scope: &Value) -> Vec<Row> {
    let of = |row: &Row, name: &str| row[by[name].as_str().unwrap()].clone();
    let takes = |row: &&Row| {
        let each = scope.as_object().unwrap().iter();
        each.map(|(name, wanted)| (name.as_str(), wanted.as_str().unwrap()))
            .all(|(name, wanted)| match name {
                "subtree" => !of(row, name).is_empty() && of(row, name).starts_with(wanted),
                "from" => of(row, "day").as_str() >= wanted,
                "to" => of(row, "day").as_str() <= wanted,
                "category" => of(row, name) == wanted,
                "respondent" => {
                    let mut columns = by[name].as_array().unwrap().iter();
                    columns.any(|it| plain(&row[it.as_str().unwrap()]) == wanted)
                }
                other => panic!("{other}"),
            })
    };
    rows.iter().filter(takes).cloned().collect()
}

/// Without the apostrophe that stands before what begins like a formula.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
