//! Opening an incident.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::incident::{Incident, IncidentOpening, open as decide};
use hejie_store::StoreError;

use crate::act::ActError;
use crate::api::cases::receipt::{Once, Receipt, answer};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Base, Extras};
use crate::opening::{self, DRAWS};
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
    let status = StatusCode::CREATED;
    for _ in 0..DRAWS {
        let command = |number| Command::OpenIncident {
            number,
            opening: value.clone(),
        };
        let done = opening::open::<Incident>(&app, &principal.actor(), decide, command)?;
        let extras = Extras {
            idempotency: request.keep(&app, status, &Receipt::of(&done)),
            ..Extras::default()
        };
        match app.commit(Base::nothing(), done, extras).await {
            Err(ActError::Store(StoreError::Exists)) => {}
            other => return answer(status, other),
        }
    }
    Err(StoreError::Exists.into())
}
