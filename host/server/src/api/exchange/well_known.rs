//! Who this server is to others.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use crate::app::App;
use crate::exchange::key_text;

#[derive(Serialize, ToSchema)]
pub struct ServerIdentity {
    /// What other systems know this server by.
    code: String,
    /// What it signs with: Ed25519, as a JSON Web Key's `x` (RFC 8037).
    public_key: String,
    /// Where its exchange begins.
    exchange: &'static str,
}

/// Who this server is, and the key that it signs with.
#[utoipa::path(get, path = "/.well-known/hejie", tag = "exchange", security(()),
    responses((status = 200, body = ServerIdentity)))]
pub async fn show(State(app): State<App>) -> Json<ServerIdentity> {
    let identity = app.identity();
    Json(ServerIdentity {
        code: identity.code.clone(),
        public_key: key_text(&identity.key.verifying_key()),
        exchange: "/api/v1/exchange",
    })
}
