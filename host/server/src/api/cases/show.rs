//! Reading a case: the whole, its timeline, its clocks.

use axum::Json;
use axum::extract::State;
use hejie_domain::text::Text;
use serde_json::{Value, json};
use utoipa::IntoParams;

use super::{undelivered, view, visible};
use crate::address::{Given, Parameters, Path, Query};
use crate::api::identity;
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// The case as its reader may see it.
#[utoipa::path(get, path = "/cases/{number}", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Object), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let mut shown = view::case(&loaded.file, &principal, &app.rules());
    // Whether somebody was verified is between her and the authority.
    if !view::hides_contact(&principal) {
        shown["identities"] = json!(identity::of_case(&app, &loaded.file, &principal).await?);
    }
    if view::is_of_authority(&principal) {
        shown["undelivered"] = json!(undelivered::of(&app, &loaded).await?);
    }
    Ok(Json(shown))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct After {
    /// Entries after this one; 0 where nothing is said.
    pub after: Option<u64>,
}

impl Parameters for After {
    const NAMES: &'static [&'static str] = &["after"];

    fn read(given: &Given) -> Result<After, Problem> {
        Ok(After {
            after: given.get("after", entry_number, Text::new("invalid-entry-number"))?,
        })
    }
}

/// The number of an entry; the store counts in signed numbers.
pub fn entry_number(text: &str) -> Option<u64> {
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    let number = text.parse::<i64>().ok().filter(|_| digits)?;
    u64::try_from(number).ok()
}

/// What happened, in order: who or what did what, and when. At most 500 at a time.
#[utoipa::path(get, path = "/cases/{number}/timeline", tag = "cases",
    params(("number" = String, Path, description = "The case number"), After),
    responses((status = 200, body = Vec<Object>)))]
pub async fn timeline(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
    Query(After { after }): Query<After>,
) -> Result<Json<Vec<Value>>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let entries = app
        .store()
        .entries(&loaded.id, after.unwrap_or(0), 500)
        .await?;
    let hidden = view::hidden_clocks(&loaded.file, &principal);
    let shown = entries
        .iter()
        .filter_map(|entry| view::entry(entry, &principal, &hidden));
    Ok(Json(shown.collect()))
}

/// Every clock with its arithmetic: rule, start, days not counted and why, end.
#[utoipa::path(get, path = "/cases/{number}/clocks", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Vec<Object>)))]
pub async fn clocks(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    Ok(Json(view::clocks(&loaded.file, &principal)))
}
