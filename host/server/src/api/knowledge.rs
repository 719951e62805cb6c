//! The knowledge base of answered questions: everybody may look, officers write.

use axum::Json;
use axum::extract::State;
use hejie_domain::case::validate;
use hejie_domain::knowledge::{Article, Writing};
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::address::{Given, Parameters, Path, Query};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

/// So many are searched in memory within milliseconds.
const MOST: u32 = 10_000;
/// Found at once, at the most.
pub const FOUND: usize = 10;
const MAX_QUESTION: usize = 500;
const MAX_ANSWER: usize = 5_000;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(find))
        .routes(routes!(show, put))
        .routes(routes!(versions))
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
struct Asked {
    /// The question, in whatever words.
    #[param(max_length = 500)]
    q: String,
}

impl Parameters for Asked {
    const NAMES: &'static [&'static str] = &["q"];

    fn read(given: &Given) -> Result<Asked, Problem> {
        let long = Text::new("invalid-too-long").arg("limit", MAX_QUESTION as u64);
        let missing = || Problem::parameter("q", Text::new("invalid-missing"));
        let asked = given.get(
            "q",
            |text| Some(text.to_owned()),
            Text::new("invalid-missing"),
        )?;
        let asked = asked.filter(|it| !it.is_empty()).ok_or_else(missing)?;
        let fits = asked.chars().count() <= MAX_QUESTION;
        match fits {
            true => Ok(Asked { q: asked }),
            false => Err(Problem::parameter("q", long)),
        }
    }
}

#[derive(Serialize, ToSchema)]
struct Found {
    articles: Vec<Article>,
}

/// The answered questions that are most like this one, at most 10.
#[utoipa::path(get, path = "/knowledge", tag = "inquiries", params(Asked),
    responses((status = 200, body = Found)))]
async fn find(
    State(app): State<App>,
    principal: Principal,
    Query(asked): Query<Asked>,
) -> Json<Found> {
    let knowledge = app.knowledge();
    let found = knowledge.like(&asked.q, FOUND).into_iter();
    Json(Found {
        articles: found.map(|it| told(it, &principal)).collect(),
    })
}

/// Which officer wrote it is for officers.
fn told(article: &Article, principal: &Principal) -> Article {
    let shows = matches!(principal, Principal::Officer { .. });
    Article {
        written: article.written.clone().filter(|_| shows),
        ..article.clone()
    }
}

/// An answered question, retired or not.
#[utoipa::path(get, path = "/knowledge/{id}", tag = "inquiries",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Article), (status = 404)))]
async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Article>, Problem> {
    let knowledge = app.knowledge();
    let article = knowledge.get(&id).ok_or_else(Problem::not_found)?;
    Ok(Json(told(article, &principal)))
}

/// What an answered question said in each of its versions, the oldest first, with who wrote
/// it; for officers.
#[utoipa::path(get, path = "/knowledge/{id}/versions", tag = "inquiries",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, body = Found), (status = 403), (status = 404)))]
async fn versions(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Found>, Problem> {
    if !matches!(principal, Principal::Officer { .. }) {
        return Err(Problem::forbidden());
    }
    let versions: Vec<(Article, u64)> = app.store().knowledge_versions(&id).await?;
    if versions.is_empty() {
        return Err(Problem::not_found());
    }
    let versions = versions.into_iter();
    Ok(Json(Found {
        articles: versions.map(|(it, revision)| it.at(revision)).collect(),
    }))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Written {
    question: String,
    answer: String,
    /// The law the answer rests on.
    law: Option<String>,
    /// It no longer holds.
    #[serde(default)]
    retired: bool,
    /// The revision that this is written in the place of; absent for a new one.
    revision: Option<u64>,
}

/// Writes an answered question, or a new version of it in the place of the one that was read;
/// for officers. What it said before stays among its versions.
#[utoipa::path(put, path = "/knowledge/{id}", tag = "inquiries", request_body = Written,
    params(("id" = String, Path, description = "1 to 64 characters of `a-z 0-9 - _ .`")),
    responses((status = 200, body = Article), (status = 403),
              (status = 409, description = "Another version was written first"), (status = 422)))]
async fn put(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
    _: WithoutKey,
    Body { value, .. }: Body<Written>,
) -> Result<Json<Article>, Problem> {
    let Principal::Officer { name, unit, .. } = principal else {
        return Err(Problem::forbidden());
    };
    validate::key("/id", &id)?;
    validate::prose("/question", &value.question, MAX_QUESTION)?;
    validate::prose("/answer", &value.answer, MAX_ANSWER)?;
    if let Some(law) = &value.law {
        validate::line("/law", law, 200)?;
    }
    let before = value.revision.unwrap_or(0);
    let written = Writing {
        by: name,
        unit,
        at: app.clock().now(),
    };
    let article = Article {
        id,
        question: value.question,
        answer: value.answer,
        law: value.law,
        retired: value.retired,
        revision: before.saturating_add(1),
        written: Some(written),
    };
    let put = app
        .store()
        .put_knowledge(&article.id, &article, before, MOST);
    if !put.await? {
        let text = Text::new("invalid-too-many").arg("limit", u64::from(MOST));
        return Err(Problem::invalid("/id", text));
    }
    let refreshed = app.refresh().await;
    refreshed.map_err(|fault| Problem::internal(&fault))?;
    Ok(Json(article))
}
