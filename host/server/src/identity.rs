//! Who a consumer really is (Order 121 art. 10): verified by an adapter, kept as a token.
//! The number itself is in no ledger, log or error.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use futures_util::future::BoxFuture;
use hejie_domain::identifiers::resident_id::ResidentId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

/// Verifies that a person of this name has this number. One that asks an official
/// service is put in the place of [`Checksum`].
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

#[derive(Debug, thiserror::Error)]
#[error("identities cannot be verified now: {0}")]
pub struct VerifierDown(pub String);

/// The local default: a number that is well formed counts. It says nothing of the name.
pub struct Checksum;

impl Verifier for Checksum {
    fn method(&self) -> &'static str {
        "checksum"
    }

    fn verify<'a>(
        &'a self,
        _name: &'a str,
        _number: &'a ResidentId,
    ) -> BoxFuture<'a, Result<bool, VerifierDown>> {
        // Only a number whose check character fits can be read.
        Box::pin(async { Ok(true) })
    }
}

/// What tokens are made with: without it nobody can try out numbers on a token. Nodes of
/// one store share it.
#[derive(Clone)]
pub struct IdentitySecret([u8; 32]);

impl IdentitySecret {
    pub fn random() -> IdentitySecret {
        IdentitySecret(rand::random())
    }

    /// The one that is kept in a file, made at the first start for the service's eyes only.
    pub fn kept(file: &Path) -> Result<IdentitySecret> {
        match std::fs::read_to_string(file) {
            Ok(text) => IdentitySecret::read(&text),
            Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
                let secret = IdentitySecret::random();
                crate::cli::serve::write_private(file, &hex::encode(secret.0))?;
                Ok(secret)
            }
            Err(fault) => Err(fault).with_context(|| format!("{} cannot be read", file.display())),
        }
    }

    /// 64 hexadecimal digits.
    pub fn read(text: &str) -> Result<IdentitySecret> {
        let mut bytes = [0; 32];
        let read = hex::decode_to_slice(text.trim(), &mut bytes);
        ensure!(read.is_ok(), "the identity secret is 64 hexadecimal digits");
        Ok(IdentitySecret(bytes))
    }

    /// HMAC-SHA256 of a number, in hexadecimal: the same person has the same token.
    pub fn token(&self, number: &ResidentId) -> Result<String> {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.0)?;
        mac.update(number.reveal().as_bytes());
        Ok(hex::encode(mac.finalize().into_bytes()))
    }
}

/// The secret never reaches a log.
impl fmt::Debug for IdentitySecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdentitySecret(hidden)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number() -> ResidentId {
        "11010519491231002X".parse().unwrap()
    }

    #[test]
    fn a_token_is_the_persons_under_one_secret_and_anothers_under_another() {
        let secret = IdentitySecret([7; 32]);
        let token = secret.token(&number()).unwrap();
        assert_eq!(token, secret.token(&number()).unwrap());
        assert_eq!(token.len(), 64);
        assert_ne!(token, IdentitySecret([8; 32]).token(&number()).unwrap());
        assert_eq!(format!("{secret:?}"), "IdentitySecret(hidden)");
    }

    #[test]
    fn the_secret_of_a_folder_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("identity-secret");
        let made = IdentitySecret::kept(&file).unwrap();
        let read = IdentitySecret::kept(&file).unwrap();
        assert_eq!(
            made.token(&number()).unwrap(),
            read.token(&number()).unwrap()
        );
        std::fs::write(&file, "short").unwrap();
        assert!(IdentitySecret::kept(&file).is_err());
    }
}
