//! Filing a case.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::validate;
use hejie_domain::case::{
    Actor, Case, Command, Context, Filing, Recorded, Refusal, file as decide,
};
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::jurisdiction::Operator;
use hejie_domain::text::Text;
use hejie_store::StoreError;
use serde_json::Value;
use uuid::Uuid;

use super::receipt::{Once, Receipt, answer};
use crate::act::{ActError, Done};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::{Base, Extras};
use crate::problem::Problem;

/// How often another number is drawn where one is taken: each has 40 random bits.
pub const DRAWS: usize = 4;

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
        let number = CaseNumber::compose(civil_date(app.clock().now()), rand::random());
        let filing = Box::new(filing.clone());
        let done = opened_by(&app, &principal.actor(), Command::File { number, filing })?;
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
fn check_operator(filing: &Filing) -> Result<(), Problem> {
    if let Operator::InPlatformSeller { platform, .. } = &filing.respondent.operator {
        validate::line("/respondent/operator/platform", platform, 100)?;
    }
    Ok(())
}

/// A respondent that says it is here must be.
async fn check_respondent(app: &App, filing: &Filing) -> Result<(), Problem> {
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

/// A file as the command that opens it makes it; nothing is committed.
pub fn opened_by(app: &App, actor: &Actor, command: Command) -> Result<Done, Refusal> {
    let (now, rules) = (app.clock().now(), app.rules());
    let events = decide(
        command,
        &Context {
            now,
            actor,
            rules: &rules,
        },
    )?;
    let recorded: Vec<Recorded> = events
        .into_iter()
        .map(|event| Recorded {
            at: now,
            by: actor.clone(),
            event,
        })
        .collect();
    let case = Case::fold(recorded.clone()).map_err(|_| Refusal::Unknown {
        what: "case",
        id: String::new(),
    })?;
    Ok(Done {
        id: Uuid::now_v7().to_string(),
        case,
        recorded,
    })
}
