//! Calendars that an operator added to the built-in ones.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
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
                     ON CONFLICT (year) DO UPDATE SET document = excluded.document",
                )
                .bind(i64::from(year))
                .bind(document)
                .execute(connection)
                .await?;
                Ok(())
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
}
