//! Making the projections anew from the ledger.

use crate::cases::{self, CaseRow};
use crate::commit::Committed;
use crate::connection::Store;
use crate::entry::Entry;
use crate::error::StoreError;

const BATCH: u32 = 100;

impl Store {
    /// Folds every ledger again and puts the result in the projection's place.
    /// `fold` gets a case's key and all its entries.
    pub async fn rebuild<F, E>(&self, fold: F) -> Result<u64, E>
    where
        F: Fn(&str, &[Entry]) -> Result<CaseRow, E>,
        E: From<StoreError>,
    {
        let mut rebuilt = 0;
        let mut after = String::new();
        loop {
            let ids = self.ledger_keys(&after).await?;
            let Some(last) = ids.last() else {
                return Ok(rebuilt);
            };
            after = last.clone();
            for id in ids {
                let entries = self.entries(&id, 0, u32::MAX).await?;
                let row = fold(&id, &entries)?;
                self.replace(row, &entries).await?;
                rebuilt += 1;
            }
        }
    }

    async fn ledger_keys(&self, after: &str) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT case_id FROM ledger WHERE seq = 1 AND case_id > $1 ORDER BY case_id LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(BATCH))
        .fetch_all(&self.pool)
        .await
        .map_err(StoreError::from)?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }

    async fn replace(&self, row: CaseRow, entries: &[Entry]) -> Result<(), StoreError> {
        let last = entries.last().ok_or(StoreError::NoSuchCase)?;
        let head = hejie_domain::identifiers::digest::Digest::of(last.canonical()?.as_bytes());
        let committed = Committed {
            case_id: row.case_id.clone(),
            version: last.seq,
            head,
        };
        self.write(move |connection| {
            Box::pin(async move {
                sqlx::query("DELETE FROM cases WHERE case_id = $1")
                    .bind(row.case_id.as_str())
                    .execute(&mut *connection)
                    .await?;
                cases::put(connection, &row, 0, &committed).await
            })
        })
        .await
    }
}
