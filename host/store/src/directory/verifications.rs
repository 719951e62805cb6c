//! Identities that were verified, by account: a token in the place of the number.

use jiff::Timestamp;

use crate::connection::Store;
use crate::entry::{micros, moment};
use crate::error::StoreError;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verification {
    /// Stands for the person; the number cannot be read from it.
    pub token: String,
    /// Stands for the name that was verified; absent of older ones.
    pub name: Option<String>,
    /// What the verification rests on.
    pub method: String,
    pub at: Timestamp,
}

impl Store {
    /// Keeps an account's verification, the latest one.
    pub async fn put_verification(
        &self,
        account: &str,
        verification: &Verification,
    ) -> Result<(), StoreError> {
        let (account, verification) = (account.to_owned(), verification.clone());
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query(
                    "INSERT INTO verifications (account, token, method, verified_at, name)
                     VALUES ($1, $2, $3, $4, $5) ON CONFLICT (account) DO UPDATE SET
                         token = excluded.token, method = excluded.method,
                         verified_at = excluded.verified_at, name = excluded.name",
                )
                .bind(account)
                .bind(verification.token)
                .bind(verification.method)
                .bind(micros(verification.at))
                .bind(verification.name)
                .execute(connection)
                .await?;
                Ok(())
            })
        })
        .await
    }

    pub async fn verification(&self, account: &str) -> Result<Option<Verification>, StoreError> {
        let row: Option<(String, String, i64, Option<String>)> = sqlx::query_as(
            "SELECT token, method, verified_at, name FROM verifications WHERE account = $1",
        )
        .bind(account)
        .fetch_optional(&self.pool)
        .await?;
        row.map(|(token, method, at, name)| {
            Ok(Verification {
                token,
                name,
                method,
                at: moment(at)?,
            })
        })
        .transpose()
    }
}
