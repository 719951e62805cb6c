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
    #[error("the store is shutting down")]
    Closed,
    #[error("the database says: {0}")]
    Database(#[from] sqlx::Error),
    #[error("the database could not be brought up to date: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
}

impl From<serde_json::Error> for StoreError {
    fn from(fault: serde_json::Error) -> StoreError {
        StoreError::Corrupt(fault.to_string())
    }
}
