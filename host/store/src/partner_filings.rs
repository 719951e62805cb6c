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
    pub numbers: Numbers,
    pub at: Timestamp,
}

/// The files that a filing became.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbers {
    /// Of the complaint, or of what came alone.
    pub number: String,
    /// Of the report that came with the complaint.
    pub report: Option<String>,
}

/// Fails with [`StoreError::Repeated`], whose answer is the number, where the reference
/// stands for this request, and [`StoreError::IdempotencyMismatch`] where for another.
pub(crate) async fn keep(
    connection: &mut AnyConnection,
    filing: &PartnerFiling,
) -> Result<(), StoreError> {
    let kept = sqlx::query(
        "INSERT INTO partner_filings (partner, reference, request, number, report, filed_at)
         VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (partner, reference) DO NOTHING",
    )
    .bind(filing.partner.as_str())
    .bind(filing.reference.as_str())
    .bind(filing.request.to_string())
    .bind(filing.numbers.number.as_str())
    .bind(filing.numbers.report.as_deref())
    .bind(micros(filing.at))
    .execute(&mut *connection)
    .await?;
    if kept.rows_affected() == 1 {
        return Ok(());
    }
    let row: Kept = sqlx::query_as(FIND)
        .bind(filing.partner.as_str())
        .bind(filing.reference.as_str())
        .fetch_one(connection)
        .await?;
    let answer = judge(row, &filing.request)?.number;
    Err(StoreError::Repeated {
        status: 200,
        answer,
    })
}

const FIND: &str =
    "SELECT request, number, report FROM partner_filings WHERE partner = $1 AND reference = $2";

/// The request, and the numbers of what it became.
type Kept = (String, String, Option<String>);

fn numbers((_, number, report): Kept) -> Numbers {
    Numbers { number, report }
}

fn judge(kept: Kept, asked: &Digest) -> Result<Numbers, StoreError> {
    match kept.0 == asked.to_string() {
        true => Ok(numbers(kept)),
        false => Err(StoreError::IdempotencyMismatch),
    }
}

impl Store {
    /// The numbers of what a partner filed under a reference.
    pub async fn partner_numbers(
        &self,
        partner: &str,
        reference: &str,
    ) -> Result<Option<Numbers>, StoreError> {
        let row = self.kept(partner, reference).await?;
        Ok(row.map(numbers))
    }

    async fn kept(&self, partner: &str, reference: &str) -> Result<Option<Kept>, StoreError> {
        let row = sqlx::query_as(FIND)
            .bind(partner)
            .bind(reference)
            .fetch_optional(&self.pool);
        Ok(row.await?)
    }

    /// The numbers that a partner's reference has: of this very request, or
    /// [`StoreError::IdempotencyMismatch`] where it stands for another.
    pub async fn partner_filing(
        &self,
        partner: &str,
        reference: &str,
        request: &Digest,
    ) -> Result<Option<Numbers>, StoreError> {
        let row = self.kept(partner, reference).await?;
        row.map(|row| judge(row, request)).transpose()
    }
}
