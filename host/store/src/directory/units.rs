//! Units that an operator added to the built-in ones: stations of the authorities.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// Adds a unit; [`StoreError::Exists`] where one of this name is there.
    pub async fn add_unit<T: Serialize>(&self, id: &str, unit: &T) -> Result<(), StoreError> {
        let (id, document) = (id.to_owned(), write(unit)?);
        self.write(move |connection| {
            Box::pin(async move {
                let added = sqlx::query(
                    "INSERT INTO units (id, document) VALUES ($1, $2) ON CONFLICT DO NOTHING",
                )
                .bind(id)
                .bind(document)
                .execute(&mut *connection)
                .await?;
                match added.rows_affected() {
                    0 => Err(StoreError::Exists),
                    _ => Ok(()),
                }
            })
        })
        .await
    }

    /// All units that were added.
    pub async fn units<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT document FROM units ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }
}
