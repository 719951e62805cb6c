//! Complaints that are over: whom a follow-up visit may ask.

use jiff::civil::Date;

use crate::connection::Store;
use crate::error::StoreError;

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
        // A range uses the index; `:` comes after the digits and the hyphen.
        let rows: Vec<(String,)> = sqlx::query_as(
            "SELECT number FROM case_facts JOIN cases ON cases.case_id = case_facts.case_id
             WHERE ended_on >= $1 AND ended_on <= $2
               AND case_facts.unit >= $3 AND case_facts.unit < $4
             ORDER BY cases.case_id LIMIT $5",
        )
        .bind(from.to_string())
        .bind(to.to_string())
        .bind(digits.to_owned())
        .bind(format!("{digits}:"))
        .bind(i64::from(limit))
        .fetch_all(&self.pool)
        .await?;
        Ok(rows.into_iter().map(|(number,)| number).collect())
    }
}
