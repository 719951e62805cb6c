//! What units are to do in files that others handle.

use sqlx::any::AnyRow;
use sqlx::{AnyConnection, Row};

use crate::cases::CaseRow;
use crate::connection::Store;
use crate::entry::integer;
use crate::error::StoreError;

/// A part that is still awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRow {
    /// The number within the file.
    pub seq: u32,
    pub unit: String,
    /// YYYY-MM-DD: the last day to report.
    pub due_on: String,
}

/// A part that is awaited, with the file it is in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AwaitedPart {
    pub case_id: String,
    pub number: String,
    pub kind: String,
    /// The unit that handles the file.
    pub handled_by: Option<String>,
    pub part: PartRow,
}

/// Where a part stands on the list; the default is before all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PartPlace {
    /// YYYY-MM-DD.
    pub due_on: String,
    pub case_id: String,
    pub seq: u32,
}

/// A stretch of the list of parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartPage {
    pub parts: Vec<AwaitedPart>,
    /// Where the next page begins; `None` at the end.
    pub next: Option<PartPlace>,
}

impl AwaitedPart {
    fn place(&self) -> PartPlace {
        PartPlace {
            due_on: self.part.due_on.clone(),
            case_id: self.case_id.clone(),
            seq: self.part.seq,
        }
    }
}

/// Writes what is awaited, in the transaction of the case itself. Most files never have a
/// part of another unit; then nothing is written.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(parts) = &row.parts else {
        return Ok(());
    };
    remove(connection, &row.case_id).await?;
    for part in parts {
        sqlx::query("INSERT INTO parts (case_id, seq, unit, due_on) VALUES ($1, $2, $3, $4)")
            .bind(row.case_id.as_str())
            .bind(integer(u64::from(part.seq))?)
            .bind(part.unit.as_str())
            .bind(part.due_on.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM parts WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

/// What is kept of a file, by its numbers.
pub(crate) async fn kept(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<PartRow>, StoreError> {
    let rows: Vec<(i64, String, String)> =
        sqlx::query_as("SELECT seq, unit, due_on FROM parts WHERE case_id = $1 ORDER BY seq")
            .bind(id)
            .fetch_all(connection)
            .await?;
    rows.into_iter().map(part).collect()
}

fn part((seq, unit, due_on): (i64, String, String)) -> Result<PartRow, StoreError> {
    let seq = u32::try_from(seq).map_err(|fault| StoreError::Corrupt(fault.to_string()))?;
    Ok(PartRow { seq, unit, due_on })
}

impl Store {
    /// The parts that units of a subtree are to do, the one that is due first foremost,
    /// from a page's `next` on.
    pub async fn awaited_parts(
        &self,
        digits: &str,
        after: Option<&PartPlace>,
        limit: u32,
    ) -> Result<PartPage, StoreError> {
        let start = PartPlace::default();
        let after = after.unwrap_or(&start);
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(
            "SELECT cases.number, cases.kind, COALESCE(cases.unit, cases.division) AS handled_by,
                 parts.case_id, parts.seq, parts.unit, parts.due_on
             FROM (SELECT * FROM parts WHERE unit >= $1 AND unit < $2
                       AND (due_on, case_id, seq) > ($3, $4, $5)
                   ORDER BY due_on, case_id, seq LIMIT $6) AS parts
                 JOIN cases ON cases.case_id = parts.case_id
             ORDER BY parts.due_on, parts.case_id, parts.seq",
        )
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(after.due_on.clone())
        .bind(after.case_id.clone())
        .bind(i64::from(after.seq))
        .bind(i64::from(limit) + 1)
        .fetch_all(&self.pool)
        .await?;
        let mut parts = rows.iter().map(awaited).collect::<Result<Vec<_>, _>>()?;
        let more = parts.len() > limit as usize;
        parts.truncate(limit as usize);
        let next = parts.last().filter(|_| more).map(AwaitedPart::place);
        Ok(PartPage { parts, next })
    }
}

fn awaited(row: &AnyRow) -> Result<AwaitedPart, StoreError> {
    let part = (
        row.try_get("seq")?,
        row.try_get("unit")?,
        row.try_get("due_on")?,
    );
    Ok(AwaitedPart {
        case_id: row.try_get("case_id")?,
        number: row.try_get("number")?,
        kind: row.try_get("kind")?,
        handled_by: row.try_get("handled_by")?,
        part: self::part(part)?,
    })
}
