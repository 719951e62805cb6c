//! Reading incidents.

use axum::Json;
use axum::extract::State;
use hejie_domain::file::FileKind;
use hejie_domain::incident::Incident;
use hejie_store::{CaseScope, Standing};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::access::{may_see, reached};
use crate::address::{Path, Query};
use crate::api::cases::show::After;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// Incidents that are read at a time, and told at the most.
const PAGE: u32 = 200;
const MOST: usize = 500;

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

/// The incidents that the officer's unit leads or has a task in, and those of units
/// below it: at most 500, newest first.
#[utoipa::path(get, path = "/incidents", tag = "incidents",
    responses((status = 200, body = Incidents), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Incidents>, Problem> {
    if !matches!(principal, Principal::Officer { .. }) {
        return Err(Problem::forbidden());
    }
    let all = CaseScope::Other {
        kind: FileKind::Incident.name(),
        digits: String::new(),
    };
    let (mut incidents, mut before) = (Vec::new(), None);
    loop {
        let page = app.store().list_cases(&all, None, before.as_deref(), PAGE);
        let page = page.await?;
        for found in page.cases {
            let Some(loaded) = app.file::<Incident>(&found.case_id).await? else {
                continue;
            };
            if may_see(&principal, &loaded.file) {
                incidents.push(summary(&loaded.file));
            }
        }
        before = page.next;
        if before.is_none() || incidents.len() >= MOST {
            break;
        }
    }
    incidents.truncate(MOST);
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
