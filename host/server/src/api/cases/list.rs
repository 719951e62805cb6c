//! Lists of cases, each in its caller's scope.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Phase;
use hejie_domain::text::Text;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::{Principal, filter_of};
use crate::problem::Problem;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Page {
    /// Only cases in this phase.
    #[param(value_type = Option<String>, example = "negotiating")]
    phase: Option<Phase>,
    /// Where the page before ended.
    #[param(value_type = Option<String>, max_length = 36)]
    before: Option<Uuid>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["phase", "before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        let phase = |text: &str| serde_json::from_value(text.into()).ok();
        Ok(Page {
            phase: given.get("phase", phase, Text::new("invalid-unknown-value"))?,
            before: given.before()?,
            limit: given.limit()?,
        })
    }
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
    let limit = page.limit.unwrap_or(50);
    let (phase, before) = (
        page.phase.map(Phase::name),
        page.before.map(|id| id.to_string()),
    );
    let found = app
        .store()
        .list_cases(&filter_of(&principal), phase, before.as_deref(), limit)
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
