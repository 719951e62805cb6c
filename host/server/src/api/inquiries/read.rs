//! Reading inquiries.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::Actor;
use hejie_domain::inquiry::Inquiry;
use hejie_domain::knowledge::Article;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::address::{Path, Query};
use crate::api::access::{for_officers, reached};
use crate::api::cases::show::After;
use crate::api::cases::view::clocks_of;
use crate::api::entries;
use crate::api::knowledge::FOUND;
use crate::api::listing::{self, Files, Page};
use crate::app::App;
use crate::auth::Principal;
use crate::problem::Problem;

/// The inquiries of the officer's unit and those below it, newest first; or one's own.
#[utoipa::path(get, path = "/inquiries", tag = "inquiries", params(Page),
    responses((status = 200, body = Files), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Query(page): Query<Page>,
) -> Result<Json<Files>, Problem> {
    listing::list::<Inquiry>(&app, &principal, page)
        .await
        .map(Json)
}

/// The inquiry with its answers; how to reach who asked is shown to the handling unit.
#[utoipa::path(get, path = "/inquiries/{number}", tag = "inquiries",
    params(("number" = String, Path, description = "The number of the inquiry")),
    responses((status = 200, body = Object), (status = 404)))]
pub async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Value>, Problem> {
    let (loaded, actor) = reached::<Inquiry>(&app, &principal, &number).await?;
    let inquiry = &loaded.file;
    let is_officer = matches!(actor, Actor::Officer { .. });
    let mut shown = json!({
        "number": inquiry.number,
        "version": inquiry.version,
        "phase": inquiry.phase,
        "received_on": inquiry.received_on,
        "filing": inquiry.filing,
        "unit": inquiry.unit,
        "clocks": clocks_of(&inquiry.clocks, is_officer),
        "questions": inquiry.questions,
        "answers": inquiry.answers,
        "closing": inquiry.closing,
    });
    if let Actor::Officer { unit, .. } = &actor {
        shown["moves"] = json!(inquiry.moves);
        shown["supervisions"] = json!(inquiry.supervisions);
        shown["extensions"] = json!(inquiry.extensions);
        shown["parts"] = json!(inquiry.parts);
        if *unit == inquiry.unit.as_str() {
            shown["contact"] = json!(app.store().identity(&inquiry.asker).await?);
        }
    }
    Ok(Json(shown))
}

/// What happened, in order; for officers. At most 500 at a time.
#[utoipa::path(get, path = "/inquiries/{number}/timeline", tag = "inquiries",
    params(("number" = String, Path, description = "The number of the inquiry"), After),
    responses((status = 200, body = Vec<Object>), (status = 403), (status = 404)))]
pub async fn timeline(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
    Query(page): Query<After>,
) -> Result<Json<Vec<Value>>, Problem> {
    let told = entries::timeline::<Inquiry>(&app, &principal, &number, page);
    told.await.map(Json)
}

#[derive(Serialize, ToSchema)]
pub struct Known {
    articles: Vec<Article>,
}

/// The answered questions that are most like this inquiry; for officers.
#[utoipa::path(get, path = "/inquiries/{number}/knowledge", tag = "inquiries",
    params(("number" = String, Path, description = "The number of the inquiry")),
    responses((status = 200, body = Known), (status = 404)))]
pub async fn knowledge(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Known>, Problem> {
    let loaded = for_officers::<Inquiry>(&app, &principal, &number).await?;
    let asked = loaded.file.questions.last();
    let asked = asked.unwrap_or(&loaded.file.filing.text);
    let knowledge = app.knowledge();
    let articles = knowledge.like(asked, FOUND).into_iter().cloned();
    Ok(Json(Known {
        articles: articles.collect(),
    }))
}
