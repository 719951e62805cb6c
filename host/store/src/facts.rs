//! The projection of facts: a row per case that figures and exports are made of.
//! What the facts say is the writer's matter; the columns are what a reader picks by.

use futures_util::TryStreamExt;
use hejie_domain::file::FileKind;
use hejie_domain::indicators::{FactFilter, Located};
use serde_json::Value;
use sqlx::{AnyConnection, AssertSqlSafe};

use crate::cases::{CaseRow, Cell};
use crate::connection::Store;
use crate::error::StoreError;

/// The facts of a case as they are to be found.
#[derive(Debug, Clone, PartialEq)]
pub struct FactRow {
    pub unit: Option<String>,
    pub category: String,
    pub respondent: Option<String>,
    pub respondent_name: String,
    pub respondent_code: Option<String>,
    /// YYYY-MM-DD.
    pub counted_on: String,
    /// YYYY-MM-DD: the day on which a complaint was closed or refused.
    pub ended_on: Option<String>,
    /// The place of an operator with whom a dispute is negotiated here.
    pub place: Option<String>,
    /// All of them as JSON.
    pub facts: Value,
}

pub(crate) const COLUMNS: usize = 12;

/// All of the row by name: what is written is also what is verified.
pub(crate) fn columns(
    row: &CaseRow,
    facts: &FactRow,
) -> Result<[(&'static str, Cell); COLUMNS], StoreError> {
    Ok([
        ("case_id", Cell::Text(row.case_id.clone())),
        ("unit", Cell::MaybeText(facts.unit.clone())),
        ("category", Cell::Text(facts.category.clone())),
        ("respondent", Cell::MaybeText(facts.respondent.clone())),
        ("respondent_name", Cell::Text(facts.respondent_name.clone())),
        (
            "respondent_code",
            Cell::MaybeText(facts.respondent_code.clone()),
        ),
        ("counted_on", Cell::Text(facts.counted_on.clone())),
        ("facts", Cell::Text(serde_json::to_string(&facts.facts)?)),
        ("kind", Cell::Text(row.kind.to_owned())),
        ("ended_on", Cell::MaybeText(facts.ended_on.clone())),
        ("number", Cell::Text(row.number.clone())),
        ("place", Cell::MaybeText(facts.place.clone())),
    ])
}

/// Most commits change no fact; then nothing is written.
const PUT: &str = "INSERT INTO case_facts (case_id, unit, category, respondent, respondent_name,
         respondent_code, counted_on, facts, kind, ended_on, number, place)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
     ON CONFLICT (case_id) DO UPDATE SET unit = excluded.unit, category = excluded.category,
         respondent = excluded.respondent, respondent_name = excluded.respondent_name,
         respondent_code = excluded.respondent_code, counted_on = excluded.counted_on,
         facts = excluded.facts, ended_on = excluded.ended_on, place = excluded.place
     WHERE case_facts.facts <> excluded.facts";

/// Writes a case's facts, in the transaction of the case itself.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(facts) = &row.facts else {
        return Ok(());
    };
    let mut query = sqlx::query(PUT);
    for (_, cell) in columns(row, facts)? {
        query = cell.bind_to(query);
    }
    query.execute(connection).await?;
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM case_facts WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

impl Store {
    /// Gives the facts of the files of a kind that a filter takes to `each`, oldest
    /// first, reports within a day by their numbers, as JSON and one by one, until it says that it wants no more. All of
    /// them are of one moment.
    pub async fn each_facts<F>(
        &self,
        kind: &str,
        located: Located,
        filter: &FactFilter,
        mut each: F,
    ) -> Result<(), StoreError>
    where
        F: FnMut(&str) -> Result<bool, StoreError>,
    {
        let (statement, arguments) = selection(kind, located, filter);
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let mut rows = query.fetch(&self.pool);
        while let Some((facts,)) = rows.try_next().await? {
            let facts: String = facts;
            if !each(&facts)? {
                break;
            }
        }
        Ok(())
    }
}

/// The statement and its arguments. Keys are time-ordered.
fn selection(kind: &str, located: Located, filter: &FactFilter) -> (String, Vec<String>) {
    let mut statement = "SELECT facts FROM case_facts WHERE kind = $1".to_owned();
    let place = match located {
        Located::AtUnit => "unit",
        Located::AtOperator => {
            statement += " AND place IS NOT NULL";
            "place"
        }
    };
    let mut arguments: Vec<String> = vec![kind.to_owned()];
    let mut add = |condition: &str, argument: String| {
        arguments.push(argument);
        let place = format!("${}", arguments.len());
        statement += &format!(" AND {}", condition.replace('?', &place));
    };
    if let Some(digits) = &filter.subtree {
        // A range uses the index; `:` comes after the digits and the hyphen.
        add(&format!("{place} >= ?"), digits.clone());
        add(&format!("{place} < ?"), format!("{digits}:"));
    }
    if let Some(from) = filter.from {
        add("counted_on >= ?", from.to_string());
    }
    if let Some(to) = filter.to {
        add("counted_on <= ?", to.to_string());
    }
    if let Some(category) = &filter.category {
        add("category = ?", category.clone());
    }
    if let Some(respondent) = &filter.respondent {
        add(
            "(respondent = ? OR respondent_name = ? OR respondent_code = ?)",
            respondent.clone(),
        );
    }
    // Nobody is to learn from an export when in the day a report came: numbers are drawn.
    statement += match kind == FileKind::Report.name() {
        true => " ORDER BY number",
        false => " ORDER BY case_id",
    };
    (statement, arguments)
}
