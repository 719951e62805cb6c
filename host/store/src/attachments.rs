//! Documents that ledger entries name by their SHA-256.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use hejie_domain::identifiers::digest::Digest;
use sqlx::AnyConnection;

use crate::connection::Store;
use crate::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    pub media_type: &'static str,
    /// Text in UTF-8, canonical JSON where it is JSON; Base64 of what is no text.
    pub body: String,
}

/// The media type of what is kept in Base64.
const PDF: &str = "application/pdf";

impl Attachment {
    pub fn json(body: String) -> Attachment {
        Attachment {
            media_type: "application/json",
            body,
        }
    }

    pub fn pdf(bytes: &[u8]) -> Attachment {
        Attachment {
            media_type: PDF,
            body: BASE64.encode(bytes),
        }
    }

    /// SHA-256 of the document itself, however it is kept.
    pub fn digest(&self) -> Digest {
        Digest::of(&content(self.media_type, &self.body).unwrap_or_default())
    }
}

/// The bytes of a document from how it is kept; `None` where it was changed into
/// something else.
pub(crate) fn content(media_type: &str, body: &str) -> Option<Vec<u8>> {
    match media_type {
        PDF => BASE64.decode(body).ok(),
        _ => Some(body.as_bytes().to_vec()),
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
    /// The bytes of a case's document by its digest.
    pub async fn document(
        &self,
        case_id: &str,
        digest: &Digest,
    ) -> Result<Option<Vec<u8>>, StoreError> {
        let row: Option<(String, String)> = sqlx::query_as(
            "SELECT media_type, body FROM attachments WHERE case_id = $1 AND digest = $2",
        )
        .bind(case_id)
        .bind(digest.to_string())
        .fetch_optional(&self.pool)
        .await?;
        Ok(row.and_then(|(media_type, body)| content(&media_type, &body)))
    }

    /// A case's document of text by its digest.
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
