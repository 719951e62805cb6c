//! Filing a case.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::{Command, Filing};

use super::receipt::{Once, Receipt, answer};
use crate::api::identity;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::opening::check_filing;
use crate::problem::Problem;

/// Files a case. The respondent's plugin answers within seconds.
#[utoipa::path(post, path = "/cases", tag = "cases", request_body = Filing,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Receipt), (status = 422, description = "A field is wrong")))]
pub async fn file(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body {
        value: filing,
        bytes,
    }: Body<Filing>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    check_filing(&app, &filing).await?;
    let identities = identity::filed(&app, &filing, principal.account()).await?;
    let command = |number| Command::File {
        number,
        filing: Box::new(filing.clone()),
        identities: identities.clone(),
    };
    let keep = |done: &_| request.extras(&app, StatusCode::CREATED, done);
    let done = app.open_case(&principal.actor(), command, keep).await;
    answer(StatusCode::CREATED, done)
}
