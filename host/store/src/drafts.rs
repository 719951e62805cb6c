//! Filings that officers have begun. A change is made on the version that was read,
//! or not at all; the one that files the draft is part of the case's own commit.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use sqlx::AnyConnection;

use crate::connection::Store;
use crate::entry::{integer, micros, natural};
use crate::error::StoreError;

/// A draft as it is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftRow {
    pub id: String,
    /// The unit whose officers may see it.
    pub unit: String,
    /// Neither filed nor discarded.
    pub is_open: bool,
    /// The version it was changed on; 0 begins it.
    pub version: u64,
    /// JSON.
    pub document: String,
    pub at: Timestamp,
}

/// Puts a draft in the place of the version it was changed on.
pub(crate) async fn put(
    connection: &mut AnyConnection,
    draft: &DraftRow,
) -> Result<(), StoreError> {
    let statement = match draft.version {
        0 => {
            "INSERT INTO drafts (id, unit, is_open, version, document, updated_at)
             VALUES ($1, $2, $3, $4 + 1, $5, $6) ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE drafts SET unit = $2, is_open = $3, version = version + 1,
                 document = $5, updated_at = $6 WHERE id = $1 AND version = $4"
        }
    };
    let put = sqlx::query(statement)
        .bind(draft.id.as_str())
        .bind(draft.unit.as_str())
        .bind(i64::from(draft.is_open))
        .bind(integer(draft.version)?)
        .bind(draft.document.as_str())
        .bind(micros(draft.at))
        .execute(connection)
        .await?;
    match put.rows_affected() {
        0 => Err(StoreError::Conflict),
        _ => Ok(()),
    }
}

impl Store {
    /// Fails with [`StoreError::Conflict`] where another change came first.
    pub async fn put_draft(&self, draft: DraftRow) -> Result<(), StoreError> {
        self.write(move |connection| Box::pin(async move { put(connection, &draft).await }))
            .await
    }

    /// A draft with its version.
    pub async fn draft<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<(T, u64)>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT document, version FROM drafts WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
        row.map(read).transpose()
    }

    /// Forgets open drafts that nobody has changed since a moment; how many those were.
    pub async fn forget_drafts(&self, before: Timestamp) -> Result<u64, StoreError> {
        let oldest: (Option<i64>,) =
            sqlx::query_as("SELECT MIN(updated_at) FROM drafts WHERE is_open = 1")
                .fetch_one(&self.pool)
                .await?;
        if oldest.0.is_none_or(|oldest| oldest >= micros(before)) {
            return Ok(0);
        }
        self.write(move |connection| {
            Box::pin(async move {
                let forgotten =
                    sqlx::query("DELETE FROM drafts WHERE is_open = 1 AND updated_at < $1")
                        .bind(micros(before))
                        .execute(connection)
                        .await?;
                Ok(forgotten.rows_affected())
            })
        })
        .await
    }

    /// The open drafts of a unit, the latest change first.
    pub async fn open_drafts<T: DeserializeOwned>(
        &self,
        unit: &str,
        most: u32,
    ) -> Result<Vec<(T, u64)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT document, version FROM drafts WHERE unit = $1 AND is_open = 1
             ORDER BY updated_at DESC, id LIMIT $2",
        )
        .bind(unit)
        .bind(i64::from(most))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(read).collect()
    }
}

fn read<T: DeserializeOwned>((document, version): (String, i64)) -> Result<(T, u64), StoreError> {
    Ok((serde_json::from_str(&document)?, natural(version)?))
}
