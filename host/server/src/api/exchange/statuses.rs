//! What another authority says of a file that was handed over to it.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Command;
use hejie_domain::identifiers::case_number::CaseNumber;

use super::{Recorded, opened, read, recorded};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::body::Body;
use crate::exchange::{Report, STATUS, Signed, status};
use crate::problem::Problem;

/// Takes a status (`schemas/json/external-status.schema.json`) that the authority signed
/// which has the file: JWS, flattened JSON serialization, EdDSA, `typ`
/// hejie-status+json. Statuses may come in any order and more than once.
#[utoipa::path(post, path = "/exchange/statuses", tag = "exchange", security(()),
    request_body = Signed,
    responses((status = 200, body = Recorded),
              (status = 403, description = "Not signed by a registered authority"),
              (status = 404, description = "The authority has no such file"),
              (status = 409, description = "Another status has this sequence number"),
              (status = 422, description = "A field is wrong")))]
pub async fn take(
    State(app): State<App>,
    _: WithoutKey,
    Body { value: signed, .. }: Body<Signed>,
) -> Result<Json<Recorded>, Problem> {
    let (partner, payload) = opened(&app, &signed, STATUS.0).await?;
    let report: Report = read(&payload, &partner, &status::FORM)?;
    let number: CaseNumber = report.number.parse().map_err(|_| Problem::not_found())?;
    let loaded = app.case_by_number(&number.to_string()).await?;
    let command = Command::RecordExternalStatus {
        status: report.status,
    };
    recorded(
        &app,
        &partner,
        loaded,
        command,
        &["file_number", "ground", "result", "text"],
    )
    .await
}
