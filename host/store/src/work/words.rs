//! What is indexed of a file, as each store keeps it.

use std::collections::BTreeSet;

use sqlx::{AnyConnection, AssertSqlSafe};

use super::WorkRow;
use super::row::{Indexed, indexed};
use crate::cases::CaseRow;
use crate::error::StoreError;
use hejie_domain::words::Token;

/// Keeps what is indexed of the file at a place; touches nothing where it is the
/// same, which most acts leave it.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    place: i64,
    indexed: &Indexed,
) -> Result<(), StoreError> {
    let changed = if is_postgres(connection) {
        sqlx::query(
            "INSERT INTO work_words (place, terms) VALUES ($1, CAST($2 AS TSVECTOR))
             ON CONFLICT (place) DO UPDATE SET terms = excluded.terms
             WHERE work_words.terms <> excluded.terms",
        )
        .bind(place)
        .bind(vector(indexed))
    } else {
        let [marks, names, words] = texts(indexed);
        sqlx::query(
            "INSERT INTO work_words (place, marks, names, words) VALUES ($1, $2, $3, $4)
             ON CONFLICT (place) DO UPDATE
             SET marks = excluded.marks, names = excluded.names, words = excluded.words
             WHERE (work_words.marks, work_words.names, work_words.words)
                 <> (excluded.marks, excluded.names, excluded.words)",
        )
        .bind(place)
        .bind(marks)
        .bind(names)
        .bind(words)
    };
    changed.execute(connection).await?;
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, place: i64) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM work_words WHERE place = $1")
        .bind(place)
        .execute(connection)
        .await?;
    Ok(())
}

/// What is wrong with what is kept at a place, in words; nothing where it is as it
/// must be and, on SQLite, the index finds it there by each of its words.
pub(crate) async fn check(
    connection: &mut AnyConnection,
    place: i64,
    row: &CaseRow,
    work: &WorkRow,
) -> Result<Option<&'static str>, StoreError> {
    let indexed = indexed(row, work);
    if !is_kept(connection, place, &indexed).await? {
        return Ok(Some("the words kept of it are not what its ledger gives"));
    }
    if !is_postgres(connection) && !is_found(connection, place, every(&indexed)).await? {
        return Ok(Some("the index of words does not find it by its words"));
    }
    Ok(None)
}

async fn is_kept(
    connection: &mut AnyConnection,
    place: i64,
    indexed: &Indexed,
) -> Result<bool, StoreError> {
    let query = if is_postgres(connection) {
        sqlx::query_as(
            "SELECT place FROM work_words WHERE place = $1 AND terms = CAST($2 AS TSVECTOR)",
        )
        .bind(place)
        .bind(vector(indexed))
    } else {
        let [marks, names, words] = texts(indexed);
        sqlx::query_as(
            "SELECT place FROM work_words
             WHERE place = $1 AND marks = $2 AND names = $3 AND words = $4",
        )
        .bind(place)
        .bind(marks)
        .bind(names)
        .bind(words)
    };
    let found: Option<(i64,)> = query.fetch_optional(connection).await?;
    Ok(found.is_some())
}

/// SQLite: whether the index has these words at this place.
async fn is_found(
    connection: &mut AnyConnection,
    place: i64,
    words: BTreeSet<&str>,
) -> Result<bool, StoreError> {
    let each: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
    let found: Result<Option<(i64,)>, _> =
        sqlx::query_as("SELECT rowid FROM work_index WHERE work_index MATCH $1 AND rowid = $2")
            .bind(each.join(" AND "))
            .bind(place)
            .fetch_optional(connection)
            .await;
    match found.map_err(StoreError::from) {
        Ok(found) => Ok(found.is_some()),
        Err(fault) if fault.is_outage() => Err(fault),
        // An index that cannot be read finds nothing.
        Err(_) => Ok(false),
    }
}

