//! The log of exports.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sqlx::Row;
use sqlx::any::AnyRow;
use uuid::Uuid;

use crate::connection::Store;
use crate::entry::{integer, micros, moment, natural};
use crate::error::StoreError;

/// What was taken out.
#[derive(Debug, Clone)]
pub struct NewExport<P, F> {
    pub at: Timestamp,
    pub principal: P,
    pub filter: F,
    /// `csv` or `xlsx`.
    pub form: &'static str,
    pub rows: u64,
}

/// An export as it was logged.
#[derive(Debug, Clone, PartialEq)]
pub struct Export {
    pub id: String,
    pub at: Timestamp,
    pub principal: Value,
    pub filter: Value,
    pub form: String,
    pub rows: u64,
}

impl Store {
    /// Logs an export; only then may its bytes leave.
    pub async fn log_export<P: Serialize, F: Serialize>(
        &self,
        export: NewExport<P, F>,
    ) -> Result<(), StoreError> {
        let principal = serde_json::to_string(&export.principal)?;
        let filter = serde_json::to_string(&export.filter)?;
        let (at, form, rows) = (export.at, export.form, integer(export.rows)?);
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO exports (id, made_at, principal, filter, form, row_count)
                     VALUES ($1, $2, $3, $4, $5, $6)",
                )
                .bind(Uuid::now_v7().to_string())
                .bind(micros(at))
                .bind(principal)
                .bind(filter)
                .bind(form)
                .bind(rows)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// Exports, newest first, from the one after `before` on.
    pub async fn exports(
        &self,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Export>, StoreError> {
        let rows = sqlx::query(
            "SELECT id, made_at, principal, filter, form, row_count FROM exports
             WHERE id < $1 ORDER BY id DESC LIMIT $2",
        )
        // Ids are hexadecimal digits and hyphens.
        .bind(before.unwrap_or("g").to_owned())
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(export).collect()
    }
}

fn export(row: &AnyRow) -> Result<Export, StoreError> {
    let json = |name: &str| -> Result<Value, StoreError> {
        let text: String = row.try_get(name)?;
        Ok(serde_json::from_str(&text)?)
    };
    Ok(Export {
        id: row.try_get("id")?,
        at: moment(row.try_get("made_at")?)?,
        principal: json("principal")?,
        filter: json("filter")?,
        form: row.try_get("form")?,
        rows: natural(row.try_get("row_count")?)?,
    })
}
