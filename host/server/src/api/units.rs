//! The tree of units: Hubei's authorities are there from the first start; their
//! stations are added.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::text::Text;
use hejie_domain::units::{Unit, UnitLevel};
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use super::organisations::MAX_NAME;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add, list))
}

/// All units, by their codes.
#[utoipa::path(get, path = "/units", tag = "units", responses((status = 200, body = Vec<Unit>)))]
async fn list(State(app): State<App>, _: Principal) -> Json<Vec<Unit>> {
    Json(app.rules().units().all().cloned().collect())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Station {
    /// Its authority's code, a hyphen and two digits: `420106-01`.
    #[schema(value_type = String, pattern = "^[0-9]{6}-[0-9]{2}$")]
    id: UnitId,
    name: String,
}

/// Adds a station of an authority.
#[utoipa::path(post, path = "/units", tag = "units", request_body = Station,
    responses((status = 201, body = Unit), (status = 409, description = "It exists already")))]
async fn add(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<Station>,
) -> Result<(StatusCode, Json<Unit>), Problem> {
    principal.require_operator()?;
    validate::line("/name", &value.name, MAX_NAME)?;
    let unknown = || Problem::invalid("/id", Text::new("invalid-unknown-value"));
    let authority = value.id.authority();
    if !value.id.is_station() || app.rules().units().get(&authority).is_none() {
        return Err(unknown());
    }
    let station = Unit {
        parent: Some(authority),
        level: UnitLevel::Station,
        abbreviation: None,
        id: value.id,
        name: value.name,
    };
    app.store().add_unit(station.id.as_str(), &station).await?;
    app.refresh()
        .await
        .map_err(|fault| Problem::internal(&fault))?;
    Ok((StatusCode::CREATED, Json(station)))
}
