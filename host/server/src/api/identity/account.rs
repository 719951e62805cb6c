//! A consumer's own identity: verified once, told by her files as verified or not.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use hejie_store::Verification;
use serde::Deserialize;
use utoipa::ToSchema;

use super::known::Verified;
use crate::api::once::WithoutKey;
use crate::api::organisations::MAX_NAME;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::identity::TypedNumber;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RealIdentity {
    name: String,
    /// A resident identity number (GB 11643). It is not kept.
    id_number: TypedNumber,
}

/// Verifies who the consumer is. Of name and number keyed hashes stay, which only this
/// service can make.
#[utoipa::path(post, path = "/identity/verification", tag = "identity", request_body = RealIdentity,
    responses((status = 200, body = Verified), (status = 422, description = "The identity is not verified"),
        (status = 503, description = "No answer is to be had now")))]
pub(super) async fn verify(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<RealIdentity>,
) -> Result<Json<Verified>, Problem> {
    let owner = consumer(&principal)?;
    validate::line("/name", &value.name, MAX_NAME)?;
    let number = value.id_number.read("/id_number")?;
    let proof = app.prove(&value.name, &number).await?;
    let Some(proof) = proof else {
        let text = Text::new("invalid-identity-not-confirmed");
        return Err(Problem::invalid("/id_number", text));
    };
    let verification = Verification {
        token: proof.token,
        name: Some(proof.name),
        method: proof.method.to_owned(),
        at: app.clock().now(),
    };
    app.store().put_verification(owner, &verification).await?;
    Ok(Json(Verified::of_account(Some(&verification))))
}

/// Whether the consumer's own identity was verified.
#[utoipa::path(get, path = "/identity/verification", tag = "identity",
    responses((status = 200, body = Verified)))]
pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Verified>, Problem> {
    let found = app.store().verification(consumer(&principal)?).await?;
    Ok(Json(Verified::of_account(found.as_ref())))
}

fn consumer(principal: &Principal) -> Result<&str, Problem> {
    match principal {
        Principal::Consumer { id } => Ok(id),
        _ => Err(Problem::forbidden()),
    }
}