/// SQLite: makes the whole index anew from what is kept, where it does not find a
/// case by what is kept of it; until then the case could not be changed either.
pub(crate) async fn mend_index(
    connection: &mut AnyConnection,
    case_id: &str,
) -> Result<(), StoreError> {
    if is_postgres(connection) {
        // The index is the database's own to keep.
        return Ok(());
    }
    let kept: Option<(i64, String, String, String)> = sqlx::query_as(
        "SELECT place, marks, names, words FROM work JOIN work_words USING (place)
         WHERE case_id = $1",
    )
    .bind(case_id)
    .fetch_optional(&mut *connection)
    .await?;
    let Some((place, marks, names, words)) = kept else {
        return Ok(());
    };
    let texts = [&marks, &names, &words];
    let each = texts.into_iter().flat_map(|text| text.split(' '));
    let each = each.filter(|word| !word.is_empty()).collect();
    if !is_found(connection, place, each).await? {
        sqlx::query("INSERT INTO work_index (work_index) VALUES ('rebuild')")
            .execute(connection)
            .await?;
    }
    Ok(())
}

const STRAY: &str = "NOT EXISTS (SELECT 1 FROM work WHERE work.place = work_words.place)";

/// How many places have words and no file.
pub(crate) async fn strays(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let statement = format!("SELECT COUNT(*) FROM work_words WHERE {STRAY}");
    let (strays,) = sqlx::query_as(AssertSqlSafe(statement))
        .fetch_one(connection)
        .await?;
    Ok(strays)
}

pub(crate) async fn remove_strays(connection: &mut AnyConnection) -> Result<(), StoreError> {
    let statement = format!("DELETE FROM work_words WHERE {STRAY}");
    sqlx::query(AssertSqlSafe(statement))
        .execute(connection)
        .await?;
    Ok(())
}

fn is_postgres(connection: &AnyConnection) -> bool {
    connection.backend_name() == "PostgreSQL"
}

fn every(indexed: &Indexed) -> BTreeSet<&str> {
    let tokens = indexed.names.iter().chain(&indexed.words);
    let marks = indexed.marks.iter().map(String::as_str);
    tokens
        .map(|token| token.text.as_str())
        .chain(marks)
        .collect()
}

/// For FTS5: words with spaces between them.
fn texts(indexed: &Indexed) -> [String; 3] {
    let joined = |tokens: &[Token]| {
        let texts: Vec<&str> = tokens.iter().map(|token| token.text.as_str()).collect();
        texts.join(" ")
    };
    [
        indexed.marks.join(" "),
        joined(&indexed.names),
        joined(&indexed.words),
    ]
}

/// For PostgreSQL: the vector as it is written. All of a name has a position,
/// because only a position can have a weight. Of other text only the pairs and
/// words have, so that the longest filing ends before the last position there is,
/// 16,383; of each word PostgreSQL keeps the first 255.
fn vector(indexed: &Indexed) -> String {
    let mut vector = String::new();
    let mut position = 0_u32;
    for mark in indexed.marks.iter().chain(&indexed.stands) {
        vector.push_str(&format!("'{mark}' "));
    }
    for token in &indexed.names {
        position += 1;
        vector.push_str(&format!("'{}':{position}A ", token.text));
    }
    position += 1;
    let mut in_sequence = true;
    for token in &indexed.words {
        if token.in_sequence {
            // The characters of a run lay between this and the one before.
            position += if in_sequence { 1 } else { 2 };
            vector.push_str(&format!("'{}':{position} ", token.text));
        } else {
            vector.push_str(&format!("'{}' ", token.text));
        }
        in_sequence = token.in_sequence;
    }
    vector
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_domain::words::of_text;

    #[test]
    fn a_vector_keeps_runs_apart_and_names_by_their_weight() {
        let indexed = Indexed {
            marks: vec!["p:open".to_owned()],
            stands: vec!["w:none".to_owned()],
            names: of_text("百货"),
            words: of_text("退款，外套 a"),
        };
        assert_eq!(
            vector(&indexed),
            "'p:open' 'w:none' '百货':1A '百':2A '货':3A '退款':5 '款' '退' '外套':7 '外' '套' 'a':9 "
        );
        assert_eq!(
            texts(&indexed),
            ["p:open", "百货 百 货", "退款 款 退 外套 外 套 a"]
        );
    }
}
