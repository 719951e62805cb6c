//! Gathering files into an incident.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::file::FileKind;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::incident::Incident;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;

use super::access::reached;
use crate::act::Done;
use crate::address::Path;
use crate::api::cases::receipt::{Once, Receipt, answer};
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::body::Body;
use crate::problem::Problem;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Gathering {
    /// Of disputes at an authority, reports and inquiries; at most 200 at a time.
    #[schema(value_type = Vec<String>, max_items = 200, min_items = 1)]
    files: Vec<CaseNumber>,
}

/// Gathers files of the leading unit and those below it into the incident.
#[utoipa::path(post, path = "/incidents/{number}/files", tag = "incidents", request_body = Gathering,
    params(("number" = String, Path, description = "The number of the incident"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = Receipt), (status = 404), (status = 422)))]
pub async fn gather(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(number): Path<String>,
    Body { value, bytes }: Body<Gathering>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    let loaded = reached(&app, &principal, &number).await?;
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    check(&app, &loaded.file, &value.files).await?;
    let command = Command::GatherFiles { files: value.files };
    let keep = |done: &Done<Incident>| request.extras(&app, StatusCode::OK, done);
    let done = app.act(loaded, &principal.actor(), command, keep).await;
    answer(StatusCode::OK, done)
}

/// A file that is not the leading unit's to see is as if it were not there.
async fn check(app: &App, incident: &Incident, files: &[CaseNumber]) -> Result<(), Problem> {
    let numbers: Vec<String> = files.iter().map(ToString::to_string).collect();
    let standings = app.store().standings(&numbers).await?;
    let digits = subtree_of(incident.unit.as_str());
    for (index, number) in numbers.iter().enumerate() {
        let found = standings.iter().find(|it| it.number == *number);
        // An incident gathers files, and is none of them.
        let file = found.filter(|it| it.kind != FileKind::Incident.name());
        let unit = file.and_then(|it| it.unit.as_deref());
        if !unit.is_some_and(|unit| unit.starts_with(digits)) {
            let field = format!("/files/{index}");
            return Err(Problem::invalid(field, Text::new("invalid-unknown-value")));
        }
    }
    Ok(())
}
