//! Working-day calendars that are published while the service runs.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::rules::{RuleError, read_calendar};
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
    let year = read_calendar("calendar", &bytes).map_err(|fault| refused(&fault))?;
    app.rules()
        .with_year(year.clone())
        .map_err(|fault| refused(&fault))?;
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

/// What is wrong with a year: in the reader's language where the days contradict
/// the law or each other, in the schema's own words where it does not fit that.
fn refused(fault: &RuleError) -> Problem {
    match fault {
        RuleError::Calendar(fault) => Problem::invalid("/days_off", fault.text()),
        RuleError::Schema { pointer, fault, .. } => Problem::invalid(
            pointer.clone(),
            Text::new("invalid-form").arg("detail", fault.as_str()),
        ),
        other => Problem::invalid(
            "",
            Text::new("invalid-malformed").arg("detail", other.to_string()),
        ),
    }
}
