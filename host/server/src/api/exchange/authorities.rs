//! Authorities with systems of their own, registered by the operator.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::api::organisations::MAX_NAME;
use crate::api::webhooks::check_url;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::exchange::{Partner, key_of};
use crate::problem::Problem;

/// Characters of a code.
const MAX_CODE: usize = 32;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ExternalAuthority {
    name: String,
    /// Where its exchange begins, such as `https://HOST/api/v1/exchange`: over https,
    /// or a host that the operator's setting names.
    #[schema(max_length = 500)]
    url: String,
    /// Ed25519, as a JSON Web Key's `x` (RFC 8037): 32 bytes in base64url.
    #[schema(max_length = 43)]
    public_key: String,
}

/// All of them, by their codes: officers look up where a file may go.
#[utoipa::path(get, path = "/external-authorities", tag = "exchange",
    responses((status = 200, body = Vec<Partner>)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Vec<Partner>>, Problem> {
    match principal {
        Principal::Operator { .. } | Principal::Officer { .. } => {}
        _ => return Err(Problem::forbidden()),
    }
    Ok(Json(app.store().external_authorities().await?))
}

/// Registers an authority, or changes it: what is on its way goes to the new address.
#[utoipa::path(put, path = "/external-authorities/{code}", tag = "exchange",
    request_body = ExternalAuthority,
    params(("code" = String, Path, description = "1 to 32 characters of `a-z 0-9 - _ .`")),
    responses((status = 204), (status = 422, description = "A field is wrong")))]
pub async fn put(
    State(app): State<App>,
    principal: Principal,
    Path(code): Path<String>,
    _: WithoutKey,
    Body { value, .. }: Body<ExternalAuthority>,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    check_code(&code)?;
    validate::line("/name", &value.name, MAX_NAME)?;
    check_url(&app, "/url", &value.url)?;
    if value.url.contains('?') {
        // `dossiers` and the like are put after it.
        return Err(Problem::invalid("/url", Text::new("invalid-web-address")));
    }
    if key_of(&value.public_key).is_none() {
        return Err(Problem::invalid(
            "/public_key",
            Text::new("invalid-public-key-url"),
        ));
    }
    let partner = Partner {
        code,
        name: value.name,
        url: value.url,
        public_key: value.public_key,
    };
    app.store()
        .put_external_authority(&partner.code, &partner)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

fn check_code(code: &str) -> Result<(), Problem> {
    let short = code.chars().count() <= MAX_CODE;
    match validate::key("code", code) {
        Ok(()) if short => Ok(()),
        _ => Err(Problem::not_found()),
    }
}

/// The authority of a code.
pub(in crate::api) async fn registered(app: &App, code: &str) -> Result<Option<Partner>, Problem> {
    match check_code(code) {
        // What is no code is nobody's; the store need not be asked.
        Err(_) => Ok(None),
        Ok(()) => Ok(app.store().external_authority(code).await?),
    }
}
