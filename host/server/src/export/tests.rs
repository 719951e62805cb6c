use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use hejie_domain::indicators::{CaseFacts, Facts};
use serde_json::json;

use super::Form;

const HOSTILE: &str = "=HYPERLINK(\"http://evil.example\",\"退款\"),\"行\"";

fn rows() -> Vec<CaseFacts> {
    let row = json!({
        "number": hejie_domain::identifiers::case_number::CaseNumber::compose(jiff::civil::date(2026, 5, 18), 7),
        "received_on": "2026-05-18", "counted_on": "2026-05-18", "category": "clothing",
        "problem": "quality", "respondent_name": "江汉百货", "acceptance_periods_missed": 2,
        "cycle_days": 9, "acceptance_in_time": true, "unit": "420106-01", "phase": "open"
    });
    let mut hostile = row.clone();
    hostile["respondent_name"] = json!(HOSTILE);
    hostile["cycle_days"] = json!(null);
    [row, hostile]
        .into_iter()
        .map(|row| serde_json::from_value(row).unwrap())
        .collect()
}

/// A column's cells.
fn column<'a>(table: &'a [Vec<String>], name: &str) -> Vec<&'a str> {
    let at = table[0].iter().position(|known| known == name).unwrap();
    table[1..].iter().map(|row| row[at].as_str()).collect()
}

fn check(table: &[Vec<String>]) {
    assert_eq!(table[0], CaseFacts::COLUMNS);
    assert_eq!(table.len(), 3);
    let neutral = format!("'{HOSTILE}");
    assert_eq!(
        column(table, "respondent_name"),
        ["江汉百货", neutral.as_str()]
    );
    assert_eq!(column(table, "cycle_days"), ["9", ""]);
    assert_eq!(column(table, "acceptance_periods_missed"), ["2", "2"]);
    assert_eq!(column(table, "acceptance_in_time"), ["true", "true"]);
    assert_eq!(column(table, "unit"), ["420106-01", "420106-01"]);
    assert_eq!(column(table, "respondent"), ["", ""]);
}

#[test]
fn csv_has_a_mark_a_header_and_no_formula() {
    let bytes = Form::Csv.write(&rows()).unwrap();
    let text = bytes.strip_prefix("\u{feff}".as_bytes()).unwrap();
    assert!(text.starts_with(b"number,received_on,"));
    assert!(text.ends_with(b"\r\n"));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let table: Vec<Vec<String>> = reader
        .records()
        .map(|record| record.unwrap().iter().map(str::to_owned).collect())
        .collect();
    check(&table);
}

#[test]
fn a_sheet_says_the_same_in_text_and_numbers() {
    let bytes = Form::Xlsx.write(&rows()).unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
    let range = book.worksheet_range("cases").unwrap();
    assert!(matches!(
        range.get((1, 22)),
        Some(Data::Float(_) | Data::Int(_))
    ));
    let table: Vec<Vec<String>> = range
        .rows()
        .map(|row| {
            let mut cells: Vec<String> = row.iter().map(ToString::to_string).collect();
            cells.resize(CaseFacts::COLUMNS.len(), String::new());
            cells
        })
        .collect();
    check(&table);
    assert!(book.worksheet_formula("cases").unwrap().is_empty());
}

#[test]
fn of_no_rows_there_is_the_header() {
    let bytes = Form::Csv.write::<CaseFacts>(&[]).unwrap();
    let header = format!("\u{feff}{}\r\n", CaseFacts::COLUMNS.join(","));
    assert_eq!(bytes, header.as_bytes());
    assert!(
        Form::Xlsx
            .write::<CaseFacts>(&[])
            .unwrap()
            .starts_with(b"PK")
    );
}
