//! One row of facts per inquiry, as a file.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::indicators::InquiryFacts;

use super::table::export;
use crate::address::Query;
use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::Principal;
use crate::export::Form;
use crate::problem::Problem;

/// The facts of the consultations and suggestions in scope as CSV, like
/// `GET /exports/cases.csv`; nothing of who asked is in it. Who took which is logged.
#[utoipa::path(get, path = "/exports/inquiries.csv", tag = "figures", params(Filter),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 403, description = "No officer, or not her unit"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn csv(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<InquiryFacts>(&app, &principal, filter, Form::Csv).await
}

/// The same table as `GET /exports/inquiries.csv`, as a sheet (Office Open XML).
#[utoipa::path(get, path = "/exports/inquiries.xlsx", tag = "figures", params(Filter),
    responses((status = 200, body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 403, description = "No officer, or not her unit"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn xlsx(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<InquiryFacts>(&app, &principal, filter, Form::Xlsx).await
}
