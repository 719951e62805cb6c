//! What units are to do in files that others handle.

use sqlx::AnyConnection;

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
    pub number: String,
    pub kind: String,
    /// The unit that handles the file.
    pub handled_by: Option<String>,
    pub part: PartRow,
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
    /// The parts that units of a subtree are to do, the one that is due first foremost; at
    /// most so many.
    pub async fn awaited_parts(
        &self,
        digits: &str,
        limit: u32,
    ) -> Result<Vec<AwaitedPart>, StoreError> {
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows: Vec<(String, String, Option<String>, i64, String, String)> = sqlx::query_as(
            "SELECT cases.number, cases.kind, COALESCE(cases.unit, cases.division), parts.seq,
                 parts.unit, parts.due_on
             FROM (SELECT * FROM parts WHERE unit >= $1 AND unit < $2
                   ORDER BY due_on, case_id, seq LIMIT $3) AS parts
                 JOIN cases ON cases.case_id = parts.case_id
             ORDER BY parts.due_on, parts.case_id, parts.seq",
        )
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        let awaited = rows
            .into_iter()
            .map(|(number, kind, handled_by, seq, unit, due_on)| {
                Ok(AwaitedPart {
                    number,
                    kind,
                    handled_by,
                    part: part((seq, unit, due_on))?,
                })
            });
        awaited.collect()
    }
}
