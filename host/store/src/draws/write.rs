//! Keeping a draw, after the one before it.

use hejie_domain::identifiers::digest::Digest;
use jiff::civil::Date;
use serde_json::Value;
use sqlx::AnyConnection;

use super::DrawEntry;
use super::places::{self, DrawPlace};
use crate::connection::Store;
use crate::error::StoreError;

/// A draw as it is to be kept.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDraw {
    /// In the order of time, as UUIDs of version 7 are.
    pub id: String,
    /// Whose it is.
    pub unit: String,
    pub from: Date,
    pub to: Date,
    /// A part was drawn; of all there is nothing to choose.
    pub sampled: bool,
    /// JSON.
    pub document: Value,
    /// All that it was made from, in its order.
    pub places: Vec<DrawPlace>,
}

impl Store {
    /// Fails with [`StoreError::Exists`] where the unit has drawn from one of these days
    /// already: who may draw again draws until he likes what comes.
    pub async fn add_draw(&self, draw: NewDraw) -> Result<(), StoreError> {
        let postgres = self.is_postgres();
        self.write(move |connection| {
            Box::pin(async move {
                if postgres {
                    // Each follows the one before; SQLite has one writer anyway.
                    sqlx::query("LOCK TABLE visit_draws IN SHARE ROW EXCLUSIVE MODE")
                        .execute(&mut *connection)
                        .await?;
                }
                if draw.sampled && was_drawn_from(connection, &draw).await? {
                    return Err(StoreError::Exists);
                }
                insert(connection, draw).await
            })
        })
        .await
    }
}

async fn was_drawn_from(
    connection: &mut AnyConnection,
    draw: &NewDraw,
) -> Result<bool, StoreError> {
    let (count,): (i64,) = sqlx::query_as(
        "SELECT COUNT(*) FROM visit_draws
         WHERE unit = $1 AND sampled = 1 AND from_day <= $2 AND to_day >= $3",
    )
    .bind(draw.unit.as_str())
    .bind(draw.to.to_string())
    .bind(draw.from.to_string())
    .fetch_one(connection)
    .await?;
    Ok(count > 0)
}

async fn insert(connection: &mut AnyConnection, draw: NewDraw) -> Result<(), StoreError> {
    let head: Option<(String,)> =
        sqlx::query_as("SELECT hash FROM visit_draws ORDER BY position DESC LIMIT 1")
            .fetch_optional(&mut *connection)
            .await?;
    let prev = match head {
        Some((hash,)) => hash.parse().unwrap_or(Digest::ZERO),
        None => Digest::ZERO,
    };
    let entry = DrawEntry {
        id: draw.id,
        unit: draw.unit,
        from: draw.from.to_string(),
        to: draw.to.to_string(),
        sampled: draw.sampled,
        places: places::digest(&draw.places),
        document: draw.document,
        prev,
    };
    let text = entry.canonical()?;
    sqlx::query(
        "INSERT INTO visit_draws (id, unit, from_day, to_day, sampled, entry, hash)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(entry.id.as_str())
    .bind(entry.unit.as_str())
    .bind(entry.from.as_str())
    .bind(entry.to.as_str())
    .bind(i64::from(entry.sampled))
    .bind(text.as_str())
    .bind(Digest::of(text.as_bytes()).to_string())
    .execute(&mut *connection)
    .await?;
    places::insert(connection, &entry.id, &draw.places).await
}
