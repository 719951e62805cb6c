//! One route for each command on an incident.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::Command;
use hejie_domain::case::supervision::Urgency;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::incident::Commander;
use jiff::Timestamp;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::access::reached;
use super::commander::is_known;
use crate::address::Path;
use crate::api::cases::command::command;
use crate::api::cases::receipt::{Once, Receipt};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(release))
        .routes(routes!(change_level))
        .routes(routes!(change_commander))
        .routes(routes!(set_task))
        .routes(routes!(report_task))
        .routes(routes!(add_log))
        .routes(routes!(close))
}

async fn carry_out(
    app: App,
    principal: Principal,
    once: Once,
    number: String,
    bytes: &[u8],
    command: Command,
) -> Result<Response, Problem> {
    let request = once.request(&principal, bytes);
    let commander = match &command {
        Command::ChangeCommander { commander } => Some(commander.clone()),
        _ => None,
    };
    let reach = async {
        let loaded = reached(&app, &principal, &number).await?;
        if let Some(commander) = &commander {
            is_known(&app, commander).await?;
        }
        Ok((loaded, principal.actor()))
    };
    request.carry_out(&app, reach, command).await
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Release {
    #[schema(value_type = String)]
    file: CaseNumber,
    reason: String,
}

command! {
    /// Lets a file go that does not belong to the incident.
    post "/incidents/{number}/release", release(value: Release) =>
        Command::ReleaseFile { file: value.file, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Level {
    level: Urgency,
    reason: String,
}

command! {
    /// Raises or lowers the level.
    post "/incidents/{number}/level", change_level(value: Level) =>
        Command::ChangeIncidentLevel { level: value.level, reason: value.reason }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewCommander {
    commander: Commander,
}

command! {
    /// Another leads from now on.
    post "/incidents/{number}/commander", change_commander(value: NewCommander) =>
        Command::ChangeCommander { commander: value.commander }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewTask {
    /// The leading unit itself or one below it.
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    unit: UnitId,
    what: String,
    #[schema(value_type = String, format = DateTime)]
    due_at: Timestamp,
}

command! {
    /// Sets a unit a task with its time.
    post "/incidents/{number}/tasks", set_task(value: NewTask) =>
        Command::SetTask { unit: value.unit, what: value.what, due_at: value.due_at }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TaskReport {
    text: String,
    /// Nothing of it is left to do.
    done: bool,
}

command! {
    /// The unit reports on its task.
    post "/incidents/{number}/tasks/{seq}/report" of seq, report_task(value: TaskReport) =>
        Command::ReportTask { task: seq, text: value.text, done: value.done }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct LogEntry {
    body: String,
}

command! {
    /// Writes into the log.
    post "/incidents/{number}/log", add_log(value: LogEntry) =>
        Command::AddNote { body: value.body }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct IncidentEnd {
    summary: String,
}

command! {
    /// Ends the incident, once every task is done.
    post "/incidents/{number}/closing", close(value: IncidentEnd) =>
        Command::CloseIncident { summary: value.summary }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SituationReport {
    text: String,
}

/// Reports the situation: the text, with how many files and tasks there are and how they
/// stand at this moment.
#[utoipa::path(post, path = "/incidents/{number}/situations", tag = "incidents",
    request_body = SituationReport,
    params(("number" = String, Path, description = "The number of the incident"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = Receipt), (status = 404), (status = 422)))]
pub async fn report_situation(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(number): Path<String>,
    Body { value, bytes }: Body<SituationReport>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    let loaded = reached(&app, &principal, &number).await?;
    let numbers: Vec<String> = loaded.file.files.iter().map(ToString::to_string).collect();
    let standings = app.store().standings(&numbers).await?;
    let closed = standings.iter().filter(|it| it.phase == "closed").count();
    let command = Command::ReportSituation {
        text: value.text,
        closed_files: u32::try_from(closed).unwrap_or(u32::MAX),
    };
    let reached = std::future::ready(Ok((loaded, principal.actor())));
    request.carry_out(&app, reached, command).await
}
