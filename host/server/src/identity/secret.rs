//! The secret by which nobody but this service can make a token.

use std::fmt;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use hejie_domain::identifiers::resident_id::ResidentId;
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::name::normalised;

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
    pub fn token(&self, number: &ResidentId) -> String {
        hex::encode(self.hash(&[number.reveal().as_bytes()]))
    }

    /// The same of a name, however it is typed; never that of a number.
    pub fn name(&self, name: &str) -> String {
        hex::encode(self.hash(&[b"name\0", normalised(name).as_bytes()]))
    }

    /// In the place of a body that holds numbers, where it is to be known again: of few
    /// possible numbers the right one could be found by its plain hash.
    pub fn blind(&self, body: &[u8]) -> Vec<u8> {
        self.hash(&[b"body\0", body])
    }

    fn hash(&self, parts: &[&[u8]]) -> Vec<u8> {
        // HMAC pads a short key with zeros; of this length making it cannot fail.
        let mut key = [0; 64];
        key[..self.0.len()].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&key.into());
        parts.iter().for_each(|part| mac.update(part));
        mac.finalize().into_bytes().to_vec()
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
        let token = secret.token(&number());
        assert_eq!(token, secret.token(&number()));
        assert_eq!(token.len(), 64);
        assert_ne!(token, IdentitySecret([8; 32]).token(&number()));
        assert_eq!(format!("{secret:?}"), "IdentitySecret(hidden)");
    }

    #[test]
    fn a_name_has_one_hash_and_nothing_else_has_it() {
        let secret = IdentitySecret([7; 32]);
        assert_eq!(secret.name("王小明"), secret.name(" 王 小明"));
        assert_ne!(secret.name("王小明"), secret.name("王晓明"));
        let digits = number();
        assert_ne!(secret.name(digits.reveal()), secret.token(&digits));
        assert_ne!(secret.blind(b"{}"), secret.blind(b"[]"));
    }

    #[test]
    fn the_secret_of_a_folder_is_made_once() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("identity-secret");
        let made = IdentitySecret::kept(&file).unwrap();
        let read = IdentitySecret::kept(&file).unwrap();
        assert_eq!(made.token(&number()), read.token(&number()));
        std::fs::write(&file, "short").unwrap();
        assert!(IdentitySecret::kept(&file).is_err());
    }
}
