//! Authorities with systems of their own.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// Keeps an authority, in the place of one of the same code.
    pub async fn put_external_authority<T: Serialize>(
        &self,
        code: &str,
        authority: &T,
    ) -> Result<(), StoreError> {
        let (code, document) = (code.to_owned(), write(authority)?);
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO external_authorities (code, document) VALUES ($1, $2)
                     ON CONFLICT (code) DO UPDATE SET document = excluded.document",
                )
                .bind(code)
                .bind(document)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    pub async fn external_authority<T: DeserializeOwned>(
        &self,
        code: &str,
    ) -> Result<Option<T>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT document FROM external_authorities WHERE code = $1")
                .bind(code)
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(document,)| read(&document)).transpose()
    }

    /// All of them, by their codes.
    pub async fn external_authorities<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> =
            sqlx::query_as("SELECT document FROM external_authorities ORDER BY code LIMIT 10000")
                .fetch_all(&self.pool)
                .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }
}
