//! Who reports: for the handling unit alone, each time with a reason that stays in the
//! report's ledger (Order 121 art. 37).

use axum::Json;
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::Command;
use hejie_domain::report::{Report, Reporter};
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::act::Done;
use crate::address::Path;
use crate::api::access::for_officers;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Extras;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Reading {
    /// Why it must be known.
    reason: String,
}

/// The reporter's name and how to reach her, and the complaint that was filed with the
/// report, where there was one. That it was read, by whom and why, is recorded first.
#[utoipa::path(post, path = "/reports/{number}/identity", tag = "reports", request_body = Reading,
    params(("number" = String, Path, description = "The number of the report")),
    responses((status = 200, body = Object),
        (status = 403, description = "Not of the handling unit"),
        (status = 404, description = "No such report, or the person was erased"),
        (status = 409, description = "Reported without a name")))]
pub async fn read(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(number): Path<String>,
    Body { value, .. }: Body<Reading>,
) -> Result<Response, Problem> {
    let (_, document) = look_up(&app, &principal, &number, value, None).await?;
    Ok(([(header::CACHE_CONTROL, "no-store")], Json(document)).into_response())
}

/// Records the reading, of a document where it is for one, and then reads.
pub async fn look_up(
    app: &App,
    principal: &Principal,
    number: &str,
    reading: Reading,
    document: Option<u32>,
) -> Result<(Done<Report>, Value), Problem> {
    let (done, identity) = recorded(app, principal, number, reading.reason, document).await?;
    let identity = identity.ok_or_else(Problem::not_found)?;
    Ok((done, identity))
}

/// The same, where the person may have been erased.
pub async fn recorded(
    app: &App,
    principal: &Principal,
    number: &str,
    reason: String,
    document: Option<u32>,
) -> Result<(Done<Report>, Option<Value>), Problem> {
    let loaded = for_officers::<Report>(app, principal, number).await?;
    let command = Command::ReadIdentity { reason, document };
    let actor = principal.actor();
    let done = app.act(loaded, &actor, command, |_| Extras::default());
    let done = done.await?;
    let Reporter::Named { token } = &done.file.reporter else {
        return Err(Problem::not_found());
    };
    let identity = app.store().identity(token).await?;
    Ok((done, identity))
}
