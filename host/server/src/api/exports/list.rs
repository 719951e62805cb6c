//! The log of exports, for the operator.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Where the page before ended: the last id.
    #[param(value_type = Option<String>, max_length = 36)]
    before: Option<Uuid>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
            before: given.before()?,
            limit: given.limit()?,
        })
    }
}

#[derive(Serialize, ToSchema)]
pub struct Export {
    id: String,
    at: String,
    /// Who took it, as the token said then.
    #[schema(value_type = Object)]
    principal: serde_json::Value,
    /// What was asked for, the caller's own subtree put in.
    #[schema(value_type = Object)]
    filter: serde_json::Value,
    /// `csv` or `xlsx`.
    form: String,
    rows: u64,
}

/// Who took which rows, newest first.
#[utoipa::path(get, path = "/exports", tag = "operation", params(Page),
    responses((status = 200, body = Vec<Export>), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Vec<Export>>, Problem> {
    principal.require_operator()?;
    let before = page.before.map(|id| id.to_string());
    let limit = page.limit.unwrap_or(50);
    let logged = app.store().exports(before.as_deref(), limit).await?;
    let exports = logged.into_iter().map(|export| Export {
        id: export.id,
        at: export.at.to_string(),
        principal: export.principal,
        filter: export.filter,
        form: export.form,
        rows: export.rows,
    });
    Ok(Json(exports.collect()))
}
