//! Complaints straight to the authority: from the web, or entered by an officer for
//! a person who called, came or wrote.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::intake::{Channel, RegisterAt};
use hejie_domain::case::{Command, Filing, Intake};
use hejie_domain::drafts::FILING_FIELDS;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::phone::Phone;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cases::receipt::{Once, Receipt, answer};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::opening::check_filing;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(file))
}

/// A complaint as it comes in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DirectComplaint {
    filing: Filing,
    #[serde(default)]
    channel: Channel,
    /// The number that called; of the hotline only.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    caller: Option<Phone>,
    #[serde(default)]
    register_at: RegisterAt,
    /// Her account, where an officer files for a person who has one.
    #[serde(default)]
    consumer_id: Option<String>,
}

impl DirectComplaint {
    /// What the domain alone cannot see of it.
    async fn check(&self, app: &App) -> Result<(), Problem> {
        check_filing(app, &self.filing).await.map_err(within_filing)
    }

    fn command(&self, number: CaseNumber) -> Command {
        Command::FileComplaint {
            number,
            filing: Box::new(self.filing.clone()),
            intake: Intake {
                channel: self.channel,
                caller: self.caller.clone(),
                register_at: self.register_at,
                reference: None,
            },
            consumer_id: self.consumer_id.clone(),
        }
    }
}

/// Files a complaint with the authority, without negotiation here: registered at
/// once at the unit with handling power, or at the officer's own, which dispatches it.
#[utoipa::path(post, path = "/complaints", tag = "intake", request_body = DirectComplaint,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Receipt), (status = 422, description = "A field is wrong")))]
async fn file(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<DirectComplaint>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    let keep = |done: &_| request.extras(&app, StatusCode::CREATED, done);
    value.check(&app).await?;
    let actor = principal.actor();
    let done = app.open_case(&actor, |number| value.command(number), keep);
    answer(StatusCode::CREATED, done.await).map_err(within_filing)
}

/// The domain names a filing's fields from the filing on.
fn within_filing(problem: Problem) -> Problem {
    problem.within("/filing", &FILING_FIELDS)
}
