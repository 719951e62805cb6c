//! PostgreSQL's index of words, which is made far sooner of a million files than with
//! each of them; a copy that is read in again makes it last too.

use std::time::Instant;

use anyhow::Result;
use hejie_postgres::psql;

const DEFINITION: &str = "SELECT indexdef FROM pg_indexes WHERE indexname = 'work_index'";

/// The index while it is not there.
pub struct WordIndex<'a> {
    url: &'a str,
    definition: String,
}

impl WordIndex<'_> {
    pub fn put_away(url: &str) -> Result<WordIndex<'_>> {
        let definition = psql(url, DEFINITION)?;
        psql(url, "DROP INDEX work_index")?;
        Ok(WordIndex { url, definition })
    }

    /// As the store itself defines it.
    pub fn make_again(self) -> Result<()> {
        let start = Instant::now();
        let memory = "SET maintenance_work_mem = '1GB'";
        psql(self.url, &format!("{memory}; {}", self.definition))?;
        let seconds = start.elapsed().as_secs_f64();
        eprintln!("PostgreSQL: the index of words in {seconds:.0} s");
        Ok(())
    }
}
