//! Lists of reports.

use axum::Json;
use axum::extract::State;
use hejie_domain::report::Report;

use crate::address::Query;
use crate::api::listing::{self, Files, Page};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// The reports of the officer's unit and those below it, newest first; a reporter's own.
#[utoipa::path(get, path = "/reports", tag = "reports", params(Page),
    responses((status = 200, body = Files), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Files>, Problem> {
    listing::list::<Report>(&app, &principal, page)
        .await
        .map(Json)
}
