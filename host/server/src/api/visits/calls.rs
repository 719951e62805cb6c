//! The call list of a draw: whom to call, and what was done since.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::mediation::Means;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::visit::{Satisfaction, Visit};
use hejie_store::DrawPlace;
use serde::Serialize;
use utoipa::ToSchema;

use super::draws::{Places, page_of, visible};
use crate::address::{Path, Query};
use crate::app::App;
use crate::auth::{Principal, may_see};
use crate::problem::Problem;
use crate::visits::Draw;

#[derive(Serialize, ToSchema)]
pub(super) struct CallList {
    /// Who are to be called in all.
    calls_in_all: u64,
    calls: Vec<Call>,
}

#[derive(Serialize, ToSchema)]
struct Call {
    place: u64,
    number: String,
    sample: String,
    /// Absent where the file is another unit's by now.
    #[serde(skip_serializing_if = "Option::is_none")]
    file: Option<CalledFile>,
}

#[derive(Serialize, ToSchema)]
struct CalledFile {
    name: String,
    phone: String,
    unit: Option<String>,
    phase: &'static str,
    /// She answered after the draw.
    answered: bool,
    /// Calls and messages after the draw.
    visits: Vec<Called>,
}

#[derive(Serialize, ToSchema)]
struct Called {
    seq: u32,
    at: String,
    means: Means,
    /// Absent: she was not reached.
    #[serde(skip_serializing_if = "Option::is_none")]
    satisfaction: Option<Satisfaction>,
    note: String,
}

/// Whom to call by a draw, in its order and page by page, with what was done since and what
/// came of it.
#[utoipa::path(get, path = "/visits/draws/{id}/calls", tag = "visits",
    params(("id" = String, Path, description = "The draw's id"), Places),
    responses((status = 200, body = CallList), (status = 404)))]
pub(super) async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
    Query(page): Query<Places>,
) -> Result<Json<CallList>, Problem> {
    let draw = visible(&app, &principal, &id).await?;
    let mut calls = Vec::new();
    for place in page_of(&app, &id, true, &page).await? {
        calls.push(call(&app, &principal, &draw, place).await?);
    }
    let samples = draw.statement.samples.iter();
    Ok(Json(CallList {
        calls_in_all: samples.map(|it| it.drawn).sum(),
        calls,
    }))
}

async fn call(
    app: &App,
    principal: &Principal,
    draw: &Draw,
    place: DrawPlace,
) -> Result<Call, Problem> {
    let loaded = app.case_by_number(&place.number).await?;
    let case = loaded.map(|it| it.file);
    let today = civil_date(app.clock().now());
    let case = case.filter(|case| may_see(principal, case, today));
    Ok(Call {
        place: place.place,
        number: place.number,
        sample: place.sample,
        file: case.map(|case| {
            let since = case.visits.iter().filter(|it| it.at >= draw.at);
            let visits: Vec<Called> = since.map(called).collect();
            CalledFile {
                name: case.filing.consumer.name.clone(),
                phone: case.filing.consumer.phone.to_string(),
                unit: case.complaint.as_ref().map(|it| it.unit.to_string()),
                phase: case.phase.name(),
                answered: visits.iter().any(|it| it.satisfaction.is_some()),
                visits,
            }
        }),
    })
}

fn called(visit: &Visit) -> Called {
    Called {
        seq: visit.seq,
        at: visit.at.to_string(),
        means: visit.means,
        satisfaction: visit.satisfaction,
        note: visit.note.clone(),
    }
}
