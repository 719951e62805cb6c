//! Officers and their posts: entered by the operator, with all that ever was.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::validate;
use hejie_domain::day::strict_date;
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::officers::{NewPost, Officer, OfficerRole};
use jiff::civil::Date;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(put, show))
        .routes(routes!(begin))
        .routes(routes!(end))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Named {
    name: String,
}

/// Enters an officer, or gives her another name; what she did keeps the old one.
#[utoipa::path(put, path = "/officers/{id}", tag = "officers", request_body = Named,
    params(("id" = String, Path, description = "The officer's id: 1 to 64 characters of `a-z 0-9 - _ .`")),
    responses((status = 200, body = Officer)))]
async fn put(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<Named>,
) -> Result<Json<Officer>, Problem> {
    principal.require_operator()?;
    validate::key("/id", &id).map_err(|_| Problem::not_found())?;
    let found: Option<(Officer, u64)> = app.store().officer(&id).await?;
    let (officer, revision) = match found {
        None => (Officer::new(&id, &value.name)?, 0),
        Some((mut officer, revision)) => {
            officer.rename(&value.name)?;
            (officer, revision)
        }
    };
    app.store().put_officer(&id, &officer, revision).await?;
    Ok(Json(officer))
}

/// An officer with all posts she ever held.
#[utoipa::path(get, path = "/officers/{id}", tag = "officers",
    params(("id" = String, Path, description = "The officer's id")),
    responses((status = 200, body = Officer), (status = 404)))]
async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Officer>, Problem> {
    principal.require_operator()?;
    let (officer, _) = found(&app, &id).await?;
    Ok(Json(officer))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Beginning {
    #[schema(value_type = String, pattern = "^[0-9]{6}(-[0-9]{2})?$")]
    unit: UnitId,
    role: OfficerRole,
    /// The first day, in Shanghai.
    #[serde(with = "strict_date")]
    #[schema(value_type = String, format = Date)]
    from: Date,
}

/// Begins a post. In a unit she holds one at a time.
#[utoipa::path(post, path = "/officers/{id}/posts", tag = "officers", request_body = Beginning,
    params(("id" = String, Path, description = "The officer's id")),
    responses((status = 201, body = Officer),
              (status = 409, description = "She holds a post in that unit then")))]
async fn begin(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<Beginning>,
) -> Result<(StatusCode, Json<Officer>), Problem> {
    principal.require_operator()?;
    let (mut officer, revision) = found(&app, &id).await?;
    let post = NewPost {
        unit: value.unit,
        role: value.role,
        from: value.from,
    };
    officer.begin(post, civil_date(app.clock().now()), &app.rules())?;
    app.store().put_officer(&id, &officer, revision).await?;
    Ok((StatusCode::CREATED, Json(officer)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct End {
    /// The last day, in Shanghai.
    #[serde(with = "strict_date")]
    #[schema(value_type = String, format = Date)]
    until: Date,
}

/// Ends a post with its last day; who has no other can do nothing after it.
#[utoipa::path(post, path = "/officers/{id}/posts/{seq}/end", tag = "officers", request_body = End,
    params(("id" = String, Path, description = "The officer's id"),
           ("seq" = u32, Path, description = "The post's number")),
    responses((status = 200, body = Officer), (status = 409, description = "It has an end already")))]
async fn end(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path((id, seq)): Path<(String, String)>,
    Body { value, .. }: Body<End>,
) -> Result<Json<Officer>, Problem> {
    principal.require_operator()?;
    let seq = seq.parse().map_err(|_| Problem::not_found())?;
    let (mut officer, revision) = found(&app, &id).await?;
    officer.end(seq, value.until, civil_date(app.clock().now()))?;
    app.store().put_officer(&id, &officer, revision).await?;
    Ok(Json(officer))
}

async fn found(app: &App, id: &str) -> Result<(Officer, u64), Problem> {
    let found = app.store().officer(id).await?;
    found.ok_or_else(Problem::not_found)
}
