//! Complaints that are over: whom a follow-up visit may ask.

use jiff::civil::Date;
use serde_json::Value;
use sqlx::AssertSqlSafe;

use crate::connection::Store;
use crate::error::StoreError;
use crate::subtree;

/// A complaint that is over.
#[derive(Debug, Clone, PartialEq)]
pub struct EndedComplaint {
    pub case_id: String,
    /// Its facts, as figures have them.
    pub facts: Value,
}

impl Store {
    /// The complaints of a subtree that were closed or refused on these days, the ends
    /// included, oldest case first, from the one after `after` on; at most so many.
    pub async fn ended_complaints(
        &self,
        digits: &str,
        (from, to): (Date, Date),
        after: &str,
        limit: u32,
    ) -> Result<Vec<EndedComplaint>, StoreError> {
        let mut arguments = vec![from.to_string(), to.to_string(), after.to_owned()];
        let within = subtree::condition("unit", digits, &mut arguments);
        let within = within.map_or_else(String::new, |within| format!("AND {within}"));
        let statement = format!(
            "SELECT case_id, facts FROM case_facts
             WHERE ended_on >= $1 AND ended_on <= $2 AND case_id > $3 {within}
             ORDER BY case_id LIMIT {limit}"
        );
        let mut query = sqlx::query_as(AssertSqlSafe(statement));
        for argument in arguments {
            query = query.bind(argument);
        }
        let rows: Vec<(String, String)> = query.fetch_all(&self.pool).await?;
        rows.into_iter().map(read).collect()
    }
}

fn read((case_id, facts): (String, String)) -> Result<EndedComplaint, StoreError> {
    let facts = serde_json::from_str(&facts)?;
    Ok(EndedComplaint { case_id, facts })
}
