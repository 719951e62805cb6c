//! Documents of the directory that are changed on what was read, or not at all:
//! officers with their posts, partners with their keys.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, was_put, write};
use crate::connection::Store;
use crate::entry::{integer, natural};
use crate::error::StoreError;

const OFFICER: &str = "officer";
const PARTNER: &str = "partner";

impl Store {
    /// An officer, and the revision to change her on.
    pub async fn officer<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<(T, u64)>, StoreError> {
        self.revised(OFFICER, id).await
    }

    /// Keeps an officer in the place of the one of that revision; 0 where there was
    /// none. Fails with [`StoreError::Conflict`] where another change came first.
    pub async fn put_officer<T: Serialize>(
        &self,
        id: &str,
        officer: &T,
        revision: u64,
    ) -> Result<(), StoreError> {
        self.put_revised(OFFICER, id, officer, revision).await
    }

    /// A partner, and the revision to change it on.
    pub async fn partner<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Option<(T, u64)>, StoreError> {
        self.revised(PARTNER, id).await
    }

    /// Keeps a partner, as [`Store::put_officer`] an officer.
    pub async fn put_partner<T: Serialize>(
        &self,
        id: &str,
        partner: &T,
        revision: u64,
    ) -> Result<(), StoreError> {
        self.put_revised(PARTNER, id, partner, revision).await
    }

    async fn revised<T: DeserializeOwned>(
        &self,
        kind: &'static str,
        id: &str,
    ) -> Result<Option<(T, u64)>, StoreError> {
        let row: Option<(String, i64)> =
            sqlx::query_as("SELECT document, revision FROM directory WHERE kind = $1 AND id = $2")
                .bind(kind)
                .bind(id)
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(document, revision)| Ok((read(&document)?, natural(revision)?)))
            .transpose()
    }

    async fn put_revised<T: Serialize>(
        &self,
        kind: &'static str,
        id: &str,
        document: &T,
        revision: u64,
    ) -> Result<(), StoreError> {
        let (id, document) = (id.to_owned(), write(document)?);
        let revision = integer(revision)?;
        let statement = match revision {
            0 => {
                "INSERT INTO directory (kind, id, document, revision) VALUES ($1, $2, $3, $4 + 1)
                 ON CONFLICT (kind, id) DO NOTHING"
            }
            _ => {
                "UPDATE directory SET document = $3, revision = revision + 1
                 WHERE kind = $1 AND id = $2 AND revision = $4"
            }
        };
        self.write(move |connection| {
            Box::pin(async move {
                let put = sqlx::query(statement)
                    .bind(kind)
                    .bind(id)
                    .bind(document)
                    .bind(revision)
                    .execute(connection)
                    .await?;
                was_put(put.rows_affected())
            })
        })
        .await
    }
}
