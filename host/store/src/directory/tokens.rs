//! Bearer tokens by their hash.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::documents::{read, write};
use crate::connection::Store;
use crate::entry::micros;
use crate::error::StoreError;

impl Store {
    /// Keeps a token's hash; doing so twice changes nothing.
    pub async fn add_token<T: Serialize>(
        &self,
        digest: &Digest,
        principal: &T,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        let (digest, principal) = (digest.to_string(), write(principal)?);
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO tokens (digest, principal, created_at) VALUES ($1, $2, $3)
                     ON CONFLICT (digest) DO NOTHING",
                )
                .bind(digest)
                .bind(principal)
                .bind(micros(now))
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    /// Who holds the token; `None` where it is unknown or was revoked.
    pub async fn principal<T: DeserializeOwned>(
        &self,
        digest: &Digest,
    ) -> Result<Option<T>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT principal FROM tokens WHERE digest = $1 AND revoked_at IS NULL")
                .bind(digest.to_string())
                .fetch_optional(&self.pool)
                .await?;
        row.map(|(principal,)| read(&principal)).transpose()
    }

    /// Ends a token for ever; true where it was there.
    pub async fn revoke_token(&self, digest: &Digest, now: Timestamp) -> Result<bool, StoreError> {
        let digest = digest.to_string();
        self.write(move |connection| {
            Box::pin(async move {
                let revoked = sqlx::query(
                    "UPDATE tokens SET revoked_at = $1 WHERE digest = $2 AND revoked_at IS NULL",
                )
                .bind(micros(now))
                .bind(digest)
                .execute(connection)
                .await?;
                Ok(revoked.rows_affected() == 1)
            })
        })
        .await
    }
}
