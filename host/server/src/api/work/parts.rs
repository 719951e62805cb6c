//! What units are to do in files that others handle.

use axum::Json;
use axum::extract::State;
use hejie_store::AwaitedPart;
use serde::Serialize;
use utoipa::ToSchema;

use super::subtree;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// The most that are told.
const MOST: u32 = 500;

#[derive(Serialize, ToSchema)]
pub struct Parts {
    parts: Vec<PartSummary>,
}

#[derive(Serialize, ToSchema)]
struct PartSummary {
    /// The file's number.
    number: String,
    /// `dispute`, `report` or `inquiry`.
    kind: String,
    /// The unit that handles the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    handled_by: Option<String>,
    /// The number of the part within the file.
    part: u32,
    /// The unit whose part it is.
    unit: String,
    /// The last day to report.
    due_on: String,
}

/// The parts that the officer's unit and those below it are still to do in files of other
/// units: at most 500, the one that is due first foremost.
#[utoipa::path(get, path = "/work/parts", tag = "work",
    responses((status = 200, body = Parts), (status = 403)))]
pub async fn list(State(app): State<App>, principal: Principal) -> Result<Json<Parts>, Problem> {
    if !matches!(principal, Principal::Officer { .. }) {
        return Err(Problem::forbidden());
    }
    let awaited = app
        .store()
        .awaited_parts(subtree(&principal)?, MOST)
        .await?;
    Ok(Json(Parts {
        parts: awaited.into_iter().map(summary).collect(),
    }))
}

fn summary(awaited: AwaitedPart) -> PartSummary {
    PartSummary {
        number: awaited.number,
        kind: awaited.kind,
        handled_by: awaited.handled_by,
        part: awaited.part.seq,
        unit: awaited.part.unit,
        due_on: awaited.part.due_on,
    }
}
