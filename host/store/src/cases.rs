//! The projection of files of every kind: the folded state and the columns lists are
//! made by.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AnyConnection, AssertSqlSafe, Row};

use crate::commit::Committed;
use crate::connection::Store;
use crate::entry::{integer, micros, moment, natural};
use crate::error::StoreError;
use crate::facts::FactRow;
use crate::likeness::{self, Likeness};
use crate::members::{ACCOUNTS, INVOLVED};
use crate::parts::{self, PartRow};
use crate::work::{self, WorkRow};

/// A file as it is to be found.
#[derive(Debug, Clone, PartialEq)]
pub struct CaseRow {
    /// The kind of file; the columns by which parties find a dispute are empty in others.
    pub kind: &'static str,
    pub case_id: String,
    pub number: String,
    /// The folded file as JSON.
    pub snapshot: Value,
    pub phase: &'static str,
    pub consumer_id: String,
    /// Whose it is besides; `None` of what is one person's alone, from first to last.
    pub accounts: Option<Vec<String>>,
    /// The units it is of, each once; `None` of what is one unit's, from first to last.
    pub involved: Option<Vec<String>>,
    pub respondent: Option<String>,
    /// The division of the unit that has the complaint.
    pub division: Option<String>,
    /// The unit that has a file of another kind than a dispute.
    pub unit: Option<String>,
    pub category: String,
    pub mediation: bool,
    /// The association that mediates in the authority's name.
    pub delegated: Option<String>,
    /// The end of a period that runs or was met is in a year whose calendar is not published:
    /// it is read anew when that comes, though the file is closed by then.
    pub awaits_calendar: bool,
    /// When time alone changes the case next.
    pub next_deadline: Option<Timestamp>,
    /// When its last entry was made.
    pub updated_at: Timestamp,
    /// Who handed the file over, and its number there; no other case has the same.
    pub origin: Option<String>,
    /// What figures are made of, where there are any of this kind; kept in a table of
    /// its own.
    pub facts: Option<FactRow>,
    /// By what it is alike to others.
    pub likeness: Option<Likeness>,
    /// What waits in it for other units; `None` where nothing ever did.
    pub parts: Option<Vec<PartRow>>,
    /// On the authority's work list; `None` where none has or had it.
    pub work: Option<WorkRow>,
}

/// A case as it was stored.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCase {
    pub kind: String,
    pub case_id: String,
    pub version: u64,
    pub head: Digest,
    pub snapshot: Value,
}

/// Where a file stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    pub number: String,
    pub kind: String,
    pub phase: String,
    /// The unit that has it; `None` of a dispute that no authority has.
    pub unit: Option<String>,
}

fn standing(row: &AnyRow) -> Result<Standing, StoreError> {
    let division: Option<String> = row.try_get("division")?;
    let unit: Option<String> = row.try_get("unit")?;
    Ok(Standing {
        number: row.try_get("number")?,
        kind: row.try_get("kind")?,
        phase: row.try_get("phase")?,
        unit: division.or(unit),
    })
}

/// A column's value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Cell {
    Text(String),
    MaybeText(Option<String>),
    Integer(i64),
    MaybeInteger(Option<i64>),
}

type AnyQuery<'q> = sqlx::query::Query<'q, sqlx::Any, sqlx::any::AnyArguments>;

