//! Webhooks: who is told of which topics.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::error::StoreError;

/// A webhook to add.
#[derive(Debug, Clone)]
pub struct WebhookRow<T> {
    pub id: String,
    pub topics: Vec<String>,
    pub document: T,
}

impl Store {
    /// Adds a webhook: what happens from now on reaches it. False where it would be
    /// one more than the most.
    pub async fn add_webhook<T: Serialize>(
        &self,
        webhook: WebhookRow<T>,
        most: u32,
    ) -> Result<bool, StoreError> {
        let document = write(&webhook.document)?;
        let (id, topics) = (webhook.id, webhook.topics);
        self.write(move |connection| {
            Box::pin(async move {
                let (others,): (i64,) = sqlx::query_as("SELECT COUNT(*) FROM webhooks")
                    .fetch_one(&mut *connection)
                    .await?;
                if others >= i64::from(most) {
                    return Ok(false);
                }
                sqlx::query("INSERT INTO webhooks (id, document) VALUES ($1, $2)")
                    .bind(id.as_str())
                    .bind(document)
                    .execute(&mut *connection)
                    .await?;
                for topic in topics {
                    sqlx::query("INSERT INTO webhook_topics (topic, webhook) VALUES ($1, $2)")
                        .bind(topic)
                        .bind(id.as_str())
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(true)
            })
        })
        .await
    }

    pub async fn webhook<T: DeserializeOwned>(&self, id: &str) -> Result<Option<T>, StoreError> {
        let row: Option<(String,)> = sqlx::query_as("SELECT document FROM webhooks WHERE id = $1")
            .bind(id)
            .fetch_optional(&self.pool)
            .await?;
        row.map(|(document,)| read(&document)).transpose()
    }

    /// All webhooks, in the order in which they were added.
    pub async fn webhooks<T: DeserializeOwned>(&self) -> Result<Vec<T>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as("SELECT document FROM webhooks ORDER BY id")
            .fetch_all(&self.pool)
            .await?;
        rows.iter().map(|(document,)| read(document)).collect()
    }

    /// Removes a webhook with all that was to reach it; true where it was there.
    pub async fn remove_webhook(&self, id: &str) -> Result<bool, StoreError> {
        let id = id.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                for statement in [
                    "DELETE FROM webhook_topics WHERE webhook = $1",
                    "DELETE FROM deliveries WHERE receiver = $1",
                ] {
                    sqlx::query(statement)
                        .bind(id.as_str())
                        .execute(&mut *connection)
                        .await?;
                }
                let removed = sqlx::query("DELETE FROM webhooks WHERE id = $1")
                    .bind(id.as_str())
                    .execute(connection)
                    .await?;
                Ok(removed.rows_affected() == 1)
            })
        })
        .await
    }
}
