//! Complaints that are over: whom a follow-up visit may ask.

use jiff::Timestamp;
use sqlx::AssertSqlSafe;

use crate::connection::Store;
use crate::entry::micros;
use crate::error::StoreError;
use crate::lists::CaseScope;

impl Store {
    /// The numbers of the complaints of a scope that are closed or refused and last
    /// changed after one moment and until another, at most so many.
    pub async fn closed_complaints(
        &self,
        scope: &CaseScope,
        after: Timestamp,
        until: Timestamp,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let (condition, arguments) = scope.condition();
        let next = arguments.len();
        let statement = format!(
            "SELECT number FROM cases WHERE {condition} AND division IS NOT NULL
             AND phase IN ('closed', 'refused') AND updated_at > ${} AND updated_at <= ${}
             ORDER BY case_id LIMIT ${}",
            next + 1,
            next + 2,
            next + 3
        );
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows: Vec<(String,)> = query
            .bind(micros(after))
            .bind(micros(until))
            .bind(i64::from(limit))
            .fetch_all(&self.pool)
            .await?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}
