//! Idempotency keys: the same key and request get the same answer; the same key
//! with another request is refused.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::connection::Store;
use crate::entry::micros;
use crate::error::StoreError;

/// An answer to keep under the caller's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IdempotencyAnswer {
    pub principal: String,
    pub key: String,
    /// Of the request: method, path and body.
    pub request: Digest,
    pub status: u16,
    pub answer: String,
    pub at: Timestamp,
}

pub(crate) async fn keep(
    connection: &mut AnyConnection,
    answer: &IdempotencyAnswer,
) -> Result<(), StoreError> {
    let kept = sqlx::query(
        "INSERT INTO idempotency (principal, name, request, status, answer, created_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (principal, name) DO NOTHING",
    )
    .bind(answer.principal.as_str())
    .bind(answer.key.as_str())
    .bind(answer.request.to_string())
    .bind(i64::from(answer.status))
    .bind(answer.answer.as_str())
    .bind(micros(answer.at))
    .execute(&mut *connection)
    .await?;
    if kept.rows_affected() == 1 {
        return Ok(());
    }
    let query = sqlx::query_as(FIND)
        .bind(answer.principal.as_str())
        .bind(answer.key.as_str());
    let row: (String, i64, String) = query.fetch_one(connection).await?;
    Err(judge(row, &answer.request))
}

const FIND: &str =
    "SELECT request, status, answer FROM idempotency WHERE principal = $1 AND name = $2";

fn judge((request, status, answer): (String, i64, String), asked: &Digest) -> StoreError {
    if request != asked.to_string() {
        return StoreError::IdempotencyMismatch;
    }
    StoreError::Repeated {
        status: u16::try_from(status).unwrap_or(500),
        answer,
    }
}

impl Store {
    /// `Ok` where the key is new; the answer given before comes as
    /// [`StoreError::Repeated`].
    pub async fn check_idempotency(
        &self,
        principal: &str,
        key: &str,
        request: &Digest,
    ) -> Result<(), StoreError> {
        let found: Option<(String, i64, String)> = sqlx::query_as(FIND)
            .bind(principal)
            .bind(key)
            .fetch_optional(&self.pool)
            .await?;
        found.map_or(Ok(()), |row| Err(judge(row, request)))
    }

    /// Forgets answers given before a moment; how many those were.
    pub async fn forget_answers(&self, before: Timestamp) -> Result<u64, StoreError> {
        let oldest: (Option<i64>,) = sqlx::query_as("SELECT MIN(created_at) FROM idempotency")
            .fetch_one(&self.pool)
            .await?;
        if oldest.0.is_none_or(|oldest| oldest >= micros(before)) {
            return Ok(0);
        }
        self.write(move |connection| {
            Box::pin(async move {
                let forgotten = sqlx::query("DELETE FROM idempotency WHERE created_at < $1")
                    .bind(micros(before))
                    .execute(connection)
                    .await?;
                Ok(forgotten.rows_affected())
            })
        })
        .await
    }
}
