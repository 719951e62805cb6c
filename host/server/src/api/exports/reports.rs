//! One row of facts per report, as a file.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::indicators::ReportFacts;

use super::table::export;
use crate::address::Query;
use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::Principal;
use crate::export::Form;
use crate::problem::Problem;

/// The facts of the reports in scope as CSV, like `GET /exports/cases.csv`. Nothing of
/// a reporter is in it but whether there was a name; of the operator reported there is
/// its name and its credit code. Who took which is logged.
#[utoipa::path(get, path = "/exports/reports.csv", tag = "figures", params(Filter),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 403, description = "No officer, or not her unit"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn csv(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<ReportFacts>(&app, &principal, filter, Form::Csv).await
}

/// The same table as `GET /exports/reports.csv`, as a sheet (Office Open XML).
#[utoipa::path(get, path = "/exports/reports.xlsx", tag = "figures", params(Filter),
    responses((status = 200, body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 403, description = "No officer, or not her unit"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn xlsx(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<ReportFacts>(&app, &principal, filter, Form::Xlsx).await
}
