//! The log of exports.

use jiff::Timestamp;
use serde::Serialize;
use serde_json::Value;
use sqlx::any::AnyRow;
use sqlx::{AssertSqlSafe, Row};
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
    /// Of which table the rows are.
    pub table: &'static str,
    /// Of an officer, the one she acts in.
    pub unit: Option<String>,
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
    /// Not known of old ones.
    pub table: Option<String>,
    pub form: String,
    pub rows: u64,
}

/// Which lines of the log a reader has.
#[derive(Debug, Clone)]
pub enum ExportScope<'a> {
    /// What was taken out of other tables than these, by whomever, or of nobody knows which.
    AllBut(&'a [&'a str]),
    /// What officers of some units took, by the digits that these begin with.
    Units(&'a str),
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
        let (table, unit) = (export.table, export.unit);
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO exports (id, made_at, principal, filter, form, row_count,
                         table_name, unit)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
                )
                .bind(Uuid::now_v7().to_string())
                .bind(micros(at))
                .bind(principal)
                .bind(filter)
                .bind(form)
                .bind(rows)
                .bind(table)
                .bind(unit)
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
        scope: ExportScope<'_>,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<Export>, StoreError> {
        // Ids are hexadecimal digits and hyphens.
        let mut arguments = vec![before.unwrap_or("g").to_owned()];
        let condition = condition(scope, &mut arguments);
        let statement = format!(
            "SELECT id, made_at, principal, filter, table_name, form, row_count FROM exports
             WHERE id < $1{condition} ORDER BY id DESC LIMIT {limit}"
        );
        let mut query = sqlx::query(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows = query.fetch_all(&self.pool).await?;
        rows.iter().map(export).collect()
    }
}

/// What a line must be for a reader; its arguments come after the others.
fn condition(scope: ExportScope<'_>, arguments: &mut Vec<String>) -> String {
    let mut place = |argument: String| {
        arguments.push(argument);
        format!("${}", arguments.len())
    };
    match scope {
        ExportScope::AllBut(tables) => {
            let other = |table: &&str| {
                let table = place((*table).to_owned());
                format!(" AND (table_name IS NULL OR table_name <> {table})")
            };
            tables.iter().map(other).collect()
        }
        // `:` comes after the digits and the hyphen.
        ExportScope::Units(digits) => {
            let (from, to) = (place(digits.to_owned()), place(format!("{digits}:")));
            format!(" AND unit >= {from} AND unit < {to}")
        }
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
        table: row.try_get("table_name")?,
        form: row.try_get("form")?,
        rows: natural(row.try_get("row_count")?)?,
    })
}
