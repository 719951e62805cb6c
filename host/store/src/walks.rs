//! Walks: work on every case, done in steps and gone on with after a stop.

use sqlx::AnyConnection;

use crate::connection::Store;
use crate::error::StoreError;

/// What a walk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Walk {
    /// Running clocks are read anew, because a calendar was published.
    RecomputeClocks,
}

impl Walk {
    fn name(self) -> &'static str {
        match self {
            Walk::RecomputeClocks => "recompute-clocks",
        }
    }
}

/// From the first case on, also where the walk was under way already.
pub(crate) async fn begin(connection: &mut AnyConnection, walk: Walk) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO walks (name, position) VALUES ($1, '')
         ON CONFLICT (name) DO UPDATE SET position = ''",
    )
    .bind(walk.name())
    .execute(connection)
    .await?;
    Ok(())
}

impl Store {
    /// The case a walk has come to, empty at the beginning; `None` where there is
    /// nothing to do.
    pub async fn walk(&self, walk: Walk) -> Result<Option<String>, StoreError> {
        let found: Option<(String,)> = sqlx::query_as("SELECT position FROM walks WHERE name = $1")
            .bind(walk.name())
            .fetch_optional(&self.pool)
            .await?;
        Ok(found.map(|(position,)| position))
    }

    /// Notes how far a walk has come, or that it is done; a walk that was begun
    /// again meanwhile stays at its beginning.
    pub async fn advance(
        &self,
        walk: Walk,
        from: String,
        to: Option<String>,
    ) -> Result<(), StoreError> {
        self.write(move |connection| {
            Box::pin(async move {
                let query = match to {
                    Some(to) => sqlx::query(
                        "UPDATE walks SET position = $3 WHERE name = $1 AND position = $2",
                    )
                    .bind(walk.name())
                    .bind(from)
                    .bind(to),
                    None => sqlx::query("DELETE FROM walks WHERE name = $1 AND position = $2")
                        .bind(walk.name())
                        .bind(from),
                };
                query.execute(connection).await?;
                Ok(())
            })
        })
        .await
    }

    /// Cases that are not closed, in the order of a walk.
    pub async fn open_cases(&self, after: &str, limit: u32) -> Result<Vec<String>, StoreError> {
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT case_id FROM cases WHERE case_id > $1 AND phase <> 'closed'
             ORDER BY case_id LIMIT $2",
        )
        .bind(after)
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(id,)| id).collect())
    }
}
