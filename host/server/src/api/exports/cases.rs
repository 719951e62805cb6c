//! One row of facts per case, as a file.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::indicators::CaseFacts;

use super::table::export;
use crate::address::Query;
use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::Principal;
use crate::export::Form;
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
    export::<CaseFacts>(&app, &principal, filter, Form::Csv).await
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
    export::<CaseFacts>(&app, &principal, filter, Form::Xlsx).await
}
