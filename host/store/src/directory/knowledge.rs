//! Questions that were answered once.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// Keeps an answered question, in the place of the one of that id; false where it
    /// would be one more than the most.
    pub async fn put_knowledge<T: Serialize>(
        &self,
        id: &str,
        article: &T,
        most: u32,
    ) -> Result<bool, StoreError> {
        let (id, document) = (id.to_owned(), write(article)?);
        self.write(move |connection| {
            Box::pin(async move {
                let (others,): (i64,) =
                    sqlx::query_as("SELECT COUNT(*) FROM knowledge WHERE id <> $1")
                        .bind(id.as_str())
                        .fetch_one(&mut *connection)
                        .await?;
                if others >= i64::from(most) {
                    return Ok(false);
                }
                sqlx::query(
                    "INSERT INTO knowledge (id, revision, document) VALUES ($1, 1, $2)
                     ON CONFLICT (id) DO UPDATE SET document = excluded.document,
                         revision = knowledge.revision + 1",
                )
                .bind(id)
                .bind(document)
                .execute(connection)
                .await?;
                Ok(true)
            })
        })
        .await
    }

    /// All of them, by their ids.
    pub async fn knowledge<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT document FROM knowledge ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }
}
