//! Reading a ledger.

use crate::connection::Store;
use crate::entry::{Entry, integer};
use crate::error::StoreError;

impl Store {
    /// A case's entries after `seq`, in order.
    pub async fn entries(
        &self,
        case_id: &str,
        after: u64,
        limit: u32,
    ) -> Result<Vec<Entry>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT entry FROM ledger WHERE case_id = $1 AND seq > $2 ORDER BY seq LIMIT $3",
        )
        .bind(case_id)
        .bind(integer(after)?)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        rows.iter()
            .map(|(text,)| Ok(serde_json::from_str(text)?))
            .collect()
    }
}
