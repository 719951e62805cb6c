//! The outbox: what others are to be told, written with what happened.

use jiff::Timestamp;
use sqlx::{AnyConnection, Row};
use uuid::Uuid;

use crate::connection::Store;
use crate::deliveries;
use crate::entry::{micros, moment};
use crate::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewMessage {
    pub topic: &'static str,
    /// JSON.
    pub payload: String,
    pub at: Timestamp,
    /// Nothing of it is to tell the moment: its id does not, and webhooks hear of it from
    /// this moment on.
    pub discreet: Option<Timestamp>,
}

/// A message that waits to be taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    pub id: String,
    pub topic: String,
    pub payload: String,
    pub at: Timestamp,
}

pub(crate) async fn insert(
    connection: &mut AnyConnection,
    case_id: &str,
    message: &NewMessage,
) -> Result<(), StoreError> {
    let id = match message.discreet {
        Some(_) => Uuid::new_v4(),
        None => Uuid::now_v7(),
    };
    let id = id.to_string();
    sqlx::query(
        "INSERT INTO outbox (id, case_id, topic, payload, created_at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id.as_str())
    .bind(case_id)
    .bind(message.topic)
    .bind(message.payload.as_str())
    .bind(micros(message.at))
    .execute(&mut *connection)
    .await?;
    deliveries::fan_out(connection, case_id, &id, message).await
}

impl Store {
    /// The oldest messages that were not taken yet.
    pub async fn outbox(&self, limit: u32) -> Result<Vec<Message>, StoreError> {
        let rows =
            sqlx::query("SELECT id, topic, payload, created_at FROM outbox ORDER BY id LIMIT $1")
                .bind(i64::from(limit))
                .fetch_all(&self.pool)
                .await?;
        rows.iter()
            .map(|row| {
                Ok(Message {
                    id: row.try_get("id")?,
                    topic: row.try_get("topic")?,
                    payload: row.try_get("payload")?,
                    at: moment(row.try_get("created_at")?)?,
                })
            })
            .collect()
    }

    /// Takes messages out of the outbox once their reader has them.
    pub async fn acknowledge(&self, ids: Vec<String>) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                for id in ids {
                    sqlx::query("DELETE FROM outbox WHERE id = $1")
                        .bind(id)
                        .execute(&mut *connection)
                        .await?;
                }
                Ok(())
            })
        })
        .await
    }
}
