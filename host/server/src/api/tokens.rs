//! Tokens: made by the operator, shown once, revoked by their digest.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

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
    Body { value, .. }: Body<NewToken>,
) -> Result<(StatusCode, Json<MadeToken>), Problem> {
    principal.require_operator()?;
    check(&value.principal)?;
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

/// Ids and names are short single lines.
fn check(principal: &Principal) -> Result<(), Problem> {
    let fields: Vec<(&str, &str)> = match principal {
        Principal::Consumer { id } | Principal::Operator { id } => vec![("id", id)],
        Principal::Agent {
            id,
            organisation,
            name,
            ..
        }
        | Principal::Mediator {
            id,
            organisation,
            name,
            ..
        } => {
            vec![("id", id), ("organisation", organisation), ("name", name)]
        }
        Principal::Officer { id, unit, name } => vec![("id", id), ("unit", unit), ("name", name)],
    };
    for (field, value) in fields {
        let pointer = format!("/principal/{field}");
        if value.trim().is_empty() {
            return Err(Problem::invalid(pointer, Text::new("invalid-missing")));
        }
        if value.chars().count() > 100 {
            return Err(Problem::invalid(
                pointer,
                Text::new("invalid-too-long").arg("limit", 100),
            ));
        }
        if let Some(position) = value.chars().position(char::is_control) {
            let text = Text::new("invalid-control-character").arg("position", position as u64);
            return Err(Problem::invalid(pointer, text));
        }
    }
    Ok(())
}
