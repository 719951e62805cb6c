//! What another authority says of a file that was handed over to it.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::{Command, Refusal};
use hejie_domain::identifiers::case_number::CaseNumber;
use serde::Serialize;
use utoipa::ToSchema;

use super::{opened, read};
use crate::act::ActError;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::commit::Extras;
use crate::exchange::{Report, STATUS, Signed, status};
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct StatusTaken {
    /// False where it was known already.
    recorded: bool,
}

/// Takes a status (`schemas/json/external-status.schema.json`) that the authority signed
/// which has the file: JWS, flattened JSON serialization, EdDSA, `typ`
/// hejie-status+json. Statuses may come in any order and more than once.
#[utoipa::path(post, path = "/exchange/statuses", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 200, body = StatusTaken),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 404, description = "The authority has no such file"),
              (status = 409, description = "Another status has this sequence number"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<Json<StatusTaken>, Problem> {
    let (partner, payload) = opened(&app, &signed, STATUS.0).await?;
    let report: Report = read(&payload, &partner, &status::FORM)?;
    let number: CaseNumber = report.number.parse().map_err(|_| Problem::not_found())?;
    let loaded = app.case_by_number(&number.to_string()).await?;
    let loaded = loaded.ok_or_else(Problem::not_found)?;
    let command = Command::RecordExternalStatus {
        status: report.status,
    };
    let actor = partner.actor();
    let acted = app.act(loaded, &actor, command, |_| Extras::default());
    match acted.await {
        Ok(done) => Ok(Json(StatusTaken {
            recorded: !done.recorded.is_empty(),
        })),
        // Whose the file is not does not learn that it exists.
        Err(ActError::Refused(Refusal::NotAllowed { .. })) => Err(Problem::not_found()),
        Err(fault) => {
            let fields = ["file_number", "ground", "result", "text"];
            Err(Problem::from(fault).within("/payload", &fields))
        }
    }
}
