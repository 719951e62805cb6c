//! Who a person really is (Order 121 art. 10 to 12): asked of an adapter, kept as a token.
//! The number itself is in no ledger, draft, log or error.

mod checksum;
mod name;
mod number;
mod proof;
mod secret;
mod service;

pub use checksum::Checksum;
pub use number::TypedNumber;
pub use proof::Proof;
pub use secret::IdentitySecret;
pub use service::Service;

use futures_util::future::BoxFuture;
use hejie_domain::identifiers::resident_id::ResidentId;

/// Verifies that a person of this name has this number.
pub trait Verifier: Send + Sync {
    /// What the verification rests on, in a word.
    fn method(&self) -> &'static str;

    /// Fails where no answer is to be had now.
    fn verify<'a>(
        &'a self,
        name: &'a str,
        number: &'a ResidentId,
    ) -> BoxFuture<'a, Result<bool, VerifierDown>>;
}

/// Why there is no answer; never with what was asked, nor with what came back.
#[derive(Debug, thiserror::Error)]
#[error("identities cannot be verified now: {0}")]
pub struct VerifierDown(pub String);
