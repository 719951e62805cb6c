//! What an authority sends after a file that it handed over.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::case::transfer::Origin;

use super::{Recorded, opened, read, recorded};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::exchange::{Addition, SUPPLEMENT, Signed, supplement};
use crate::problem::Problem;

/// Takes a supplement (`schemas/json/supplement.schema.json`) that the authority signed
/// which handed the file over: JWS, flattened JSON serialization, EdDSA, `typ`
/// hejie-supplement+json. The same once more changes nothing.
#[utoipa::path(post, path = "/exchange/supplements", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 200, body = Recorded),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 404, description = "The authority handed no such file over"),
              (status = 409, description = "The file is full"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<Json<Recorded>, Problem> {
    let (partner, payload) = opened(&app, &signed, SUPPLEMENT.0).await?;
    let addition: Addition = read(&payload, &partner, &supplement::FORM)?;
    let key = Origin::key_of(&partner.code, &addition.number);
    let loaded = app.case_by_origin(&key).await?;
    let command = Command::TakeSupplement {
        supplement: addition.supplement,
    };
    recorded(&app, &partner, loaded, command, &["message", "evidence"]).await
}
