//! What an authority sends after a file that it handed over.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::transfer::Origin;
use hejie_domain::case::{Command, Refusal};
use serde::Serialize;
use utoipa::ToSchema;

use super::{opened, read};
use crate::act::ActError;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::commit::Extras;
use crate::exchange::{Addition, SUPPLEMENT, Signed, supplement};
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct SupplementTaken {
    /// False where it was known already.
    recorded: bool,
}

/// Takes a supplement (`schemas/json/supplement.schema.json`) that the authority signed
/// which handed the file over: JWS, flattened JSON serialization, EdDSA, `typ`
/// hejie-supplement+json. The same once more changes nothing.
#[utoipa::path(post, path = "/exchange/supplements", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 200, body = SupplementTaken),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 404, description = "The authority handed no such file over"),
              (status = 409, description = "The file is closed or full"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<Json<SupplementTaken>, Problem> {
    let (partner, payload) = opened(&app, &signed, SUPPLEMENT.0).await?;
    let addition: Addition = read(&payload, &partner, &supplement::FORM)?;
    let key = Origin::key_of(&partner.code, &addition.number);
    let loaded = app.case_by_origin(&key).await?;
    let loaded = loaded.ok_or_else(Problem::not_found)?;
    let command = Command::TakeSupplement {
        supplement: addition.supplement,
    };
    let actor = partner.actor();
    let acted = app.act(loaded, &actor, command, |_| Extras::default());
    match acted.await {
        Ok(done) => Ok(Json(SupplementTaken {
            recorded: !done.recorded.is_empty(),
        })),
        Err(ActError::Refused(Refusal::NotAllowed { .. })) => Err(Problem::not_found()),
        Err(fault) => {
            let fields = ["message", "evidence"];
            Err(Problem::from(fault).within("/payload", &fields))
        }
    }
}
