//! What became of the deliveries to an authority.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::registered;
use crate::address::{Path, Query};
use crate::api::deliveries::{ByState, Delivery, again, listed};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::exchange::receiver;
use crate::problem::Problem;

async fn receiver_of(app: &App, code: &str) -> Result<String, Problem> {
    let partner = registered(app, code)
        .await?
        .ok_or_else(Problem::not_found)?;
    Ok(receiver(&partner.code))
}

/// The deliveries to an authority, newest first, at most 200.
#[utoipa::path(get, path = "/external-authorities/{code}/deliveries", tag = "exchange",
    params(("code" = String, Path, description = "The authority's code"), ByState),
    responses((status = 200, body = Vec<Delivery>), (status = 404)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(code): Path<String>,
    Query(by): Query<ByState>,
) -> Result<Json<Vec<Delivery>>, Problem> {
    principal.require_operator()?;
    listed(&app, &receiver_of(&app, &code).await?, by).await
}

/// Sends a delivery anew that was parked or is through already.
#[utoipa::path(post, path = "/external-authorities/{code}/deliveries/{message}/redelivery",
    tag = "exchange",
    params(("code" = String, Path, description = "The authority's code"),
           ("message" = String, Path, description = "The message's id")),
    responses((status = 202, description = "It is tried anew"),
              (status = 409, description = "It waits already")))]
pub async fn redeliver(
    State(app): State<App>,
    principal: Principal,
    Path((code, message)): Path<(String, String)>,
    _: WithoutKey,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    again(&app, &receiver_of(&app, &code).await?, &message).await
}
