//! Documents that ledger entries name by their SHA-256.

use hejie_domain::identifiers::digest::Digest;
use sqlx::AnyConnection;

use crate::connection::Store;
use crate::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub media_type: &'static str,
    /// Text in UTF-8; canonical JSON where it is JSON.
    pub body: String,
}

impl Attachment {
    pub fn json(body: String) -> Attachment {
        Attachment {
            media_type: "application/json",
            body,
        }
    }

    pub fn digest(&self) -> Digest {
        Digest::of(self.body.as_bytes())
    }
}

pub(crate) async fn insert(
    connection: &mut AnyConnection,
    case_id: &str,
    attachment: &Attachment,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO attachments (case_id, digest, media_type, body) VALUES ($1, $2, $3, $4)
         ON CONFLICT (case_id, digest) DO NOTHING",
    )
    .bind(case_id)
    .bind(attachment.digest().to_string())
    .bind(attachment.media_type)
    .bind(attachment.body.as_str())
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// A case's document by its digest.
    pub async fn attachment(
        &self,
        case_id: &str,
        digest: &Digest,
    ) -> Result<Option<String>, StoreError> {
        let row: Option<(String,)> =
            sqlx::query_as("SELECT body FROM attachments WHERE case_id = $1 AND digest = $2")
                .bind(case_id)
                .bind(digest.to_string())
                .fetch_optional(&self.pool)
                .await?;
        Ok(row.map(|(body,)| body))
    }
}
