//! Calendars that an operator added to the built-in ones: each publication is a
//! row of its own, and a correction follows what it corrects.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;
use crate::walks::{self, Walk};

impl Store {
    /// Adds a publication of a year's calendar and begins the walk that reads the clocks anew.
    pub async fn put_calendar<T: Serialize>(
        &self,
        year: i16,
        calendar: &T,
    ) -> Result<(), StoreError> {
        let document = write(calendar)?;
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO calendars (position, year, document)
                     VALUES ((SELECT COALESCE(MAX(position), 0) + 1 FROM calendars), $1, $2)",
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

    /// All publications, in their order.
    pub async fn calendars<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT document FROM calendars ORDER BY position")
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }

    /// Changes whenever plugins, calendars or units do, on whichever node.
    pub async fn directory_revision(&self) -> Result<i64, StoreError> {
        let (revision,): (i64,) = sqlx::query_as(
            "SELECT CAST(COALESCE((SELECT SUM(revision) FROM plugins), 0)
                  + COALESCE((SELECT MAX(position) FROM calendars), 0)
                  + (SELECT COUNT(*) FROM units)
                  + COALESCE((SELECT SUM(revision) FROM knowledge), 0) AS BIGINT)",
        )
        .fetch_one(&self.pool)
        .await?;
        Ok(revision)
    }
}
