//! Whom to call: the call list of follow-up visits, in full or by a draw that
//! anybody can repeat (service rule 7).

use axum::Json;
use axum::extract::State;
use hejie_domain::case::visit::draw;
use hejie_domain::day;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::text::Text;
use jiff::civil::Date;
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::address::{Given, Parameters, Query};
use crate::app::App;
use crate::auth::{Principal, work_of};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(calls))
}

/// Files a draw is made from, at the most.
const MAX_FILES: u32 = 10_000;
/// Calls on a list, at the most.
const MAX_CALLS: usize = 500;

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Wanted {
    /// Files that were closed or refused on this day or later.
    #[param(value_type = String, format = Date)]
    from: Date,
    /// And on this day or earlier.
    #[param(value_type = String, format = Date)]
    to: Date,
    /// 1 to 100; 100 where nothing is said: all of them.
    #[param(minimum = 1, maximum = 100)]
    share_percent: Option<u32>,
    /// Whatever the draw is made with, for instance the month; published beside it.
    #[param(max_length = 64)]
    seed: Option<String>,
}

impl Parameters for Wanted {
    const NAMES: &'static [&'static str] = &["from", "to", "share_percent", "seed"];

    fn read(given: &Given) -> Result<Wanted, Problem> {
        let malformed = || Text::new("invalid-date-form");
        let share = |text: &str| text.parse().ok().filter(|share| (1..=100).contains(share));
        let seed = |text: &str| (text.chars().count() <= 64).then(|| text.to_owned());
        let range = Text::new("invalid-range").arg("least", 1).arg("most", 100);
        let named = |name| {
            let day = given.get(name, |text| day::parse(text).ok(), malformed())?;
            day.ok_or_else(|| Problem::parameter(name, Text::new("invalid-missing")))
        };
        Ok(Wanted {
            from: named("from")?,
            to: named("to")?,
            share_percent: given.get("share_percent", share, range)?,
            seed: given.get("seed", seed, Text::new("invalid-too-long").arg("limit", 64))?,
        })
    }
}

#[derive(Serialize, ToSchema)]
struct CallList {
    /// Files that were closed or refused in these days.
    files: usize,
    seed: String,
    share_percent: u32,
    calls: Vec<Call>,
}

#[derive(Serialize, ToSchema)]
struct Call {
    number: String,
    name: String,
    phone: String,
    unit: String,
    closing: String,
    /// Calls that were made already.
    visits: usize,
}

/// The files of the officer's units that were closed or refused in these days, drawn by
/// the seed.
#[utoipa::path(get, path = "/visits/calls", tag = "visits", params(Wanted),
    responses((status = 200, body = CallList), (status = 422, description = "Too many files")))]
async fn calls(
    State(app): State<App>,
    principal: Principal,
    Query(wanted): Query<Wanted>,
) -> Result<Json<CallList>, Problem> {
    let numbers = ended(&app, &principal, &wanted).await?;
    let (files, seed) = (numbers.len(), wanted.seed.unwrap_or_default());
    let share_percent = wanted.share_percent.unwrap_or(100);
    let drawn = draw(numbers, &seed, share_percent);
    if drawn.len() > MAX_CALLS {
        return Err(too_many("share_percent", MAX_CALLS));
    }
    let mut calls = Vec::with_capacity(drawn.len());
    for number in drawn {
        calls.extend(call(&app, &number).await?);
    }
    Ok(Json(CallList {
        files,
        seed,
        share_percent,
        calls,
    }))
}

fn too_many(name: &str, limit: usize) -> Problem {
    let text = Text::new("invalid-too-many").arg("limit", limit as u64);
    Problem::parameter(name, text)
}

async fn ended(
    app: &App,
    principal: &Principal,
    wanted: &Wanted,
) -> Result<Vec<CaseNumber>, Problem> {
    let digits = work_of(principal).ok_or_else(Problem::forbidden)?;
    let (from, to) = (wanted.from, wanted.to);
    let store = app.store();
    let found = store.ended_complaints(digits, from, to, MAX_FILES + 1);
    let found = found.await?;
    if found.len() > MAX_FILES as usize {
        return Err(too_many("to", MAX_FILES as usize));
    }
    let numbers = found.iter().filter_map(|number| number.parse().ok());
    Ok(numbers.collect())
}

async fn call(app: &App, number: &CaseNumber) -> Result<Option<Call>, Problem> {
    let Some(loaded) = app.case_by_number(&number.to_string()).await? else {
        return Ok(None);
    };
    let case = loaded.file;
    let unit = case.complaint.as_ref().map(|it| it.unit.to_string());
    let consumer = &case.filing.consumer;
    let closing = serde_json::to_value(case.closing).unwrap_or_default();
    Ok(Some(Call {
        number: case.number.to_string(),
        name: consumer.name.clone(),
        phone: consumer.phone.to_string(),
        unit: unit.unwrap_or_default(),
        closing: closing.as_str().unwrap_or("refused").to_owned(),
        visits: case.visits.len(),
    }))
}