impl Cell {
    pub(crate) fn bind_to(self, query: AnyQuery<'_>) -> AnyQuery<'_> {
        match self {
            Cell::Text(text) => query.bind(text),
            Cell::MaybeText(text) => query.bind(text),
            Cell::Integer(integer) => query.bind(integer),
            Cell::MaybeInteger(integer) => query.bind(integer),
        }
    }
}

pub(crate) const COLUMNS: usize = 18;

/// All of a case's row by name: what is written is also what is verified.
pub(crate) fn columns(
    row: &CaseRow,
    committed: &Committed,
) -> Result<[(&'static str, Cell); COLUMNS], StoreError> {
    Ok([
        ("case_id", Cell::Text(row.case_id.clone())),
        ("number", Cell::Text(row.number.clone())),
        ("version", Cell::Integer(integer(committed.version)?)),
        ("head", Cell::Text(committed.head.to_string())),
        (
            "snapshot",
            Cell::Text(serde_json::to_string(&row.snapshot)?),
        ),
        ("phase", Cell::Text(row.phase.to_owned())),
        ("consumer_id", Cell::Text(row.consumer_id.clone())),
        ("respondent", Cell::MaybeText(row.respondent.clone())),
        ("division", Cell::MaybeText(row.division.clone())),
        ("category", Cell::Text(row.category.clone())),
        ("mediation", Cell::Integer(row.mediation.into())),
        (
            "next_deadline",
            Cell::MaybeInteger(row.next_deadline.map(micros)),
        ),
        ("updated_at", Cell::Integer(micros(row.updated_at))),
        ("kind", Cell::Text(row.kind.to_owned())),
        ("unit", Cell::MaybeText(row.unit.clone())),
        ("delegated", Cell::MaybeText(row.delegated.clone())),
        ("origin", Cell::MaybeText(row.origin.clone())),
        ("awaits_calendar", Cell::Integer(row.awaits_calendar.into())),
    ])
}

const OPEN: &str =
    "INSERT INTO cases (case_id, number, version, head, snapshot, phase, consumer_id,
         respondent, division, category, mediation, next_deadline, updated_at, kind, unit, delegated,
         origin, awaits_calendar)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
     ON CONFLICT DO NOTHING";

const MOVE: &str = "UPDATE cases SET version = $3, head = $4, snapshot = $5, phase = $6,
         consumer_id = $7, respondent = $8, division = $9, category = $10, mediation = $11,
         next_deadline = $12, updated_at = $13, kind = $14, unit = $15, delegated = $16,
         origin = $17, awaits_calendar = $18
     WHERE case_id = $1 AND number = $2 AND version = $19";

/// Puts the new state in the place of the one the command was decided on.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    row: &CaseRow,
    expected: u64,
    committed: &Committed,
) -> Result<(), StoreError> {
    let opens = expected == 0;
    let mut query = sqlx::query(if opens { OPEN } else { MOVE });
    for (_, cell) in columns(row, committed)? {
        query = cell.bind_to(query);
    }
    if !opens {
        query = query.bind(integer(expected)?);
    }
    match query.execute(&mut *connection).await?.rows_affected() {
        1 => {
            match &row.likeness {
                Some(likeness) if opens => {
                    likeness::put(connection, &row.case_id, likeness).await?;
                }
                Some(likeness) => likeness::change(connection, &row.case_id, likeness).await?,
                None => {}
            }
            let id = &row.case_id;
            ACCOUNTS.put(connection, id, row.accounts.as_ref()).await?;
            INVOLVED.put(connection, id, row.involved.as_ref()).await?;
            parts::put(connection, row).await?;
            work::put(connection, row).await
        }
        _ if opens => Err(StoreError::Exists),
        _ => Err(StoreError::Conflict),
    }
}

impl Store {
    pub async fn case(&self, case_id: &str) -> Result<Option<StoredCase>, StoreError> {
        let found = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE case_id = $1",
        )
        .bind(case_id)
        .fetch_optional(&self.pool)
        .await?;
        found.as_ref().map(stored).transpose()
    }

    /// The kind of the file of this number.
    pub async fn kind_of(&self, number: &str) -> Result<Option<String>, StoreError> {
        let found: Option<(String,)> = sqlx::query_as("SELECT kind FROM cases WHERE number = $1")
            .bind(number)
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.map(|(kind,)| kind))
    }

    /// What is known of files by their numbers; unknown numbers are left out.
    pub async fn standings(&self, numbers: &[String]) -> Result<Vec<Standing>, StoreError> {
        let mut standings = Vec::with_capacity(numbers.len());
        for some in numbers.chunks(200) {
            let places: Vec<String> = (1..=some.len()).map(|at| format!("${at}")).collect();
            let statement = format!(
                "SELECT number, kind, phase, division, unit FROM cases WHERE number IN ({})",
                places.join(", ")
            );
            let mut query = sqlx::query(AssertSqlSafe(statement));
            for number in some {
                query = query.bind(number.clone());
            }
            for row in query.fetch_all(&self.pool).await? {
                standings.push(standing(&row)?);
            }
        }
        Ok(standings)
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
        let found = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE number = $1",
        )
        .bind(number)
        .fetch_optional(&self.pool)
        .await?;
        found.as_ref().map(stored).transpose()
    }

    /// By who handed it over, and its number there.
    pub async fn case_by_origin(&self, origin: &str) -> Result<Option<StoredCase>, StoreError> {
        let found = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE origin = $1",
        )
        .bind(origin)
        .fetch_optional(&self.pool)
        .await?;
        found.as_ref().map(stored).transpose()
    }

    /// Files that time alone changes by now, with their kinds, most urgent first, but for
    /// the first `passed` of them.
    pub async fn due(
        &self,
        now: Timestamp,
        passed: u32,
        limit: u32,
    ) -> Result<Vec<(String, String)>, StoreError> {
        let rows = sqlx::query_as(
            "SELECT case_id, kind FROM cases WHERE next_deadline <= $1
             ORDER BY next_deadline, case_id LIMIT $2 OFFSET $3",
        )
        .bind(micros(now))
        .bind(i64::from(limit))
        .bind(i64::from(passed))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows)
    }
}

pub(crate) fn stored(row: &AnyRow) -> Result<StoredCase, StoreError> {
    let head: String = row.try_get("head")?;
    let snapshot: String = row.try_get("snapshot")?;
    Ok(StoredCase {
        kind: row.try_get("kind")?,
        case_id: row.try_get("case_id")?,
        version: natural(row.try_get("version")?)?,
        head: head
            .parse()
            .map_err(|_| StoreError::Corrupt(format!("head {head}")))?,
        snapshot: serde_json::from_str(&snapshot)?,
    })
}
