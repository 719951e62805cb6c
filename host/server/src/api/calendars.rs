//! Working-day calendars that are published while the service runs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::rules::read_calendar;
use hejie_domain::text::Text;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Document;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(add))
}

#[derive(Serialize, ToSchema)]
struct Added {
    year: i16,
    calendar: String,
}

/// Adds a year's calendar (`schemas/json/calendar.schema.json`) or replaces it.
/// Running clocks are recomputed case by case; each change is an event of its case.
#[utoipa::path(post, path = "/calendars", tag = "operation", request_body = serde_json::Value,
    responses((status = 201, body = Added), (status = 422, description = "Not a calendar")))]
async fn add(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Document { bytes, .. }: Document,
) -> Result<(StatusCode, Json<Added>), Problem> {
    principal.require_operator()?;
    let wrong =
        |fault: String| Problem::invalid("", Text::new("invalid-malformed").arg("detail", fault));
    let year = read_calendar("calendar", &bytes).map_err(|fault| wrong(fault.to_string()))?;
    app.rules()
        .with_year(year.clone())
        .map_err(|fault| wrong(fault.to_string()))?;
    app.store().put_calendar(year.year, &year).await?;
    app.refresh()
        .await
        .map_err(|fault| Problem::internal(&fault))?;
    let calendar = app.rules().calendar().version().to_owned();
    Ok((
        StatusCode::CREATED,
        Json(Added {
            year: year.year,
            calendar,
        }),
    ))
}
