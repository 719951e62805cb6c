//! Disputes that share something with this one: a suggestion, which an officer weighs.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::time::civil_date;
use hejie_store::{Alike, Trait};
use jiff::ToSpan;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::ToSchema;

use super::visible;
use crate::address::Path;
use crate::app::App;
use crate::auth::{Principal, subtree_of};
use crate::kept::case::likeness;
use crate::problem::Problem;

/// How far back is looked, in days.
pub const YEAR: i64 = 365;
/// Disputes shown of one trait, at the most.
const SHOWN: u32 = 20;

#[derive(Serialize, ToSchema)]
pub struct Similar {
    pub shared: Vec<Shared>,
}

#[derive(Serialize, ToSchema)]
pub struct Shared {
    /// `purchase`, `identity`, `person`, `place`, `operator-and-category` or `operator`; of a
    /// report `reported-breach` or `reported`.
    by: &'static str,
    /// In the last 365 days, with those at other units; this one is not counted.
    count: u64,
    /// The newest of the officer's own units, at most 20, among the newest 2,000.
    files: Vec<SharedFile>,
}

#[derive(Serialize, ToSchema)]
struct SharedFile {
    number: String,
    phase: String,
    category: String,
    filed_on: String,
}

/// Disputes that share the purchase, the person, her place or the operator with this
/// one; for officers. What is alike is a suggestion: to link it is theirs.
#[utoipa::path(get, path = "/cases/{number}/similar", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Similar), (status = 403), (status = 404)))]
pub async fn similar(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Similar>, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    let digits = of_officer(&principal)?;
    let likeness = likeness(&loaded.file);
    let mut shared = Vec::new();
    for of in [
        Trait::Purchase,
        Trait::Identity,
        Trait::Person,
        Trait::Place,
        Trait::OperatorAndCategory,
        Trait::Operator,
    ] {
        let Some(value) = likeness.of(of) else {
            continue;
        };
        let others = others_alike(&app, loaded.file.received_on, of, value).await?;
        let found = alike(&app, &loaded.id, (of, value), digits).await?;
        shared.push(Shared::of(of, others, found));
    }
    Ok(Json(Similar { shared }))
}

impl Shared {
    pub fn of(of: Trait, count: u64, found: Vec<Alike>) -> Shared {
        let files = found.into_iter().map(|it| SharedFile {
            number: it.number,
            phase: it.phase,
            category: it.category,
            filed_on: it.filed_on,
        });
        Shared {
            by: of.name(),
            count,
            files: files.collect(),
        }
    }
}

/// Of the units that the officer sees, without the file itself.
pub async fn alike(
    app: &App,
    case_id: &str,
    shared: (Trait, &str),
    digits: &str,
) -> Result<Vec<Alike>, Problem> {
    let from = days_ago(app, YEAR);
    let found = app.store().alike(case_id, shared, from, digits, SHOWN);
    Ok(found.await?)
}

pub fn of_officer(principal: &Principal) -> Result<&str, Problem> {
    match principal {
        Principal::Officer { unit, .. } => Ok(subtree_of(unit)),
        _ => Err(Problem::forbidden()),
    }
}

/// How many others of the last year share this, wherever they are; `received_on` is the
/// day of the one that is not counted.
pub async fn others_alike(
    app: &App,
    received_on: Date,
    of: Trait,
    value: &str,
) -> Result<u64, Problem> {
    let from = days_ago(app, YEAR);
    let count = app.store().count_alike(of, value, from).await?;
    Ok(count.saturating_sub(u64::from(received_on >= from)))
}

pub fn days_ago(app: &App, days: i64) -> Date {
    let today = civil_date(app.clock().now());
    today.checked_sub(days.days()).unwrap_or(Date::MIN)
}
