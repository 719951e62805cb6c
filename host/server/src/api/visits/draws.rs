//! Draws: made once, read and repeated by whoever has the unit's files.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::time::civil_date;
use hejie_domain::case::{Actor, Refusal};
use hejie_domain::identifiers::unit_id::UnitId;
use hejie_domain::text::Text;
use hejie_domain::visits::{Population, Wanted};
use hejie_store::{DrawPlace, StoreError, StoredDraw};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use uuid::Uuid;

use super::ended::ended;
use crate::address::{Given, Parameters, Path, Query};
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::{Principal, subtree_of, work_of};
use crate::body::Body;
use crate::problem::Problem;
use crate::visits::{Draw, Repetition, all_places, make, repeat};

/// Draws a page shows where nothing is said.
const PAGE: u32 = 50;
/// Files a page shows where nothing is said.
const FILES: u32 = 200;
const ACTION: &str = "draw-visits";

/// Draws whom to ask of the files of the officer's unit and those below it that were over on
/// these days: by the rule of the day, and by a seed that nobody picks. A unit draws once
/// from a day; all of the files may be taken at any time.
#[utoipa::path(post, path = "/visits/draws", tag = "visits", request_body = Wanted,
    responses((status = 201, body = Draw), (status = 409, description = "Of one of these days the unit has drawn already"),
        (status = 422, description = "A field is wrong")))]
pub(super) async fn draw(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value: wanted, .. }: Body<Wanted>,
) -> Result<(StatusCode, Json<Draw>), Problem> {
    let (actor, unit) = drawing(&principal)?;
    let now = app.clock().now();
    wanted.check(civil_date(now))?;
    let rules = app.rules();
    let procedure = rules.procedure_on(civil_date(now));
    let procedure = procedure.ok_or_else(|| Refusal::NoRules {
        day: civil_date(now).to_string(),
    })?;
    let files = ended(&app, subtree_of(unit.as_str()), &wanted).await?;
    let population = Population::of(files, &procedure.visits, wanted.full);
    let of = (unit, procedure.version.clone());
    let made = make(wanted, &population, of, (actor, now), app.identity());
    let (draw, kept) = made.map_err(|fault| Problem::internal(&fault))?;
    match app.store().add_draw(kept).await {
        Ok(()) => Ok((StatusCode::CREATED, Json(draw))),
        Err(StoreError::Exists) => Err(Refusal::Repeated {
            what: "draw",
            id: format!("{} – {}", wanted.from, wanted.to),
        }
        .into()),
        Err(fault) => Err(fault.into()),
    }
}

/// The officer and her unit, where visits are of her role.
fn drawing(principal: &Principal) -> Result<(Actor, UnitId), Problem> {
    let Principal::Officer { role, unit, .. } = principal else {
        return Err(Problem::forbidden());
    };
    if !role.does(ACTION) {
        return Err(Refusal::OtherRole {
            action: ACTION,
            role: role.name(),
        }
        .into());
    }
    let unit = unit.parse().map_err(|_| Problem::forbidden())?;
    Ok((principal.actor(), unit))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Page {
    /// Where the page before ended: the last id.
    #[param(value_type = Option<String>, max_length = 36)]
    before: Option<Uuid>,
    /// 1 to 200; 50 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    limit: Option<u32>,
}

impl Parameters for Page {
    const NAMES: &'static [&'static str] = &["before", "limit"];

    fn read(given: &Given) -> Result<Page, Problem> {
        Ok(Page {
            before: given.before()?,
            limit: given.limit()?,
        })
    }
}

/// The draws of the officer's units, newest first.
#[utoipa::path(get, path = "/visits/draws", tag = "visits", params(Page),
    responses((status = 200, body = Vec<Draw>)))]
pub(super) async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Vec<Draw>>, Problem> {
    let digits = work_of(&principal).ok_or_else(Problem::forbidden)?;
    let before = page.before.map(|id| id.to_string());
    let limit = page.limit.unwrap_or(PAGE);
    let draws = app.store().draws(digits, before.as_deref(), limit).await?;
    let draws: Result<_, Problem> = draws.into_iter().map(read).collect();
    draws.map(Json)
}

/// A draw: from what, by which rule and seed, by whom and when.
#[utoipa::path(get, path = "/visits/draws/{id}", tag = "visits",
    params(("id" = String, Path, description = "The draw's id")),
    responses((status = 200, body = Draw), (status = 404)))]
pub(super) async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Draw>, Problem> {
    Ok(Json(visible(&app, &principal, &id).await?))
}

/// A file that a draw was made from, at its place.
#[derive(Serialize, ToSchema)]
pub(super) struct DrawnFile {
    place: u64,
    number: String,
    sample: String,
    drawn: bool,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub(super) struct Places {
    /// Where the page before ended: the last place.
    pub after: Option<u64>,
    /// 1 to 200; 200 where nothing is said.
    #[param(minimum = 1, maximum = 200)]
    pub limit: Option<u32>,
}

impl Parameters for Places {
    const NAMES: &'static [&'static str] = &["after", "limit"];

    fn read(given: &Given) -> Result<Places, Problem> {
        let place = |text: &str| text.parse::<u32>().ok().map(u64::from);
        Ok(Places {
            after: given.get("after", place, Text::new("invalid-cursor"))?,
            limit: given.limit()?,
        })
    }
}

/// All files that the draw was made from, in its order, page by page: with the rule and the
/// seed it can be repeated elsewhere.
#[utoipa::path(get, path = "/visits/draws/{id}/files", tag = "visits",
    params(("id" = String, Path, description = "The draw's id"), Places),
    responses((status = 200, body = Vec<DrawnFile>), (status = 404)))]
pub(super) async fn files(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
    Query(page): Query<Places>,
) -> Result<Json<Vec<DrawnFile>>, Problem> {
    visible(&app, &principal, &id).await?;
    let places = page_of(&app, &id, false, &page).await?.into_iter();
    let files = places.map(|it| DrawnFile {
        place: it.place,
        number: it.number,
        sample: it.sample,
        drawn: it.drawn,
    });
    Ok(Json(files.collect()))
}

/// Draws once more from what was kept, and says whether it came out the same.
#[utoipa::path(get, path = "/visits/draws/{id}/repetition", tag = "visits",
    params(("id" = String, Path, description = "The draw's id")),
    responses((status = 200, body = Repetition), (status = 404)))]
pub(super) async fn repetition(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Repetition>, Problem> {
    let draw = visible(&app, &principal, &id).await?;
    let places = all_places(app.store(), &draw.id).await?;
    Ok(Json(repeat(&draw, &places)))
}

pub(super) async fn page_of(
    app: &App,
    id: &str,
    drawn: bool,
    page: &Places,
) -> Result<Vec<DrawPlace>, Problem> {
    let (after, limit) = (page.after.unwrap_or(0), page.limit.unwrap_or(FILES));
    Ok(app.store().draw_places(id, drawn, after, limit).await?)
}

/// The draw, where its unit's files are the reader's.
pub(super) async fn visible(app: &App, principal: &Principal, id: &str) -> Result<Draw, Problem> {
    let digits = work_of(principal).ok_or_else(Problem::forbidden)?;
    let found = app.store().draw(id).await?;
    let found = found.filter(|it| it.unit.starts_with(digits));
    read(found.ok_or_else(Problem::not_found)?)
}

fn read(stored: StoredDraw) -> Result<Draw, Problem> {
    serde_json::from_value(stored.document).map_err(|fault| Problem::internal(&fault))
}
