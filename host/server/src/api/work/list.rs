//! The list, page by page.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::time::civil_date;
use hejie_domain::urgency::{Band, Bands};
use hejie_store::WorkItem;
use serde::Serialize;
use utoipa::ToSchema;

use super::filters::Filters;
use super::query::{Page, Wanted, cursor};
use super::{bands, of_caller, subtree, views};
use crate::address::Query;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct Work {
    files: Vec<File>,
    /// To be sent as `next` for the page after this; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A file that waits for an act of the authority, or that is over.
#[derive(Serialize, ToSchema)]
struct File {
    number: String,
    /// `dispute`, `report` or `inquiry`.
    kind: String,
    phase: String,
    category: String,
    /// The consumer's name; empty of a report and of an inquiry.
    consumer: String,
    /// The respondent's name.
    respondent: String,
    /// The division of the unit that has it.
    unit: String,
    received_on: String,
    /// The legal period that counts; absent where none binds the unit now.
    #[serde(skip_serializing_if = "Option::is_none")]
    period: Option<String>,
    /// The day to work to: the last counted one of the period, and where the calendar of a
    /// year is not published the earliest it can be; absent while the period is paused.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_on: Option<String>,
    /// The day since which nothing of it waits for the unit; absent where something does.
    #[serde(skip_serializing_if = "Option::is_none")]
    over_on: Option<String>,
    /// Absent of what is over.
    #[serde(skip_serializing_if = "Option::is_none")]
    band: Option<Band>,
}

/// The files of the unit's subtree that wait for an act of the authority, most
/// urgent first; for officers and the operator.
#[utoipa::path(get, path = "/work", tag = "work", params(Filters, Page),
    responses((status = 200, body = Work), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(wanted): Query<Wanted>,
) -> Result<Json<Work>, Problem> {
    let subtree = subtree(&principal)?;
    let (given, page) = (wanted.filters, wanted.page);
    let filters = match &page.view {
        Some(view) => given.or(views::named(&app, &principal, view).await?),
        None => given,
    };
    let (rules, bands) = (app.rules(), bands(&app));
    filters
        .check(subtree, rules.categories())
        .map_err(|(name, text)| Problem::parameter(name, text))?;
    let today = civil_date(app.clock().now());
    let filter = of_caller(
        &principal,
        filters.wanted(subtree, &bands, today, rules.categories()),
    );
    let limit = page.limit.unwrap_or(50);
    let page = app.store().work(&filter, page.next, limit).await?;
    Ok(Json(Work {
        files: page.items.into_iter().map(|it| file(it, &bands)).collect(),
        next: page.next.map(cursor),
    }))
}

fn file(item: WorkItem, bands: &Bands) -> File {
    File {
        number: item.number,
        kind: item.kind,
        phase: item.phase,
        category: item.category,
        consumer: item.consumer_name,
        respondent: item.respondent_name,
        unit: item.unit,
        received_on: item.received_on.to_string(),
        period: item.period,
        due_on: item.due_on.map(|day| day.to_string()),
        band: item.over_on.is_none().then(|| bands.of(item.due_on)),
        over_on: item.over_on.map(|day| day.to_string()),
    }
}
