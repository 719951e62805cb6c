//! Enterprises and associations.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    pub async fn add_organisation<T: Serialize>(
        &self,
        id: &str,
        organisation: &T,
    ) -> Result<(), StoreError> {
        let (id, document) = (id.to_owned(), write(organisation)?);
        self.write(move |connection| {
            Box::pin(async move {
                let added = sqlx::query(
                    "INSERT INTO organisations (id, document) VALUES ($1, $2)
                     ON CONFLICT (id) DO NOTHING",
                )
                .bind(id)
                .bind(document)
                .execute(connection)
                .await?;
                if added.rows_affected() == 1 {
                    Ok(())
                } else {
                    Err(StoreError::Exists)
                }
            })
        })
        .await
    }

    pub async fn organisation<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<T>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT document FROM organisations WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(document,)| read(&document)).transpose()
    }

    pub async fn organisations<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT document FROM organisations ORDER BY id LIMIT 10000")
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }
}
