//! Calendars that an operator added to the built-in ones.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;
use crate::walks::{self, Walk};

impl Store {
    /// Keeps a year's calendar and begins the walk that reads the clocks anew.
    pub async fn put_calendar<T: Serialize>(
        &self,
        year: i16,
        calendar: &T,
    ) -> Result<(), StoreError> {
        let document = write(calendar)?;
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO calendars (year, document) VALUES ($1, $2)
                     ON CONFLICT (year) DO UPDATE SET document = excluded.document,
                         revision = calendars.revision + 1",
                )
                .bind(i64::from(year))
                .bind(document)
                .execute(&mut *connection)
                .await?;
                walks::begin(connection, &Walk::RecomputeClocks).await
            })
        })
        .await
    }

    pub async fn calendars<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT document FROM calendars ORDER BY year LIMIT 1000")
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }

    /// Changes whenever plugins or calendars do, on whichever node.
    pub async fn directory_revision(&self) -> Result<i64, StoreError> {
        let (revision,): (i64,) = sqlx::query_as(
            "SELECT CAST(COALESCE((SELECT SUM(revision) FROM plugins), 0)
                  + COALESCE((SELECT SUM(revision) FROM calendars), 0) AS BIGINT)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(revision)
    }
}
