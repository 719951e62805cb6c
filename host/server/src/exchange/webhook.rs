//! A webhook: who is told of what, and how a delivery to it is signed (Standard
//! Webhooks: `webhook-id`, `webhook-timestamp`, `webhook-signature` over both and
//! the body, HMAC-SHA256 under the secret of the two sides).

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD as BASE64;
use hejie_runtime::post::Post;
use hejie_store::Delivery;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use standardwebhooks::{
    HEADER_WEBHOOK_ID, HEADER_WEBHOOK_SIGNATURE, HEADER_WEBHOOK_TIMESTAMP, Webhook as Signer,
};

use super::event;

/// A webhook as the store keeps it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Webhook {
    pub id: String,
    pub url: String,
    pub topics: Vec<String>,
    pub secret: Secret,
    pub created_at: Timestamp,
}

/// `whsec_` and 24 to 64 bytes in Base64, as Standard Webhooks writes it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Secret(String);

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a secret is 'whsec_' and 24 to 64 bytes in Base64")]
pub struct SecretError;

const PREFIX: &str = "whsec_";

impl Secret {
    /// 32 bytes from the system's random source.
    pub fn random() -> Secret {
        let bytes = rand::random::<[u8; 32]>();
        Secret(format!("{PREFIX}{}", BASE64.encode(bytes)))
    }

    /// The secret's text, for its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }
}

impl FromStr for Secret {
    type Err = SecretError;

    fn from_str(text: &str) -> Result<Secret, SecretError> {
        let bytes = text.strip_prefix(PREFIX).ok_or(SecretError)?;
        let bytes = BASE64.decode(bytes).map_err(|_| SecretError)?;
        match bytes.len() {
            24..=64 => Ok(Secret(text.to_owned())),
            _ => Err(SecretError),
        }
    }
}

impl TryFrom<String> for Secret {
    type Error = SecretError;

    fn try_from(text: String) -> Result<Secret, SecretError> {
        text.parse()
    }
}

impl From<Secret> for String {
    fn from(secret: Secret) -> String {
        secret.0
    }
}

/// A secret never reaches a log.
impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(hidden)")
    }
}

impl Webhook {
    /// A delivery to this webhook, signed at a moment.
    pub fn post(&self, delivery: &Delivery, source: &str, now: Timestamp) -> Result<Post, String> {
        let event = event::of(delivery, source).map_err(|fault| fault.to_string())?;
        let body = event.to_string();
        let signature = Signer::new(self.secret.reveal())
            .and_then(|signer| signer.sign(&delivery.message, now.as_second(), body.as_bytes()))
            .map_err(|fault| fault.to_string())?;
        Ok(Post {
            url: self.url.clone(),
            headers: vec![
                ("content-type", event::MEDIA_TYPE.to_owned()),
                (HEADER_WEBHOOK_ID, delivery.message.clone()),
                (HEADER_WEBHOOK_TIMESTAMP, now.as_second().to_string()),
                (HEADER_WEBHOOK_SIGNATURE, signature),
            ],
            body,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_of_the_scheme_and_does_not_show() {
        let secret = Secret::random();
        assert_eq!(secret.reveal().parse(), Ok(secret.clone()));
        assert_eq!(format!("{secret:?}"), "Secret(hidden)");
        let short = format!("whsec_{}", BASE64.encode([7; 23]));
        let long = format!("whsec_{}", BASE64.encode([7; 65]));
        for wrong in [short.as_str(), &long, "whsec_%%%", "c2VjcmV0", ""] {
            assert!(wrong.parse::<Secret>().is_err(), "{wrong}");
        }
    }
}
