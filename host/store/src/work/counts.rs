//! How much work there is, counted as far as counting is cheap.

use sqlx::AssertSqlSafe;

use super::filter::WorkFilter;
use super::list::Statement;
use crate::connection::Store;
use crate::entry::natural;
use crate::error::StoreError;

/// Files, counted up to a bound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WorkCount {
    pub files: u64,
    /// There are more than were counted.
    pub more: bool,
}

impl Store {
    /// How many files are wanted, counted up to a bound.
    pub async fn count_work(
        &self,
        filter: &WorkFilter,
        bound: u32,
    ) -> Result<WorkCount, StoreError> {
        let statement = Statement::of(filter, None, self.is_postgres());
        let text = format!(
            "SELECT COUNT(*) FROM (SELECT 1 FROM {} WHERE {} LIMIT {}) AS counted",
            statement.source,
            statement.conditions.join(" AND "),
            i64::from(bound) + 1
        );
        let mut query = sqlx::query_as(AssertSqlSafe(text)).persistent(false);
        for argument in statement.arguments {
            query = query.bind(argument);
        }
        let (counted,): (i64,) = query.fetch_one(&self.pool).await?;
        let (counted, bound) = (natural(counted)?, u64::from(bound));
        Ok(WorkCount {
            files: counted.min(bound),
            more: counted > bound,
        })
    }
}
