//! The files that a unit is involved in.

use crate::cases::{StoredCase, stored};
use crate::connection::Store;
use crate::error::StoreError;

impl Store {
    /// The files that units of a subtree are involved in, newest first: each once.
    pub async fn involving(&self, digits: &str, limit: u32) -> Result<Vec<StoredCase>, StoreError> {
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows = sqlx::query(
            "SELECT kind, case_id, version, head, snapshot FROM cases WHERE case_id IN
                 (SELECT case_id FROM involved WHERE unit >= $1 AND unit < $2)
             ORDER BY case_id DESC LIMIT $3",
        )
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter().map(stored).collect()
    }
}
