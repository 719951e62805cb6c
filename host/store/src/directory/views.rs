//! Named documents that a person keeps for herself: saved views of lists.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// Keeps a view, in the place of the owner's one of that name; false where it
    /// would be one more than the most.
    pub async fn put_view<T: Serialize>(
        &self,
        owner: &str,
        name: &str,
        view: &T,
        most: u32,
    ) -> Result<bool, StoreError> {
        let (owner, name) = (owner.to_owned(), name.to_owned());
        let document = write(view)?;
        self.write(move |connection| {
            Box::pin(async move {
                let (others,): (i64,) =
                    sqlx::query_as("SELECT COUNT(*) FROM views WHERE owner = $1 AND name <> $2")
                        .bind(owner.as_str())
                        .bind(name.as_str())
                        .fetch_one(&mut *connection)
                        .await?;
                if others >= i64::from(most) {
                    return Ok(false);
                }
                sqlx::query(
                    "INSERT INTO views (owner, name, document) VALUES ($1, $2, $3)
                     ON CONFLICT (owner, name) DO UPDATE SET document = excluded.document",
                )
                .bind(owner)
                .bind(name)
                .bind(document)
                .execute(connection)
                .await?;
                Ok(true)
            })
        })
        .await
    }

    pub async fn view<T: DeserializeOwned>(
        &self,
        owner: &str,
        name: &str,
    ) -> Result<Option<T>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT document FROM views WHERE owner = $1 AND name = $2")
                .bind(owner)
                .bind(name)
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(document,)| read(&document)).transpose()
    }

    /// All of an owner's views with their names, in the names' order.
    pub async fn views<T: DeserializeOwned>(
        &self,
        owner: &str,
    ) -> Result<Vec<(String, T)>, StoreError> {
        let rows: Vec<(String, String)> =
            sqlx::query_as("SELECT name, document FROM views WHERE owner = $1 ORDER BY name")
                .bind(owner)
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter()
            .map(|(name, document)| Ok((name, read(&document)?)))
            .collect()
    }

    /// Removes a view; true where it was there.
    pub async fn remove_view(&self, owner: &str, name: &str) -> Result<bool, StoreError> {
        let (owner, name) = (owner.to_owned(), name.to_owned());
        self.write(move |connection| {
            Box::pin(async move {
                let removed = sqlx::query("DELETE FROM views WHERE owner = $1 AND name = $2")
                    .bind(owner)
                    .bind(name)
                    .execute(connection)
                    .await?;
                Ok(removed.rows_affected() == 1)
            })
        })
        .await
    }
}
