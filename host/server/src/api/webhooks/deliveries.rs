//! What became of a webhook's deliveries.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;

use super::named;
use crate::address::{Path, Query};
use crate::api::deliveries::{ByState, Delivery, again, listed};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// A webhook's deliveries, newest first, at most 200.
#[utoipa::path(get, path = "/webhooks/{id}/deliveries", tag = "exchange",
    params(("id" = String, Path, description = "The webhook's id"), ByState),
    responses((status = 200, body = Vec<Delivery>), (status = 404)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
    Query(by): Query<ByState>,
) -> Result<Json<Vec<Delivery>>, Problem> {
    principal.require_operator()?;
    let webhook = named(&app, &id).await?;
    listed(&app, &webhook.id, by).await
}

/// Sends a delivery anew that was parked or is through already.
#[utoipa::path(post, path = "/webhooks/{id}/deliveries/{message}/redelivery", tag = "exchange",
    params(("id" = String, Path, description = "The webhook's id"),
           ("message" = String, Path, description = "The message's id")),
    responses((status = 202, description = "It is tried anew"),
              (status = 409, description = "It waits already")))]
pub async fn redeliver(
    State(app): State<App>,
    principal: Principal,
    Path((id, message)): Path<(String, String)>,
    _: WithoutKey,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    let webhook = named(&app, &id).await?;
    again(&app, &webhook.id, &message).await
}
