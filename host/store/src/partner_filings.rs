//! What partners filed, by their own references: for ever, so that a batch that comes
//! again files nothing twice.

use hejie_domain::identifiers::digest::Digest;
use jiff::Timestamp;
use sqlx::AnyConnection;

use crate::connection::Store;
use crate::entry::micros;
use crate::error::StoreError;

/// A filing under a partner's reference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartnerFiling {
    pub partner: String,
    pub reference: String,
    /// Of the line as it was sent.
    pub request: Digest,
    /// The number of the case it became.
    pub number: String,
    pub at: Timestamp,
}

/// Fails with [`StoreError::Repeated`], whose answer is the number, where the reference
/// stands for this request, and [`StoreError::IdempotencyMismatch`] where for another.
pub(crate) async fn keep(
    connection: &mut AnyConnection,
    filing: &PartnerFiling,
) -> Result<(), StoreError> {
    let kept = sqlx::query(
        "INSERT INTO partner_filings (partner, reference, request, number, filed_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT (partner, reference) DO NOTHING",
    )
    .bind(filing.partner.as_str())
    .bind(filing.reference.as_str())
    .bind(filing.request.to_string())
    .bind(filing.number.as_str())
    .bind(micros(filing.at))
    .execute(&mut *connection)
    .await?;
    if kept.rows_affected() == 1 {
        return Ok(());
    }
    let row: (String, String) = sqlx::query_as(FIND)
        .bind(filing.partner.as_str())
        .bind(filing.reference.as_str())
        .fetch_one(connection)
        .await?;
    let answer = judge(row, &filing.request)?;
    Err(StoreError::Repeated {
        status: 200,
        answer,
    })
}

const FIND: &str =
    "SELECT request, number FROM partner_filings WHERE partner = $1 AND reference = $2";

fn judge((request, number): (String, String), asked: &Digest) -> Result<String, StoreError> {
    match request == asked.to_string() {
        true => Ok(number),
        false => Err(StoreError::IdempotencyMismatch),
    }
}

impl Store {
    /// The number of what a partner filed under a reference.
    pub async fn partner_number(
        &self,
        partner: &str,
        reference: &str,
    ) -> Result<Option<String>, StoreError> {
        let row = self.kept(partner, reference).await?;
        Ok(row.map(|(_, number)| number))
    }

    async fn kept(
        &self,
        partner: &str,
        reference: &str,
    ) -> Result<Option<(String, String)>, StoreError> {
        let row = sqlx::query_as(FIND)
            .bind(partner)
            .bind(reference)
            .fetch_optional(&self.pool);
        Ok(row.await?)
    }

    /// The number that a partner's reference has: of this very request, or
    /// [`StoreError::IdempotencyMismatch`] where it stands for another.
    pub async fn partner_filing(
        &self,
        partner: &str,
        reference: &str,
        request: &Digest,
    ) -> Result<Option<String>, StoreError> {
        let row = self.kept(partner, reference).await?;
        row.map(|row| judge(row, request)).transpose()
    }
}
