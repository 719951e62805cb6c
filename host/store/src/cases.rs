//! The projection of cases: the folded state and the columns lists are made by.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::commit::Committed;
use crate::connection::Store;
use crate::entry::{integer, micros, moment, natural};
use crate::error::StoreError;

/// A case as it is to be found.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    pub case_id: String,
    pub number: String,
    /// The folded case as JSON.
    pub snapshot: Value,
    pub phase: &'static str,
    pub consumer_id: String,
    pub respondent: Option<String>,
    /// The division of the unit that has the complaint.
    pub division: Option<String>,
    pub category: String,
    pub mediation: bool,
    /// When time alone changes the case next.
    pub next_deadline: Option<Timestamp>,
    pub updated_at: Timestamp,
}

/// A case as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCase {
    pub case_id: String,
    pub version: u64,
    pub head: Digest,
    pub snapshot: Value,
}

/// Which cases somebody may see.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CaseScope {
    All,
    Consumer(String),
    Respondent(String),
    /// Divisions that begin with these digits.
    Division(String),
    /// Cases in which mediation was asked for.
    Mediation,
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseSummary {
    pub case_id: String,
    pub number: String,
    pub phase: String,
    pub category: String,
    pub division: Option<String>,
    pub updated_at: Timestamp,
}

/// A stretch of a list, newest first.
#[derive(Debug, Clone, PartialEq)]
pub struct CasePage {
    pub cases: Vec<CaseSummary>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<String>,
}

/// Puts the new state in the place of the one the command was decided on.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    row: &CaseRow,
    expected: u64,
    committed: &Committed,
) -> Result<(), StoreError> {
    let statement = if expected == 0 {
        "INSERT INTO cases (snapshot, phase, consumer_id, respondent, division, category, mediation,
             next_deadline, updated_at, version, head, case_id, number)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
         ON CONFLICT DO NOTHING"
    } else {
        "UPDATE cases SET snapshot = $1, phase = $2, consumer_id = $3, respondent = $4,
             division = $5, category = $6, mediation = $7, next_deadline = $8, updated_at = $9,
             version = $10, head = $11
         WHERE case_id = $12 AND number = $13 AND version = $14"
    };
    let query = sqlx::query(statement)
        .bind(serde_json::to_string(&row.snapshot)?)
        .bind(row.phase)
        .bind(row.consumer_id.as_str())
        .bind(row.respondent.clone())
        .bind(row.division.clone())
        .bind(row.category.as_str())
        .bind(i64::from(row.mediation))
        .bind(row.next_deadline.map(micros))
        .bind(micros(row.updated_at))
        .bind(integer(committed.version)?)
        .bind(committed.head.to_string())
        .bind(row.case_id.as_str())
        .bind(row.number.as_str());
    let query = if expected == 0 {
        query
    } else {
        query.bind(integer(expected)?)
    };
    match query.execute(connection).await?.rows_affected() {
        1 => Ok(()),
        _ if expected == 0 => Err(StoreError::Exists),
        _ => Err(StoreError::Conflict),
    }
}

impl Store {
    pub async fn case(&self, case_id: &str) -> Result<Option<StoredCase>, StoreError> {
        let found =
            sqlx::query("SELECT case_id, version, head, snapshot FROM cases WHERE case_id = $1")
                .bind(case_id)
                .fetch_optional(&self.pool)
                .await?;
        found.as_ref().map(stored).transpose()
    }

    /// When a case last changed; reads every case.
    pub async fn last_change(&self) -> Result<Option<Timestamp>, StoreError> {
        let (last,): (Option<i64>,) = sqlx::query_as("SELECT MAX(updated_at) FROM cases")
            .fetch_one(&self.pool)
            .await?;
        last.map(moment).transpose()
    }

    /// By the number a person quotes.
    pub async fn case_by_number(&self, number: &str) -> Result<Option<StoredCase>, StoreError> {
        let found =
            sqlx::query("SELECT case_id, version, head, snapshot FROM cases WHERE number = $1")
                .bind(number)
                .fetch_optional(&self.pool)
                .await?;
        found.as_ref().map(stored).transpose()
    }

    /// Cases in a scope, newest first, from a page's `next` on.
    pub async fn list_cases(
        &self,
        scope: &CaseScope,
        phase: Option<&str>,
        before: Option<&str>,
        limit: u32,
    ) -> Result<CasePage, StoreError> {
        let (statement, argument) = listing(scope);
        let rows = sqlx::query(statement)
            .bind(argument)
            .bind(phase.unwrap_or("%").to_owned())
            .bind(before.unwrap_or("~").to_owned())
            .bind(i64::from(limit) + 1)
            .fetch_all(&self.pool)
            .await?;
        let mut cases = rows.iter().map(summary).collect::<Result<Vec<_>, _>>()?;
        let more = cases.len() > limit as usize;
        cases.truncate(limit as usize);
        let next = cases
            .last()
            .filter(|_| more)
            .map(|case| case.case_id.clone());
        Ok(CasePage { cases, next })
    }

    /// Cases that time alone changes by now, most urgent first, but for the first
    /// `passed` of them.
    pub async fn due(
        &self,
        now: Timestamp,
        passed: u32,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT case_id FROM cases WHERE next_deadline <= $1
             ORDER BY next_deadline, case_id LIMIT $2 OFFSET $3",
        )
        .bind(micros(now))
        .bind(i64::from(limit))
        .bind(i64::from(passed))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}

/// Keys are time-ordered, so the newest case has the greatest.
fn listing(scope: &CaseScope) -> (&'static str, String) {
    macro_rules! by {
        ($condition:literal) => {
            concat!(
                "SELECT case_id, number, phase, category, division, updated_at FROM cases WHERE ",
                $condition,
                " AND phase LIKE $2 AND case_id < $3 ORDER BY case_id DESC LIMIT $4"
            )
        };
    }
    match scope {
        CaseScope::All => (by!("$1 = ''"), String::new()),
        CaseScope::Consumer(id) => (by!("consumer_id = $1"), id.clone()),
        CaseScope::Respondent(id) => (by!("respondent = $1"), id.clone()),
        CaseScope::Division(digits) => (by!("division LIKE $1"), format!("{digits}%")),
        CaseScope::Mediation => (by!("mediation = 1 AND $1 = ''"), String::new()),
    }
}

fn stored(row: &AnyRow) -> Result<StoredCase, StoreError> {
    let head: String = row.try_get("head")?;
    let snapshot: String = row.try_get("snapshot")?;
    Ok(StoredCase {
        case_id: row.try_get("case_id")?,
        version: natural(row.try_get("version")?)?,
        head: head
            .parse()
            .map_err(|_| StoreError::Corrupt(format!("head {head}")))?,
        snapshot: serde_json::from_str(&snapshot)?,
    })
}

fn summary(row: &AnyRow) -> Result<CaseSummary, StoreError> {
    Ok(CaseSummary {
        case_id: row.try_get("case_id")?,
        number: row.try_get("number")?,
        phase: row.try_get("phase")?,
        category: row.try_get("category")?,
        division: row.try_get("division")?,
        updated_at: moment(row.try_get("updated_at")?)?,
    })
}
