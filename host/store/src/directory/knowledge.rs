//! Questions that were answered once, in every version that they were written in.

use serde::Serialize;
use serde::de::DeserializeOwned;
use sqlx::AnyConnection;

use super::documents::{read, was_put, write};
use crate::connection::Store;
use crate::entry::{integer, natural};
use crate::error::StoreError;

impl Store {
    /// Keeps an answered question in the place of that revision of it; 0 where there was none.
    /// False where it would be one more than the most. Fails with [`StoreError::Conflict`] where
    /// another change came first.
    pub async fn put_knowledge<T: Serialize>(
        &self,
        id: &str,
        article: &T,
        revision: u64,
        most: u32,
    ) -> Result<bool, StoreError> {
        let (id, document) = (id.to_owned(), write(article)?);
        let revision = integer(revision)?;
        self.write(move |connection| {
            Box::pin(async move {
                if revision == 0 && count(connection).await? >= i64::from(most) {
                    return Ok(false);
                }
                put(connection, &id, &document, revision).await?;
                keep(connection, &id, &document, revision + 1).await?;
                Ok(true)
            })
        })
        .await
    }

    /// All of them as they are now with their revisions, by their ids.
    pub async fn knowledge<T: DeserializeOwned>(&self) -> Result<Vec<(T, u64)>, StoreError> {
        let rows: Vec<(String, i64)> =
            sqlx::query_as("SELECT document, revision FROM knowledge ORDER BY id")
                .fetch_all(&self.pool)
                .await?;
        rows.into_iter().map(revised).collect()
    }

    /// All versions of one of them, the oldest first.
    pub async fn knowledge_versions<T: DeserializeOwned>(
        &self,
        id: &str,
    ) -> Result<Vec<(T, u64)>, StoreError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(
            "SELECT document, revision FROM knowledge_versions WHERE id = $1 ORDER BY revision",
        )
        .bind(id)
        .fetch_all(&self.pool)
        .await?;
        rows.into_iter().map(revised).collect()
    }
}

fn revised<T: DeserializeOwned>(
    (document, revision): (String, i64),
) -> Result<(T, u64), StoreError> {
    Ok((read(&document)?, natural(revision)?))
}

async fn count(connection: &mut AnyConnection) -> Result<i64, StoreError> {
    let (count,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM knowledge")
        .fetch_one(connection)
        .await?;
    Ok(count)
}

async fn put(
    connection: &mut AnyConnection,
    id: &str,
    document: &str,
    revision: i64,
) -> Result<(), StoreError> {
    let statement = match revision {
        0 => {
            "INSERT INTO knowledge (id, document, revision) VALUES ($1, $2, $3 + 1)
             ON CONFLICT (id) DO NOTHING"
        }
        _ => {
            "UPDATE knowledge SET document = $2, revision = revision + 1
             WHERE id = $1 AND revision = $3"
        }
    };
    let put = sqlx::query(statement)
        .bind(id)
        .bind(document)
        .bind(revision)
        .execute(connection)
        .await?;
    was_put(put.rows_affected())
}

async fn keep(
    connection: &mut AnyConnection,
    id: &str,
    document: &str,
    revision: i64,
) -> Result<(), StoreError> {
    sqlx::query("INSERT INTO knowledge_versions (id, document, revision) VALUES ($1, $2, $3)")
        .bind(id)
        .bind(document)
        .bind(revision)
        .execute(connection)
        .await?;
    Ok(())
}
