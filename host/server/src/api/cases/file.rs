//! Filing a case.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::validate;
use hejie_domain::case::{Case, Command, Filing, file as decide};
use hejie_domain::jurisdiction::Operator;
use hejie_domain::text::Text;
use hejie_store::StoreError;
use serde_json::Value;

use super::receipt::{Once, Receipt, answer};
use crate::act::ActError;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Base, Extras};
use crate::opening::{DRAWS, open};
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
    check_operator(&filing)?;
    check_respondent(&app, &filing).await?;
    let status = StatusCode::CREATED;
    for _ in 0..DRAWS {
        let done = open::<Case>(&app, &principal.actor(), decide, |number| Command::File {
            number,
            filing: Box::new(filing.clone()),
        })?;
        let idempotency = request.keep(&app, status, &Receipt::of(&done));
        let extras = Extras {
            idempotency,
            ..Extras::default()
        };
        match app.commit(Base::nothing(), done, extras).await {
            Err(ActError::Store(StoreError::Exists)) => {}
            other => return answer(status, other),
        }
    }
    Err(StoreError::Exists.into())
}

/// The platform of a seller on one has a name.
pub fn check_operator(filing: &Filing) -> Result<(), Problem> {
    if let Operator::InPlatformSeller { platform, .. } = &filing.respondent.operator {
        validate::line("/respondent/operator/platform", platform, 100)?;
    }
    Ok(())
}

/// A respondent that says it is here must be.
pub async fn check_respondent(app: &App, filing: &Filing) -> Result<(), Problem> {
    let Some(organisation) = &filing.respondent.organisation else {
        return Ok(());
    };
    validate::key("/respondent/organisation", organisation)?;
    let known: Option<Value> = app.store().organisation(organisation).await?;
    known.map(drop).ok_or_else(|| {
        Problem::invalid(
            "/respondent/organisation",
            Text::new("invalid-unknown-value"),
        )
    })
}
