//! Signed JSON between authorities: JWS in the flattened JSON serialization (RFC 7515
//! section 7.2.2) with EdDSA over Ed25519 (RFC 8037).

use base64::Engine as _;
use base64::prelude::BASE64_URL_SAFE_NO_PAD as BASE64URL;
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The header that is signed too, in base64url.
    #[schema(max_length = 1024)]
    pub protected: String,
    /// The JSON that is signed, in base64url.
    pub payload: String,
    /// In base64url.
    #[schema(max_length = 86)]
    pub signature: String,
}

/// What the signature is of; other members, `crit` among them, are not taken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Header {
    alg: String,
    /// The code of who signed.
    pub kid: String,
    /// What the payload is, so that nothing signed as one thing passes for another.
    typ: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum JwsError {
    #[error("the protected header must be base64url of JSON with alg EdDSA, kid and typ {0}")]
    Header(&'static str),
    #[error("the payload must be base64url")]
    Payload,
    #[error("the signature does not fit")]
    Signature,
}

const ALGORITHM: &str = "EdDSA";
const MAX_HEADER: usize = 1_024;

/// Signs a payload as what it is.
pub fn sign(key: &SigningKey, code: &str, typ: &str, payload: &[u8]) -> Signed {
    let header = serde_json::json!({"alg": ALGORITHM, "kid": code, "typ": typ});
    let protected = BASE64URL.encode(header.to_string());
    let payload = BASE64URL.encode(payload);
    let signature = key.sign(format!("{protected}.{payload}").as_bytes());
    Signed {
        signature: BASE64URL.encode(signature.to_bytes()),
        protected,
        payload,
    }
}

impl Signed {
    /// Who says that they signed it; only [`Signed::verify`] tells whether they did.
    pub fn header(&self, typ: &'static str) -> Result<Header, JwsError> {
        let wrong = JwsError::Header(typ);
        if self.protected.len() > MAX_HEADER {
            return Err(wrong);
        }
        let bytes = BASE64URL.decode(&self.protected).map_err(|_| wrong)?;
        let header: Header = serde_json::from_slice(&bytes).map_err(|_| wrong)?;
        match header.alg == ALGORITHM && header.typ == typ {
            true => Ok(header),
            false => Err(wrong),
        }
    }

    /// The payload, where this key signed it.
    pub fn verify(&self, key: &VerifyingKey) -> Result<Vec<u8>, JwsError> {
        let signature = BASE64URL.decode(&self.signature).ok();
        let signature = signature
            .and_then(|bytes| Signature::from_slice(&bytes).ok())
            .ok_or(JwsError::Signature)?;
        let signed = format!("{}.{}", self.protected, self.payload);
        key.verify_strict(signed.as_bytes(), &signature)
            .map_err(|_| JwsError::Signature)?;
        BASE64URL
            .decode(&self.payload)
            .map_err(|_| JwsError::Payload)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 8037 appendix A: the key, and a signature under it.
    const D: &str = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
    const SIGNATURE: &str =
        "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";

    fn key() -> SigningKey {
        let bytes = BASE64URL.decode(D).unwrap();
        SigningKey::from_bytes(&bytes.try_into().unwrap())
    }

    #[test]
    fn a_signature_of_the_standard_verifies() {
        let signed = Signed {
            protected: "eyJhbGciOiJFZERTQSJ9".to_owned(),
            payload: "RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc".to_owned(),
            signature: SIGNATURE.to_owned(),
        };
        let payload = signed.verify(&key().verifying_key()).unwrap();
        assert_eq!(payload, b"Example of Ed25519 signing");
        assert!(signed.header("a").is_err(), "it does not say what it is");
    }

    #[test]
    fn what_was_changed_or_signed_by_another_or_as_another_thing_is_refused() {
        let signed = sign(&key(), "hubei", "dossier", b"{}");
        let public = key().verifying_key();
        assert_eq!(signed.header("dossier").unwrap().kid, "hubei");
        assert_eq!(signed.verify(&public).unwrap(), b"{}");
        assert_eq!(signed.header("status"), Err(JwsError::Header("status")));
        let other = SigningKey::from_bytes(&[7; 32]).verifying_key();
        assert_eq!(signed.verify(&other), Err(JwsError::Signature));
        let changed = |change: &dyn Fn(&mut Signed)| {
            let mut signed = signed.clone();
            change(&mut signed);
            signed.verify(&public)
        };
        let elsewhere = sign(&key(), "hubei", "status", b"{}");
        assert!(changed(&|it| it.payload = BASE64URL.encode("[]")).is_err());
        assert!(changed(&|it| it.protected = elsewhere.protected.clone()).is_err());
        assert!(changed(&|it| it.signature = elsewhere.signature.clone()).is_err());
        assert!(changed(&|it| it.signature.clear()).is_err());
    }

    #[test]
    fn a_header_that_asks_for_more_is_not_taken() {
        let header = serde_json::json!({"alg": "EdDSA", "kid": "a", "typ": "t", "crit": ["b64"]});
        let none = serde_json::json!({"alg": "none", "kid": "a", "typ": "t"});
        for header in [header.to_string(), none.to_string(), "x".repeat(2_000)] {
            let signed = Signed {
                protected: BASE64URL.encode(header),
                ..sign(&key(), "a", "t", b"{}")
            };
            assert!(signed.header("t").is_err());
        }
    }
}
