//! Tokens: made by the operator, shown once, revoked by their digest.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::officers::Officer;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use super::organisations::{Kind, MAX_NAME, check_organisation};
use crate::address::Path;
use crate::app::App;
use crate::auth::{Holder, Principal, Token};
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(make))
        .routes(routes!(revoke))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewToken {
    principal: Holder,
}

#[derive(Serialize, ToSchema)]
struct MadeToken {
    /// The secret; it is not shown again.
    token: String,
    /// By this it can be revoked.
    id: String,
}

/// Makes a token for its holder.
#[utoipa::path(post, path = "/tokens", tag = "identity", request_body = NewToken,
    responses((status = 201, body = MadeToken)))]
async fn make(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    principal.require_operator()?;
    check(&app, &value.principal).await?;
    let token = Token::random();
    app.store()
        .add_token(&token.digest(), &value.principal, app.clock().now())
        .await?;
    let made = MadeToken {
        token: token.reveal().to_owned(),
        id: token.digest().to_string(),
    };
    Ok((StatusCode::CREATED, Json(made)))
}

/// Revokes a token for ever.
#[utoipa::path(delete, path = "/tokens/{id}", tag = "identity",
    params(("id" = String, Path, description = "The token's id")),
    responses((status = 204), (status = 404)))]
async fn revoke(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    let digest: Digest = id.parse().map_err(|_| Problem::not_found())?;
    match app.store().revoke_token(&digest, app.clock().now()).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found()),
    }
}

const ORGANISATION: &str = "/principal/organisation";

/// Ids are keys, names are short single lines, and the organisation or the officer is
/// one that exists and fits.
async fn check(app: &App, principal: &Holder) -> Result<(), Problem> {
    let key = |value: &str| validate::key("/principal/id", value);
    let line = |value: &str| validate::line("/principal/name", value, MAX_NAME);
    match principal {
        Holder::Consumer { id } | Holder::Operator { id } => key(id)?,
        Holder::Agent {
            id,
            organisation,
            name,
            ..
        } => {
            key(id)?;
            line(name)?;
            check_organisation(app, ORGANISATION, organisation, Kind::Enterprise).await?;
        }
        Holder::Mediator {
            id,
            organisation,
            name,
            ..
        } => {
            key(id)?;
            line(name)?;
            check_organisation(app, ORGANISATION, organisation, Kind::Association).await?;
        }
        // It comes with its report and with nothing else.
        Holder::Reporter { .. } => {
            return Err(Problem::invalid(
                "/principal/kind",
                Text::new("invalid-unknown-value"),
            ));
        }
        Holder::Officer { id } => {
            key(id)?;
            check_officer(app, id).await?;
        }
    }
    Ok(())
}

async fn check_officer(app: &App, id: &str) -> Result<(), Problem> {
    let found: Option<(Officer, u64)> = app.store().officer(id).await?;
    let unknown = || Problem::invalid("/principal/id", Text::new("invalid-unknown-value"));
    found.map(drop).ok_or_else(unknown)
}
