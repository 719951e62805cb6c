//! Lists of cases, each in its caller's scope.

use axum::Json;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use crate::app::App;
use crate::auth::{Principal, filter_of};
use crate::problem::Problem;

#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
pub struct Page {
    /// Only cases in this phase.
    phase: Option<String>,
    /// Where the page before ended.
    before: Option<String>,
    /// 1 to 200; 50 where nothing is said.
    limit: Option<u32>,
}

#[derive(Serialize, ToSchema)]
pub struct Cases {
    cases: Vec<Summary>,
    /// To be sent as `before` for the next page; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

#[derive(Serialize, ToSchema)]
struct Summary {
    number: String,
    phase: String,
    category: String,
    updated_at: String,
}

/// The caller's cases, newest first.
#[utoipa::path(get, path = "/cases", tag = "cases", params(Page),
    responses((status = 200, body = Cases)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Cases>, Problem> {
    let limit = page.limit.unwrap_or(50).clamp(1, 200);
    let (phase, before) = (page.phase.as_deref(), page.before.as_deref());
    let found = app
        .store()
        .list_cases(&filter_of(&principal), phase, before, limit)
        .await?;
    let cases = found.cases.into_iter().map(|case| Summary {
        number: case.number,
        phase: case.phase,
        category: case.category,
        updated_at: case.updated_at.to_string(),
    });
    Ok(Json(Cases {
        cases: cases.collect(),
        next: found.next,
    }))
}
