//! A table of facts: made, logged, sent.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use hejie_domain::indicators::{FactFilter, Facts};
use hejie_domain::text::Text;
use hejie_store::NewExport;

use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::{Principal, knows_kind};
use crate::export::{Form, MAX_ROWS};
use crate::problem::Problem;

/// The facts of a kind of file in scope, as a file that is logged.
pub async fn export<R: Facts + Sync>(
    app: &App,
    principal: &Principal,
    filter: Filter,
    form: Form,
) -> Result<Response, Problem> {
    if !knows_kind(principal, R::KIND) {
        return Err(Problem::forbidden());
    }
    let filter = filter.scope(principal, &app.rules())?;
    let rows: Vec<R> = rows(app, &filter).await?;
    let count = rows.len() as u64;
    // A large sheet takes a processor for seconds.
    let written = tokio::task::spawn_blocking(move || form.write(&rows)).await;
    let written = written.map_err(|fault| Problem::internal(&fault))?;
    let file = written.map_err(|fault| Problem::internal(&fault))?;
    let logged = NewExport {
        at: app.clock().now(),
        principal,
        filter: &filter,
        table: R::TABLE,
        unit: principal.unit().map(|unit| unit.to_string()),
        form: form.name(),
        rows: count,
    };
    app.store().log_export(logged).await?;
    let name = format!("attachment; filename=\"{}.{}\"", R::TABLE, form.name());
    let headers = [
        (header::CONTENT_TYPE, form.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, name),
        (header::CACHE_CONTROL, "no-store".to_owned()),
    ];
    Ok((headers, file).into_response())
}

async fn rows<R: Facts>(app: &App, filter: &FactFilter) -> Result<Vec<R>, Problem> {
    let mut rows: Vec<R> = Vec::new();
    let gather = |text: &str| {
        rows.push(serde_json::from_str(text)?);
        Ok(rows.len() <= MAX_ROWS)
    };
    let (kind, located) = (R::KIND.name(), R::PICKED_BY.located);
    app.store()
        .each_facts(kind, located, filter, gather)
        .await?;
    if rows.len() > MAX_ROWS {
        let text = Text::new("problem-too-many-rows-detail").arg("limit", MAX_ROWS);
        return Err(Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "too-many-rows").detail(text));
    }
    Ok(rows)
}
