//! Saved views: an officer's own filters, by a name of her choice.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use serde::Serialize;
use utoipa::ToSchema;

use super::filters::Filters;
use super::subtree;
use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

/// The views that one officer may have.
const MAX_VIEWS: u32 = 50;
/// Characters of a view's name.
const MAX_NAME: usize = 32;

#[derive(Serialize, ToSchema)]
pub struct View {
    name: String,
    filters: Filters,
}

/// The caller's own views, by their names.
#[utoipa::path(get, path = "/work/views", tag = "work",
    responses((status = 200, body = Vec<View>), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Vec<View>>, Problem> {
    subtree(&principal)?;
    let views = app.store().views(&principal.key()).await?;
    let views = views.into_iter();
    let view = |(name, filters)| View { name, filters };
    Ok(Json(views.map(view).collect()))
}

/// One of the caller's own views.
#[utoipa::path(get, path = "/work/views/{name}", tag = "work",
    params(("name" = String, Path, description = "The view's name")),
    responses((status = 200, body = Filters), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(name): Path<String>,
) -> Result<Json<Filters>, Problem> {
    subtree(&principal)?;
    let found = app.store().view(&principal.key(), &name).await?;
    found.map(Json).ok_or_else(Problem::not_found)
}

/// Saves a view, in the place of one of the same name. A name has at most 32
/// characters, and an officer at most 50 views.
#[utoipa::path(put, path = "/work/views/{name}", tag = "work", request_body = Filters,
    params(("name" = String, Path, description = "The view's name")),
    responses((status = 204), (status = 409, description = "No more views"),
              (status = 422, description = "A filter is wrong")))]
pub async fn put(
    State(app): State<App>,
    principal: Principal,
    Path(name): Path<String>,
    _: WithoutKey,
    Body { value: filters, .. }: Body<Filters>,
) -> Result<StatusCode, Problem> {
    let subtree = subtree(&principal)?;
    validate::line("", &name, MAX_NAME).map_err(|_| {
        let long = Text::new("invalid-too-long").arg("limit", MAX_NAME as u64);
        Problem::parameter("name", long)
    })?;
    filters
        .check(subtree, app.rules().categories())
        .map_err(|(name, text)| Problem::invalid(format!("/{name}"), text))?;
    let owner = principal.key();
    let kept = app.store().put_view(&owner, &name, &filters, MAX_VIEWS);
    match kept.await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::new(StatusCode::CONFLICT, "too-many-views")),
    }
}

/// Removes one of the caller's own views.
#[utoipa::path(delete, path = "/work/views/{name}", tag = "work",
    params(("name" = String, Path, description = "The view's name")),
    responses((status = 204), (status = 404)))]
pub async fn remove(
    State(app): State<App>,
    principal: Principal,
    Path(name): Path<String>,
) -> Result<StatusCode, Problem> {
    subtree(&principal)?;
    match app.store().remove_view(&principal.key(), &name).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found()),
    }
}

/// The view that a list is asked for by.
pub async fn named(app: &App, principal: &Principal, name: &str) -> Result<Filters, Problem> {
    let unknown = || Problem::parameter("view", Text::new("invalid-unknown-value"));
    // What is no name has no view; the store need not be asked.
    validate::line("", name, MAX_NAME).map_err(|_| unknown())?;
    let found = app.store().view(&principal.key(), name).await?;
    found.ok_or_else(unknown)
}
