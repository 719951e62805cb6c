//! Exchange with other systems: events out to webhooks, and files with other
//! authorities: dossiers out and in, what is added after them, statuses back. What is to leave lies in
//! the store from the transaction of what happened; a worker of its own sends it,
//! so that no receiver holds up another, nor the plugins' runs.

mod event;
pub mod form;
mod handover;
pub mod incoming;
mod jws;
mod key;
mod outgoing;
mod partner;
mod pauses;
mod sending;
pub mod status;
pub mod supplement;
pub mod topics;
mod webhook;

pub use incoming::{Incoming, in_dossier};
pub use jws::{JwsError, Signed, sign};
pub use key::{from_text as key_of, of_folder, to_text as key_text};
pub use outgoing::{of as outgoing, recalled, statuses};
pub use partner::{DOSSIER, DOSSIER_TOPIC, Partner, STATUS, SUPPLEMENT, Taken, receiver};
pub use sending::start;
pub use status::Report;
pub use supplement::Addition;
pub use webhook::{Secret, SecretError, Webhook};

use ed25519_dalek::SigningKey;

/// How this server takes part.
#[derive(Debug, Clone)]
pub struct Identity {
    /// What others know this server by.
    pub code: String,
    /// How often a delivery is tried before it is parked.
    pub tries: u32,
    /// What it signs with; it never shows in a log.
    pub key: SigningKey,
}

impl Identity {
    /// Of a program that only reads: it exchanges nothing.
    pub fn nobody() -> Identity {
        Identity {
            code: String::new(),
            tries: 0,
            key: SigningKey::from_bytes(&rand::random()),
        }
    }
}
