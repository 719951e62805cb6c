//! Reading a report.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Actor;
use hejie_domain::report::Report;
use serde_json::Value;

use super::view;
use crate::address::{Path, Query};
use crate::api::access::{is_told_days, reached, to_days};
use crate::api::cases::show::After;
use crate::api::entries;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// The report as its reader may see it: officers of the handling unit all but the person,
/// those above it the same with the days of what happened and not the hours, its reporter
/// what she sent and what she was told.
#[utoipa::path(get, path = "/reports/{number}", tag = "reports",
    params(("number" = String, Path, description = "The number of the report")),
    responses((status = 200, body = Object), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let (loaded, actor) = reached::<Report>(&app, &principal, &number).await?;
    if let Actor::Reporter { .. } = actor {
        return Ok(Json(view::for_reporter(&loaded.file, &actor)));
    }
    let mut told = view::for_officer(&loaded.file);
    if is_told_days(&loaded.file, &principal) {
        to_days(&mut told);
    }
    Ok(Json(told))
}

/// What happened, in order; for officers. At most 500 at a time.
#[utoipa::path(get, path = "/reports/{number}/timeline", tag = "reports",
    params(("number" = String, Path, description = "The number of the report"), After),
    responses((status = 200, body = Vec<Object>), (status = 403), (status = 404)))]
pub async fn timeline(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
    Query(page): Query<After>,
) -> Result<Json<Vec<Value>>, Problem> {
    let told = entries::timeline::<Report>(&app, &principal, &number, page);
    told.await.map(Json)
}
