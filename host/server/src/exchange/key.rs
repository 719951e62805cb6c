//! This server's key: Ed25519, made at the first start and kept in its data folder.

use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use ed25519_dalek::{SigningKey, VerifyingKey};

use crate::cli::serve::write_private;

/// The key of a data folder. Servers of one platform share it: a second one is given
/// the first one's file.
pub fn of_folder(data: &Path) -> Result<SigningKey> {
    let file = data.join("exchange-key");
    let name = file.display();
    match std::fs::read_to_string(&file) {
        Ok(text) => {
            let bytes = hex::decode(text.trim()).ok();
            let seed = bytes.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
            let seed = seed.with_context(|| format!("{name} does not hold a key"))?;
            Ok(SigningKey::from_bytes(&seed))
        }
        Err(fault) if fault.kind() == std::io::ErrorKind::NotFound => {
            let seed = rand::random::<[u8; 32]>();
            write_private(&file, &hex::encode(seed))?;
            tracing::info!(file = %name, "the key for exchange was made");
            Ok(SigningKey::from_bytes(&seed))
        }
        Err(fault) => Err(fault).with_context(|| format!("{name} cannot be read")),
    }
}

/// A public key as JSON Web Keys write it (RFC 8037): 32 bytes in base64url.
pub fn to_text(key: &VerifyingKey) -> String {
    BASE64URL.encode(key.as_bytes())
}

/// The public key of such a text; none of a weak one, under which anything verifies.
pub fn from_text(text: &str) -> Option<VerifyingKey> {
    let bytes = BASE64URL.decode(text).ok()?;
    let key = VerifyingKey::from_bytes(&bytes.try_into().ok()?).ok()?;
    (!key.is_weak()).then_some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_keeps_its_key_and_a_file_that_holds_none_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let key = of_folder(folder.path()).unwrap();
        assert_eq!(of_folder(folder.path()).unwrap(), key);
        assert_eq!(
            from_text(&to_text(&key.verifying_key())),
            Some(key.verifying_key())
        );
        std::fs::write(folder.path().join("exchange-key"), "notes").unwrap();
        assert!(of_folder(folder.path()).is_err());
        let kept = std::fs::read_to_string(folder.path().join("exchange-key")).unwrap();
        assert_eq!(kept, "notes");
    }

    #[test]
    fn what_is_no_key_or_a_weak_one_is_not_taken() {
        let weak = BASE64URL.encode([0; 32]);
        for wrong in ["", "AAAA", "%", weak.as_str()] {
            assert!(from_text(wrong).is_none(), "{wrong}");
        }
    }
}
