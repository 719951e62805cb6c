//! An authority with a system of its own: what this server sends to it.

use ed25519_dalek::VerifyingKey;
use hejie_domain::case::Actor;
use hejie_domain::identifiers::digest::Digest;
use hejie_runtime::post::Post;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::{Identity, jws, key};

/// An authority as the store keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Partner {
    pub code: String,
    pub name: String,
    /// Where its exchange begins: `dossiers`, `supplements` and `statuses` lie below.
    pub url: String,
    /// Ed25519, as a JSON Web Key's `x` (RFC 8037): 32 bytes in base64url.
    pub public_key: String,
}

/// What is signed, in the header's `typ`, and where it goes below the partner's URL.
pub const DOSSIER: (&str, &str) = ("hejie-dossier+json", "dossiers");
pub const STATUS: (&str, &str) = ("hejie-status+json", "statuses");
pub const SUPPLEMENT: (&str, &str) = ("hejie-supplement+json", "supplements");

/// Topics of deliveries to partners.
pub const DOSSIER_TOPIC: &str = "exchange.dossier";
pub const STATUS_TOPIC: &str = "exchange.status";
pub const SUPPLEMENT_TOPIC: &str = "exchange.supplement";

/// A dossier on its way, by the digest of the file's attachment.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierJob {
    pub transfer: u32,
    pub digest: Digest,
}

/// What the other answers when it has a dossier.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
pub struct Taken {
    /// The file's number there.
    pub number: String,
    /// Of the dossier that was taken.
    #[schema(value_type = String)]
    pub digest: Digest,
}

/// The name under which deliveries to an authority are kept.
pub fn receiver(code: &str) -> String {
    format!("{PREFIX}{code}")
}

/// The authority that a receiver is; `None` for a webhook.
pub(super) fn authority(receiver: &str) -> Option<&str> {
    receiver.strip_prefix(PREFIX)
}

const PREFIX: &str = "authority:";

impl Partner {
    /// The partner's key; it was checked when the partner was registered.
    pub fn key(&self) -> Option<VerifyingKey> {
        key::from_text(&self.public_key)
    }

    /// Who acts where this authority does.
    pub fn actor(&self) -> Actor {
        Actor::External {
            authority: self.code.clone(),
            name: self.name.clone(),
        }
    }

    /// A payload, signed, on its way to this authority.
    pub fn post(
        &self,
        identity: &Identity,
        (typ, place): (&str, &str),
        payload: &[u8],
    ) -> Result<Post, serde_json::Error> {
        let signed = jws::sign(&identity.key, &identity.code, typ, payload);
        Ok(Post {
            url: format!("{}/{place}", self.url.trim_end_matches('/')),
            headers: vec![("content-type", "application/json".to_owned())],
            body: serde_json::to_string(&signed)?,
        })
    }
}
