//! Opening an incident.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::incident::{Incident, IncidentOpening, open as decide};

use super::commander::is_known;
use crate::act::Done;
use crate::api::cases::receipt::{Once, Receipt, answer};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

/// Opens an incident that the officer's unit leads.
#[utoipa::path(post, path = "/incidents", tag = "incidents", request_body = IncidentOpening,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Receipt), (status = 403), (status = 422)))]
pub async fn open(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<IncidentOpening>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    is_known(&app, &value.commander).await?;
    let command = |number| Command::OpenIncident {
        number,
        opening: value.clone(),
    };
    let keep = |done: &Done<Incident>| request.extras(&app, StatusCode::CREATED, done);
    let actor = principal.actor();
    let done = app.open_file(&actor, decide, command, keep).await;
    answer(StatusCode::CREATED, done)
}
