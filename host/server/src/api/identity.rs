//! A consumer's real identity: verified once, told by her files as verified or not.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::validate;
use hejie_domain::identifiers::resident_id::ResidentId;
use hejie_domain::text::Text;
use hejie_store::Verification;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use super::organisations::MAX_NAME;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(verify, show))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct RealIdentity {
    name: String,
    /// A resident identity number (GB 11643). It is not kept.
    id_number: String,
}

/// Whether somebody's identity was verified, on which day and by what.
#[derive(Debug, Serialize, ToSchema)]
pub struct Verified {
    verified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    on: Option<String>,
    /// `checksum`: the number is well formed, no more was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    method: Option<String>,
}

/// Verifies who the consumer is. Of the number a token stays, which only this service can
/// make.
#[utoipa::path(post, path = "/identity/verification", tag = "identity", request_body = RealIdentity,
    responses((status = 200, body = Verified), (status = 422, description = "The identity is not verified")))]
async fn verify(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<RealIdentity>,
) -> Result<Json<Verified>, Problem> {
    let owner = consumer(&principal)?;
    validate::line("/name", &value.name, MAX_NAME)?;
    let number: ResidentId = value.id_number.parse().map_err(
        |fault: hejie_domain::identifiers::resident_id::ResidentIdError| {
            Problem::invalid("/id_number", fault.text())
        },
    )?;
    let verifier = app.verifier();
    let confirmed = verifier.verify(&value.name, &number).await;
    let confirmed = confirmed.map_err(|fault| {
        tracing::error!(%fault, "a verifier is down");
        Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
    })?;
    if !confirmed {
        let text = Text::new("invalid-identity-not-confirmed");
        return Err(Problem::invalid("/id_number", text));
    }
    let token = app.identity_secret().token(&number);
    let verification = Verification {
        token: token.map_err(|fault| Problem::internal(&fault))?,
        method: verifier.method().to_owned(),
        at: app.clock().now(),
    };
    app.store().put_verification(owner, &verification).await?;
    Ok(Json(Verified::of(Some(verification))))
}

/// Whether the consumer's own identity was verified.
#[utoipa::path(get, path = "/identity/verification", tag = "identity",
    responses((status = 200, body = Verified)))]
async fn show(State(app): State<App>, principal: Principal) -> Result<Json<Verified>, Problem> {
    Ok(Json(verified(&app, Some(consumer(&principal)?)).await?))
}

fn consumer(principal: &Principal) -> Result<&str, Problem> {
    match principal {
        Principal::Consumer { id } => Ok(id),
        _ => Err(Problem::forbidden()),
    }
}

/// What is known of an account; nobody's is not verified.
pub async fn verified(app: &App, account: Option<&str>) -> Result<Verified, Problem> {
    let found = match account {
        Some(account) => app.store().verification(account).await?,
        None => None,
    };
    Ok(Verified::of(found))
}

impl Verified {
    pub fn is_verified(&self) -> bool {
        self.verified
    }

    fn of(found: Option<Verification>) -> Verified {
        Verified {
            verified: found.is_some(),
            on: found.as_ref().map(|it| civil_date(it.at).to_string()),
            method: found.map(|it| it.method),
        }
    }
}
