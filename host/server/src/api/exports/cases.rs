//! One row of facts per case, as a file.

use axum::extract::State;
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hejie_domain::indicators::{CaseFacts, FactFilter};
use hejie_domain::text::Text;
use hejie_store::NewExport;

use crate::address::Query;
use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::Principal;
use crate::export::{Form, MAX_ROWS};
use crate::problem::Problem;

/// The facts of the cases in scope as CSV (UTF-8 with a byte order mark): the
/// columns that the formulas of `GET /indicators` name, so that each figure can be
/// computed again. Nothing of the consumer is in it; of the respondent there is its
/// name, its credit code and its organisation here. Days are those of Shanghai; an
/// empty cell is what has not happened. A text that begins like a formula has an
/// apostrophe before it. At most 50,000 rows; who took which is logged.
#[utoipa::path(get, path = "/exports/cases.csv", tag = "figures", params(Filter),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 403, description = "Not the caller's unit, or no officer"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn csv(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export(&app, &principal, filter, Form::Csv).await
}

/// The same table as `GET /exports/cases.csv`, as a sheet (Office Open XML).
#[utoipa::path(get, path = "/exports/cases.xlsx", tag = "figures", params(Filter),
    responses((status = 200, body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 403, description = "Not the caller's unit, or no officer"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn xlsx(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export(&app, &principal, filter, Form::Xlsx).await
}

async fn export(
    app: &App,
    principal: &Principal,
    filter: Filter,
    form: Form,
) -> Result<Response, Problem> {
    let filter = filter.scope(principal, &app.rules())?;
    let rows = rows(app, &filter).await?;
    let count = rows.len() as u64;
    // A large sheet takes a processor for seconds.
    let written = tokio::task::spawn_blocking(move || form.write(&rows)).await;
    let written = written.map_err(|fault| Problem::internal(&fault))?;
    let file = written.map_err(|fault| Problem::internal(&fault))?;
    let logged = NewExport {
        at: app.clock().now(),
        principal,
        filter: &filter,
        form: form.name(),
        rows: count,
    };
    app.store().log_export(logged).await?;
    let name = format!("attachment; filename=\"cases.{}\"", form.name());
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file).into_response())
}

async fn rows(app: &App, filter: &FactFilter) -> Result<Vec<CaseFacts>, Problem> {
    let mut rows: Vec<CaseFacts> = Vec::new();
    let gather = |text: &str| {
        rows.push(serde_json::from_str(text)?);
        Ok(rows.len() <= MAX_ROWS)
    };
    app.store().each_facts(filter, gather).await?;
    if rows.len() > MAX_ROWS {
        let text = Text::new("problem-too-many-rows-detail").arg("limit", MAX_ROWS);
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-rows").detail(text));
    }
    Ok(rows)
}
