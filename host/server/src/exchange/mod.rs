//! Exchange with other systems: events out to webhooks. What is to leave lies in
//! the store from the transaction of what happened; a worker of its own sends it,
//! so that no receiver holds up another, nor the plugins' runs.

mod event;
mod pauses;
mod sending;
pub mod topics;
mod webhook;

pub use sending::start;
pub use webhook::{Secret, SecretError, Webhook};

/// How this server takes part.
#[derive(Debug, Clone)]
pub struct Identity {
    /// What others know this server by.
    pub code: String,
    /// How often a delivery is tried before it is parked.
    pub tries: u32,
}

impl Identity {
    /// Of a program that only reads: it exchanges nothing.
    pub fn nobody() -> Identity {
        Identity {
            code: String::new(),
            tries: 0,
        }
    }
}
