//! Which units a file is of, where it is of several: an incident's.

use sqlx::AnyConnection;

use crate::cases::{CaseRow, StoredCase, stored};
use crate::connection::Store;
use crate::error::StoreError;

/// Puts the units of a file in the place of those before.
pub(crate) async fn put(connection: &mut AnyConnection, row: &CaseRow) -> Result<(), StoreError> {
    let Some(units) = &row.involved else {
        return Ok(());
    };
    remove(connection, &row.case_id).await?;
    for unit in units {
        sqlx::query("INSERT INTO involved (unit, case_id) VALUES ($1, $2)")
            .bind(unit.as_str())
            .bind(row.case_id.as_str())
            .execute(&mut *connection)
            .await?;
    }
    Ok(())
}

pub(crate) async fn remove(connection: &mut AnyConnection, id: &str) -> Result<u64, StoreError> {
    let removed = sqlx::query("DELETE FROM involved WHERE case_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(removed.rows_affected())
}

/// What is kept of a file, in the order of the units.
pub(crate) async fn kept(
    connection: &mut AnyConnection,
    id: &str,
) -> Result<Vec<String>, StoreError> {
    let statement = "SELECT unit FROM involved WHERE case_id = $1 ORDER BY unit";
    let rows: Vec<(String,)> = sqlx::query_as(statement)
        .bind(id)
        .fetch_all(connection)
        .await?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

impl Store {
    /// The files that units of a subtree are involved in, newest first: each once.
    pub async fn involving(&self, digits: &str, limit: u32) -> Result<Vec<StoredCase>, StoreError> {
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE case_id IN
                 (SELECT case_id FROM involved WHERE unit >= $1 AND unit < $2)
             ORDER BY case_id DESC LIMIT $3",
        )
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(stored).collect()
    }
}
