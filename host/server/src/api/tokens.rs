//! Tokens: made by the operator, shown once, revoked by their digest.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use super::organisations::{Kind, MAX_NAME, check_organisation};
use crate::address::Path;
use crate::app::App;
use crate::auth::{Principal, Token};
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
    principal: Principal,
}

#[derive(Serialize, ToSchema)]
struct MadeToken {
    /// The secret; it is not shown again.
    token: String,
    /// By this it can be revoked.
    id: String,
}

/// Makes a token for a principal.
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

/// Ids are keys, names are short single lines, and the organisation or the unit is
/// one that exists and fits the role.
async fn check(app: &App, principal: &Principal) -> Result<(), Problem> {
    let key = |value: &str| validate::key("/principal/id", value);
    let line = |value: &str| validate::line("/principal/name", value, MAX_NAME);
    match principal {
        Principal::Consumer { id } | Principal::Operator { id } => key(id)?,
        Principal::Agent {
            id,
            organisation,
            name,
            ..
        } => {
            key(id)?;
            line(name)?;
            check_organisation(app, ORGANISATION, organisation, Kind::Enterprise).await?;
        }
        Principal::Mediator {
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
        Principal::Reporter { .. } => {
            return Err(Problem::invalid(
                "/principal/kind",
                Text::new("invalid-unknown-value"),
            ));
        }
        Principal::Officer { id, unit, name } => {
            key(id)?;
            line(name)?;
            check_unit(app, unit)?;
        }
    }
    Ok(())
}

fn check_unit(app: &App, unit: &str) -> Result<(), Problem> {
    let rules = app.rules();
    let id: Option<UnitId> = unit.parse().ok();
    let known = id.is_some_and(|id| rules.units().get(&id).is_some());
    if known {
        return Ok(());
    }
    Err(Problem::invalid(
        "/principal/unit",
        Text::new("invalid-unknown-value"),
    ))
}
