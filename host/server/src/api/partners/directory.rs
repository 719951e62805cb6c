//! Partners and their keys, entered by the operator. A key is never replaced: it is
//! revoked, and another added.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use ed25519_dalek::VerifyingKey;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::api::organisations::MAX_NAME;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

const MAX_KEYS: usize = 50;

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Partner {
    /// 1 to 64 characters of `a-z 0-9 - _ .`.
    pub id: String,
    pub name: String,
    pub keys: Vec<PartnerKey>,
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerKey {
    id: String,
    /// An Ed25519 public key: 32 bytes in Base64.
    public_key: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>, format = DateTime)]
    revoked_at: Option<Timestamp>,
}

impl Partner {
    /// A key that counts now.
    pub fn key(&self, id: &str) -> Option<VerifyingKey> {
        let mut keys = self.keys.iter();
        let found = keys.find(|key| key.id == id && key.revoked_at.is_none())?;
        read_key(&found.public_key)
    }
}

/// The key of 32 bytes in Base64; none that is weak.
fn read_key(text: &str) -> Option<VerifyingKey> {
    let bytes: [u8; 32] = BASE64_STANDARD.decode(text).ok()?.try_into().ok()?;
    let key = VerifyingKey::from_bytes(&bytes).ok()?;
    (!key.is_weak()).then_some(key)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PartnerName {
    name: String,
}

/// Enters a partner, or gives it another name.
#[utoipa::path(put, path = "/partners/{id}", tag = "partners", request_body = PartnerName,
    params(("id" = String, Path, description = "The partner's id")),
    responses((status = 200, body = Partner)))]
pub async fn put(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<PartnerName>,
) -> Result<Json<Partner>, Problem> {
    principal.require_operator()?;
    validate::key("/id", &id).map_err(|_| Problem::not_found())?;
    validate::line("/name", &value.name, MAX_NAME)?;
    let found: Option<(Partner, u64)> = app.store().partner(&id).await?;
    let (keys, revision) = found.map_or_else(Default::default, |(old, at)| (old.keys, at));
    let name = value.name;
    let partner = Partner { id, name, keys };
    keep(&app, &partner, revision).await?;
    Ok(Json(partner))
}

/// A partner with all keys it ever had.
#[utoipa::path(get, path = "/partners/{id}", tag = "partners",
    params(("id" = String, Path, description = "The partner's id")),
    responses((status = 200, body = Partner), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Partner>, Problem> {
    principal.require_operator()?;
    Ok(Json(found(&app, &id).await?.0))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewPartnerKey {
    /// A signature's `keyid` is the partner's id, a slash and this.
    id: String,
    /// An Ed25519 public key: 32 bytes in Base64.
    public_key: String,
}

/// Adds a key. An id once used stays used.
#[utoipa::path(post, path = "/partners/{id}/keys", tag = "partners", request_body = NewPartnerKey,
    params(("id" = String, Path, description = "The partner's id")),
    responses((status = 201, body = Partner), (status = 409, description = "A key of this id was there")))]
pub async fn add_key(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<NewPartnerKey>,
) -> Result<(StatusCode, Json<Partner>), Problem> {
    principal.require_operator()?;
    validate::key("/id", &value.id)?;
    if read_key(&value.public_key).is_none() {
        let text = Text::new("invalid-public-key");
        return Err(Problem::invalid("/public_key", text));
    }
    let (mut partner, revision) = found(&app, &id).await?;
    if partner.keys.iter().any(|key| key.id == value.id) {
        return Err(Problem::new(StatusCode::CONFLICT, "exists"));
    }
    if partner.keys.len() >= MAX_KEYS {
        let text = Text::new("invalid-too-many").arg("limit", MAX_KEYS as u64);
        return Err(Problem::invalid("/id", text));
    }
    partner.keys.push(PartnerKey {
        id: value.id,
        public_key: value.public_key,
        revoked_at: None,
    });
    keep(&app, &partner, revision).await?;
    Ok((StatusCode::CREATED, Json(partner)))
}

/// Revokes a key for ever.
#[utoipa::path(delete, path = "/partners/{id}/keys/{key}", tag = "partners",
    params(("id" = String, Path, description = "The partner's id"),
           ("key" = String, Path, description = "The key's id")),
    responses((status = 204), (status = 404)))]
pub async fn revoke_key(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path((id, key)): Path<(String, String)>,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    let (mut partner, revision) = found(&app, &id).await?;
    let mut keys = partner.keys.iter_mut();
    let known = keys.find(|it| it.id == key && it.revoked_at.is_none());
    let known = known.ok_or_else(Problem::not_found)?;
    known.revoked_at = Some(app.clock().now());
    keep(&app, &partner, revision).await?;
    Ok(StatusCode::NO_CONTENT)
}

async fn found(app: &App, id: &str) -> Result<(Partner, u64), Problem> {
    let found = app.store().partner(id).await?;
    found.ok_or_else(Problem::not_found)
}

async fn keep(app: &App, partner: &Partner, revision: u64) -> Result<(), Problem> {
    let put = app.store().put_partner(&partner.id, partner, revision);
    Ok(put.await?)
}
