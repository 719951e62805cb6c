//! One row of facts per dispute with an enterprise that resolves online, as a file.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::indicators::NegotiationFacts;

use super::table::export;
use crate::address::Query;
use crate::api::figures::Filter;
use crate::app::App;
use crate::auth::Principal;
use crate::export::Form;
use crate::problem::Problem;

/// What negotiation came to with operators in scope, as CSV like `GET /exports/cases.csv`:
/// for officers by the operator's place, whoever has a complaint that followed. A row has no
/// number, for the files are not theirs, and nothing of the consumer. Who took which is
/// logged.
#[utoipa::path(get, path = "/exports/negotiations.csv", tag = "figures", params(Filter),
    responses((status = 200, body = String, content_type = "text/csv"),
        (status = 403, description = "Not the caller's unit, or no officer"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn csv(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<NegotiationFacts>(&app, &principal, filter, Form::Csv).await
}

/// The same table as `GET /exports/negotiations.csv`, as a sheet (Office Open XML).
#[utoipa::path(get, path = "/exports/negotiations.xlsx", tag = "figures", params(Filter),
    responses((status = 200, body = Vec<u8>,
            content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (status = 403, description = "Not the caller's unit, or no officer"),
        (status = 422, description = "More than 50,000 rows: ask for a shorter time or one unit")))]
pub async fn xlsx(
    State(app): State<App>,
    principal: Principal,
    Query(filter): Query<Filter>,
) -> Result<Response, Problem> {
    export::<NegotiationFacts>(&app, &principal, filter, Form::Xlsx).await
}
