//! What can go wrong in the store.

/// Texts say what to do where something can be done.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// Another commit came first: load the case and decide again.
    #[error("the case has moved on")]
    Conflict,
    #[error("there is no such case")]
    NoSuchCase,
    /// The same idempotency key came with another request.
    #[error("this idempotency key was used for another request")]
    IdempotencyMismatch,
    /// The request was carried out before: this is its answer.
    #[error("this request was carried out before")]
    Repeated { status: u16, answer: String },
    #[error("it exists already")]
    Exists,
    /// The lease on the job ran out and another worker has it.
    #[error("the job is no longer leased to this worker")]
    LeaseLost,
    #[error("the store's address must begin with sqlite: or postgres://, not {0}")]
    UnknownScheme(String),
    #[error("the store holds something this program cannot read: {0}")]
    Corrupt(String),
    /// Canonical JSON (RFC 8785) has doubles: this number would become another.
    #[error("the number {number} at {pointer} cannot be kept exactly: write it as text")]
    Number { pointer: String, number: String },
    #[error("there is no store here: `hejie serve` or `hejie migrate` makes one")]
    NoStore,
    #[error("the store is of step {0} and this program of another: run `hejie migrate`")]
    OtherStep(i64),
    /// Nothing became durable; the same write may be tried again.
    #[error("the store cannot write now: {0}")]
    Unavailable(String),
    #[error("the store is shutting down")]
    Closed,
    #[error("the database says: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl StoreError {
    /// Whether the store as a whole is down, rather than one row at fault: then
    /// trying the next row is of no use, and trying later is.
    pub fn is_outage(&self) -> bool {
        match self {
            StoreError::Unavailable(_) | StoreError::Closed => true,
            StoreError::Database(fault) => is_outage(fault),
            _ => false,
        }
    }
}

fn is_outage(fault: &sqlx::Error) -> bool {
    match fault {
        sqlx::Error::Io(_)
        | sqlx::Error::Tls(_)
        | sqlx::Error::Protocol(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed => true,
        sqlx::Error::Database(said) => said.code().is_some_and(|code| is_outage_code(&code)),
        _ => false,
    }
}

/// PostgreSQL: classes of connections, resources, intervention and the system.
/// SQLite: busy, locked, out of memory, input and output, full, cannot open.
fn is_outage_code(code: &str) -> bool {
    if code.len() == 5 {
        return ["08", "53", "57", "58"]
            .iter()
            .any(|class| code.starts_with(class));
    }
    let primary = code.parse::<u32>().map(|code| code & 0xff);
    matches!(primary, Ok(5 | 6 | 7 | 10 | 13 | 14))
}

impl From<serde_json::Error> for StoreError {
    fn from(fault: serde_json::Error) -> StoreError {
        StoreError::Corrupt(fault.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_down_is_told_from_a_row_that_is_broken() {
        let down = [
            StoreError::Closed,
            StoreError::Unavailable("disk full".to_owned()),
            sqlx::Error::PoolTimedOut.into(),
            sqlx::Error::WorkerCrashed.into(),
        ];
        assert!(down.iter().all(StoreError::is_outage));
        let broken = [
            StoreError::Conflict,
            StoreError::Corrupt("no JSON".to_owned()),
            sqlx::Error::RowNotFound.into(),
        ];
        assert!(!broken.iter().any(StoreError::is_outage));
    }

    #[test]
    fn codes_of_both_stores_are_known() {
        for code in ["08006", "57P01", "53300", "5", "13", "14", "266", "3850"] {
            assert!(is_outage_code(code), "{code}");
        }
        for code in ["23505", "40001", "1", "11", "19", "2067"] {
            assert!(!is_outage_code(code), "{code}");
        }
    }
}
