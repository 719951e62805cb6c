//! The files that a unit is involved in, or that an officer has by herself.

use crate::cases::{StoredCase, stored};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// The files that units of a subtree are involved in, and those on an account's list,
    /// newest first: each once.
    pub async fn involving(
        &self,
        digits: &str,
        account: &str,
        limit: u32,
    ) -> Result<Vec<StoredCase>, StoreError> {
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE case_id IN
                 (SELECT case_id FROM involved WHERE unit >= $1 AND unit < $2
                  UNION SELECT case_id FROM case_accounts WHERE account = $3)
             ORDER BY case_id DESC LIMIT $4",
        )
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(account.to_owned())
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(stored).collect()
    }
}
