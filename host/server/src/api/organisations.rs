//! Enterprises and associations on the platform.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::identifiers::credit_code::CreditCode;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(add, list))
        .routes(routes!(show))
}

#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Organisation {
    /// 1 to 64 characters of `a-z 0-9 - _ .`.
    id: String,
    name: String,
    pub(super) kind: Kind,
    /// Unified social credit code (GB 32100), with valid check characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    credit_code: Option<CreditCode>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Enterprise,
    Association,
}

impl Kind {
    pub(super) fn name(self) -> &'static str {
        match self {
            Kind::Enterprise => "enterprise",
            Kind::Association => "association",
        }
    }
}

/// The longest name of an organisation or a person, in characters.
pub(super) const MAX_NAME: usize = 100;

/// Adds an organisation.
#[utoipa::path(post, path = "/organisations", tag = "organisations", request_body = Organisation,
    responses((status = 201, body = Organisation), (status = 409, description = "It exists already")))]
async fn add(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<Organisation>,
) -> Result<(StatusCode, Json<Organisation>), Problem> {
    principal.require_operator()?;
    validate::key("/id", &value.id)?;
    validate::line("/name", &value.name, MAX_NAME)?;
    app.store().add_organisation(&value.id, &value).await?;
    Ok((StatusCode::CREATED, Json(value)))
}

/// All organisations: consumers look up whom to complain of.
#[utoipa::path(get, path = "/organisations", tag = "organisations",
    responses((status = 200, body = Vec<Organisation>)))]
async fn list(
    State(app): State<App>,
    _principal: Principal,
) -> Result<Json<Vec<Organisation>>, Problem> {
    Ok(Json(app.store().organisations().await?))
}

/// One organisation.
#[utoipa::path(get, path = "/organisations/{id}", tag = "organisations",
    params(("id" = String, Path, description = "The organisation's id")),
    responses((status = 200, body = Organisation), (status = 404)))]
async fn show(
    State(app): State<App>,
    _principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Organisation>, Problem> {
    validate::key("id", &id).map_err(|_| Problem::not_found())?;
    let found = app.store().organisation(&id).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// What an organisation is; a problem where there is none.
pub(super) async fn kind_of(app: &App, id: &str) -> Result<Kind, Problem> {
    let found: Option<Organisation> = app.store().organisation(id).await?;
    found.map(|found| found.kind).ok_or_else(Problem::not_found)
}

/// An organisation that exists and is of this kind; otherwise a problem with the field.
pub(super) async fn check_organisation(
    app: &App,
    pointer: &str,
    id: &str,
    wanted: Kind,
) -> Result<(), Problem> {
    validate::key(pointer, id)?;
    let found: Option<Organisation> = app.store().organisation(id).await?;
    match found {
        Some(organisation) if organisation.kind == wanted => Ok(()),
        Some(_) => {
            let text = Text::new("invalid-organisation-kind").arg("kind", wanted.name());
            Err(Problem::invalid(pointer, text))
        }
        None => Err(Problem::invalid(
            pointer,
            Text::new("invalid-unknown-value"),
        )),
    }
}
