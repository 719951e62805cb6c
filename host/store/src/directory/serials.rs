//! Serial numbers of official documents: one row of numbers for each issuer and year.

use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// The next number. One that is drawn and not used stays unused: a number never
    /// stands on two documents.
    pub async fn next_serial(&self, issuer: &str, year: i16) -> Result<u32, StoreError> {
        let issuer = issuer.to_owned();
        self.write(move |connection| {
            Box::pin(async move {
                let (serial,): (i64,) = sqlx::query_as(
                    "INSERT INTO serials (issuer, year, last) VALUES ($1, $2, 1)
                     ON CONFLICT (issuer, year) DO UPDATE SET last = serials.last + 1
                     RETURNING last",
                )
                .bind(issuer)
                .bind(i64::from(year))
                .fetch_one(&mut *connection)
                .await?;
                u32::try_from(serial)
                    .map_err(|_| StoreError::Corrupt(format!("serial number {serial}")))
            })
        })
        .await
    }
}
