//! Reading incidents.

use axum::Json;
use axum::extract::State;
use hejie_domain::incident::Incident;
use hejie_store::Standing;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::access::reached;
use crate::address::{Path, Query};
use crate::api::cases::show::After;
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::kept::incident::account_of;
use crate::problem::Problem;

/// Incidents that are told at the most.
const MOST: u32 = 500;

#[derive(Serialize, ToSchema)]
pub struct Incidents {
    incidents: Vec<IncidentSummary>,
}

#[derive(Serialize, ToSchema)]
struct IncidentSummary {
    number: String,
    phase: String,
    #[schema(value_type = String)]
    level: Value,
    title: String,
    unit: String,
    files: usize,
    open_tasks: usize,
    overdue_tasks: usize,
}

/// The incidents that the officer commands, or that her unit or one below it leads or has
/// a task in: at most 500, newest first.
#[utoipa::path(get, path = "/incidents", tag = "incidents",
    responses((status = 200, body = Incidents), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Incidents>, Problem> {
    let Principal::Officer { id, unit, .. } = &principal else {
        return Err(Problem::forbidden());
    };
    let account = account_of(id);
    let found = app.involving::<Incident>(subtree_of(unit), &account, MOST);
    let found = found.await?;
    let incidents = found.iter().map(|loaded| summary(&loaded.file)).collect();
    Ok(Json(Incidents { incidents }))
}

fn summary(incident: &Incident) -> IncidentSummary {
    IncidentSummary {
        number: incident.number.to_string(),
        phase: incident.phase.name().to_owned(),
        level: json!(incident.level),
        title: incident.opening.title.clone(),
        unit: incident.unit.to_string(),
        files: incident.files.len(),
        open_tasks: incident.open_tasks().count(),
        overdue_tasks: incident.open_tasks().filter(|it| it.overdue).count(),
    }
}

/// The incident: its files as they stand now, its tasks, its reports.
#[utoipa::path(get, path = "/incidents/{number}", tag = "incidents",
    params(("number" = String, Path, description = "The number of the incident")),
    responses((status = 200, body = Object), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let incident = reached(&app, &principal, &number).await?.file;
    let numbers: Vec<String> = incident.files.iter().map(ToString::to_string).collect();
    let standings = app.store().standings(&numbers).await?;
    let mut shown = json!(incident);
    shown["files"] = standings.iter().map(standing).collect();
    Ok(Json(shown))
}

fn standing(standing: &Standing) -> Value {
    json!({
        "number": standing.number,
        "kind": standing.kind,
        "phase": standing.phase,
        "unit": standing.unit,
    })
}

/// The incident's log, in order. At most 500 entries at a time.
#[utoipa::path(get, path = "/incidents/{number}/timeline", tag = "incidents",
    params(("number" = String, Path, description = "The number of the incident"), After),
    responses((status = 200, body = Vec<Object>), (status = 404)))]
pub async fn timeline(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
    Query(page): Query<After>,
) -> Result<Json<Vec<Value>>, Problem> {
    let loaded = reached(&app, &principal, &number).await?;
    let after = page.after.unwrap_or(0);
    let entries = app.store().entries(&loaded.id, after, 500).await?;
    let entry = |it: &hejie_store::Entry| json!({"seq": it.seq, "at": it.at, "by": it.actor, "type": it.kind, "data": it.payload});
    Ok(Json(entries.iter().map(entry).collect()))
}
