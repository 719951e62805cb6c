//! Reading draws and their places, page by page.

use serde_json::Value;
use sqlx::AssertSqlSafe;

use super::DrawEntry;
use super::places::{self, DrawPlace};
use crate::connection::Store;
use crate::entry::integer;
use crate::error::StoreError;
use crate::subtree;

/// A draw as it is kept.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredDraw {
    pub id: String,
    pub unit: String,
    pub document: Value,
    /// By which it stands in the chain.
    pub hash: String,
}

fn stored((entry, hash): (String, String)) -> Result<StoredDraw, StoreError> {
    let entry: DrawEntry = serde_json::from_str(&entry)?;
    Ok(StoredDraw {
        id: entry.id,
        unit: entry.unit,
        document: entry.document,
        hash,
    })
}

impl Store {
    pub async fn draw(&self, id: &str) -> Result<Option<StoredDraw>, StoreError> {
        let row = sqlx::query_as("SELECT entry, hash FROM visit_draws WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.map(stored).transpose()
    }

    /// The draws of a subtree, newest first, from the one after `before` on.
    pub async fn draws(
        &self,
        digits: &str,
        before: Option<&str>,
        limit: u32,
    ) -> Result<Vec<StoredDraw>, StoreError> {
        // Ids are hexadecimal digits and hyphens.
        let mut arguments = vec![before.unwrap_or("g").to_owned()];
        let within = subtree::condition("unit", digits, &mut arguments);
        let within = within.map_or_else(String::new, |within| format!("AND {within}"));
        let statement = format!(
            "SELECT entry, hash FROM visit_draws WHERE id < $1 {within}
             ORDER BY id DESC LIMIT {limit}"
        );
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows: Vec<(String, String)> = query.fetch_all(&self.pool).await?;
        rows.into_iter().map(stored).collect()
    }

    /// Places of a draw after one of them, in their order; of those that are asked alone
    /// where `drawn` says so.
    pub async fn draw_places(
        &self,
        id: &str,
        drawn: bool,
        after: u64,
        limit: u32,
    ) -> Result<Vec<DrawPlace>, StoreError> {
        let rows: Vec<(i64, String, String, i64)> = sqlx::query_as(
            "SELECT place, number, sample, drawn FROM visit_places
             WHERE draw_id = $1 AND place > $2 AND drawn >= $3 ORDER BY place LIMIT $4",
        )
        .bind(id.to_owned())
        .bind(integer(after)?)
        .bind(i64::from(drawn))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(places::read).collect()
    }
}
