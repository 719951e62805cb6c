//! Officers with their posts. A change is made on what was read, or not at all.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::entry::{integer, natural};
use crate::error::StoreError;

impl Store {
    /// An officer, and the revision to change her on.
    pub async fn officer<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<(T, u64)>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT document, revision FROM officers WHERE id = $1")
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(document, revision)| Ok((read(&document)?, natural(revision)?)))
            .transpose()
    }

    /// Keeps an officer in the place of the one of that revision; 0 where there was
    /// none. Fails with [`StoreError::Conflict`] where another change came first.
    pub async fn put_officer<T: Serialize>(
        &self,
        id: &str,
        officer: &T,
        revision: u64,
    ) -> Result<(), StoreError> {
        let (id, document) = (id.to_owned(), write(officer)?);
        let revision = integer(revision)?;
        let statement = match revision {
            0 => {
                "INSERT INTO officers (id, document, revision) VALUES ($1, $2, $3 + 1)
                  ON CONFLICT (id) DO NOTHING"
            }
            _ => {
                "UPDATE officers SET document = $2, revision = revision + 1
                  WHERE id = $1 AND revision = $3"
            }
        };
        self.write(move |connection| {
            Box::pin(async move {
                let put = sqlx::query(statement)
                    .bind(id)
                    .bind(document)
                    .bind(revision)
                    .execute(connection)
                    .await?;
                match put.rows_affected() {
                    0 => Err(StoreError::Conflict),
                    _ => Ok(()),
                }
            })
        })
        .await
    }
}
