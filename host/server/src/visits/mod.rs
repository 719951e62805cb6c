//! Draws of follow-up visits (Order 121 art. 26, service rule 7): what is drawn from is fixed
//! first, the seed follows from it by this server's key, and whoever has both gets the same
//! list again.
//!
//! The seed is the SHA-256 of this server's signature (Ed25519) of what is drawn from.
//! Whoever asks for a draw cannot reckon the seed before, as he could from the heads of
//! ledgers, which he may move by an entry until he likes what comes; there is one signature
//! of one statement (RFC 8032), and anybody with the public key can see that it is it. Nor
//! can he ask again: a unit draws once from a day.

mod made;
mod repeat;

pub use made::{Draw, make};
pub use repeat::{Repetition, all_places, check_all, repeat};

use hejie_domain::identifiers::digest::Digest;

use crate::exchange::Signed;

/// What a signature is of, so that none made for something else passes for it.
const TYP: &str = "visit-draw";

/// The seed that a signature gives.
fn seed(signed: &Signed) -> Digest {
    Digest::of(signed.signature.as_bytes())
}
