//! Complaints that are over: whom a follow-up visit may ask.

use jiff::civil::Date;
use sqlx::AssertSqlSafe;

use crate::connection::Store;
use crate::error::StoreError;
use crate::subtree;

impl Store {
    /// The numbers of the complaints of a subtree that were closed or refused on these
    /// days, the ends included, oldest case first, at most so many.
    pub async fn ended_complaints(
        &self,
        digits: &str,
        from: Date,
        to: Date,
        limit: u32,
    ) -> Result<Vec<String>, StoreError> {
        let mut arguments = vec![from.to_string(), to.to_string()];
        let within = subtree::condition("unit", digits, &mut arguments);
        let within = within.map_or_else(String::new, |within| format!("AND {within}"));
        let statement = format!(
            "SELECT number FROM case_facts WHERE ended_on >= $1 AND ended_on <= $2 {within}
             ORDER BY case_id LIMIT {limit}"
        );
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows: Vec<(String,)> = query.fetch_all(&self.pool).await?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}
