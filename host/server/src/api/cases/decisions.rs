//! Automated decisions: what each plugin saw, answered and why, and making the
//! run again.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use hejie_domain::case::run::{CaseRun, RunSummary};
use hejie_domain::identifiers::digest::Digest;
use hejie_runtime::{Record, Replay, Run};
use serde_json::{Value, json};

use super::visible;
use crate::act::Loaded;
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::dossier;
use crate::engine::package;
use crate::problem::Problem;

/// All automated decisions in a case, with their reasons.
#[utoipa::path(get, path = "/cases/{number}/decisions", tag = "decisions",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Vec<Object>)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Vec<Value>>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    Ok(Json(loaded.file.runs.iter().map(dossier::run).collect()))
}

/// One decision whole: record, input and output. For the organisation whose
/// plugin it is, the regulator and the operator.
#[utoipa::path(get, path = "/cases/{number}/decisions/{run}", tag = "decisions",
    params(("number" = String, Path, description = "The case number"),
           ("run" = String, Path, description = "The run's id")),
    responses((status = 200, body = Object), (status = 403), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path((number, run)): Path<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let run = find(&loaded, &run)?;
    check_whole(&principal, run)?;
    let documents = Documents::of(&app, &loaded, run).await?;
    let read = |text: &str| serde_json::from_str::<Value>(text).unwrap_or_default();
    Ok(Json(json!({
        "summary": dossier::run(run),
        "record": read(&documents.record),
        "input": read(&documents.input),
        "output": documents.output.as_deref().map(read),
    })))
}

/// Makes the run again: the same bytes, or precisely what differs.
#[utoipa::path(post, path = "/cases/{number}/decisions/{run}/replay", tag = "decisions",
    params(("number" = String, Path, description = "The case number"),
           ("run" = String, Path, description = "The run's id")),
    responses((status = 200, body = Object), (status = 403), (status = 404)))]
pub async fn replay(
    State(app): State<App>,
    principal: Principal,
    Path((number, run)): Path<(String, String)>,
) -> Result<Json<Replay>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    check_whole(&principal, find(&loaded, &run)?)?;
    replay_run(&app, &loaded, &run).await.map(Json)
}

/// Makes a recorded run again.
pub async fn replay_run(app: &App, loaded: &Loaded, id: &str) -> Result<Replay, Problem> {
    let run = find(loaded, id)?;
    let documents = Documents::of(app, loaded, run).await?;
    let fault = |fault: &dyn std::fmt::Display| Problem::internal(fault);
    let digest = &run.summary.plugin.digest;
    let package = package(app.store(), digest).await.map_err(|f| fault(&f))?;
    let record: Record = serde_json::from_str(&documents.record).map_err(|f| fault(&f))?;
    let input = Record::read_input(&documents.input).map_err(|f| fault(&f))?;
    let rules = app
        .rules_on(&record.calendar)
        .await
        .map_err(|f| fault(&f))?;
    let (runtime, rules, id) = (app.runtime().clone(), Arc::new(rules), id.to_owned());
    let replayed = tokio::task::spawn_blocking(move || {
        let plugin = runtime.prepare(&package)?;
        let again = Run { id, rules, input };
        Ok::<_, hejie_runtime::RuntimeError>(runtime.replay(
            &plugin,
            again,
            &record,
            documents.output.as_deref(),
        ))
    });
    replayed
        .await
        .map_err(|f| fault(&f))?
        .map_err(|f| fault(&f))
}

fn find<'a>(loaded: &'a Loaded, id: &str) -> Result<&'a CaseRun, Problem> {
    loaded
        .file
        .runs
        .iter()
        .find(|run| run.summary.id == id)
        .ok_or_else(Problem::not_found)
}

/// The input holds what the plugin was allowed to see; a party that is not its
/// owner sees the reasons, not the input.
fn check_whole(principal: &Principal, run: &CaseRun) -> Result<(), Problem> {
    let own = &run.summary.plugin.organisation;
    match principal {
        Principal::Operator { .. } | Principal::Officer { .. } => Ok(()),
        Principal::Agent { organisation, .. } | Principal::Mediator { organisation, .. }
            if organisation == own =>
        {
            Ok(())
        }
        _ => Err(Problem::forbidden()),
    }
}

struct Documents {
    record: String,
    input: String,
    output: Option<String>,
}

impl Documents {
    async fn of(app: &App, loaded: &Loaded, run: &CaseRun) -> Result<Documents, Problem> {
        let RunSummary {
            record,
            input,
            output,
            ..
        } = &run.summary;
        Ok(Documents {
            record: document(app, loaded, record).await?,
            input: document(app, loaded, input).await?,
            output: match output {
                Some(digest) => Some(document(app, loaded, digest).await?),
                None => None,
            },
        })
    }
}

/// A document whose bytes are those the ledger names.
async fn document(app: &App, loaded: &Loaded, digest: &Digest) -> Result<String, Problem> {
    let kept = app.store().attachment(&loaded.id, digest).await?;
    let text = kept.ok_or_else(|| Problem::internal(&"a decision's document is missing"))?;
    if Digest::of(text.as_bytes()) != *digest {
        return Err(Problem::internal(&"a decision's document was changed"));
    }
    Ok(text)
}
