//! One door for all that somebody brings: a complaint, a report, both, or a question.

mod brought;
mod files;

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

pub(super) use brought::{Brought, Matter, NewFiling, Way};
pub(super) use files::{Filed, Unfiled, answer, may_open, open};

use super::cases::receipt::Once;
use super::receiving::By;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Extras;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(file))
}

/// Files what a consumer brings, or what an officer takes down for somebody. A complaint
/// and a report in one become two files on their own ways, both or neither; the report is
/// made by name, with what the complaint says of the consumer. A report or a question that
/// stands under no account gets a token to come back by, and then no `Idempotency-Key` is
/// taken, because the token is kept nowhere.
#[utoipa::path(post, path = "/filings", tag = "intake", request_body = NewFiling,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Filed), (status = 422, description = "A field is wrong")))]
async fn file(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<NewFiling>,
) -> Result<Response, Problem> {
    let by = By::of(&principal);
    let mut matter = value.matter(&by)?;
    let request = once.request(&principal, &bytes);
    request.needs_no_token(matter.has_token(&by))?;
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    matter.check(&app).await?;
    matter.identify(&app, &by, |_| Vec::new()).await?;
    let keep = |filed: &Filed| Extras {
        idempotency: request.keep(&app, StatusCode::CREATED, filed),
        ..Extras::default()
    };
    answer(open(&app, &by, &matter, keep).await)
}
