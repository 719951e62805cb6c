//! Filings that officers have begun: kept as they grow, taken over in the middle of a
//! call, filed or discarded.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::identity::{IdentityCheck, Person};
use hejie_domain::case::{Actor, Filing};
use hejie_domain::drafts::{Draft, DraftIdentity, FIELDS};
use hejie_domain::text::Text;
use hejie_store::DraftRow;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;
use uuid::Uuid;

use super::cases::receipt::Once;
use super::filings::{Filed, NewFiling, answer, open};
use super::once::WithoutKey;
use super::receiving::By;
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::{Body, read_value};
use crate::commit::Extras;
use crate::identity::TypedNumber;
use crate::members::without;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(begin, list))
        .routes(routes!(show, save, discard))
        .routes(routes!(take_over))
        .routes(routes!(identify))
        .routes(routes!(submit))
}

/// The longest list; a unit with more has old ones to see to.
const MOST: u32 = 200;

/// A draft with the version that a change is made on; of identities it shows whose were
/// confirmed, and no token.
#[derive(Serialize, ToSchema)]
struct Versioned {
    version: u64,
    #[serde(flatten)]
    #[schema(value_type = Draft)]
    draft: Value,
}

impl Versioned {
    fn of(draft: &Draft, version: u64) -> Versioned {
        let mut shown = json!(draft);
        if let Some(Value::Array(identities)) = shown.get_mut("identities") {
            let hidden = ["token", "name"];
            identities.iter_mut().for_each(|it| without(it, &hidden));
        }
        Versioned {
            version,
            draft: shown,
        }
    }
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Beginning {
    /// Any part of what `POST /filings` takes.
    #[schema(value_type = Object)]
    content: Value,
}

/// Begins a draft.
#[utoipa::path(post, path = "/drafts", tag = "intake", request_body = Beginning,
    responses((status = 201, body = Versioned), (status = 422, description = "A field is wrong")))]
async fn begin(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<Beginning>,
) -> Result<(StatusCode, Json<Versioned>), Problem> {
    let (id, now) = (Uuid::now_v7().to_string(), app.clock().now());
    let draft = Draft::begin(id, value.content, &principal.actor(), now)?;
    let begun = kept(&app, draft, 0).await?;
    Ok((StatusCode::CREATED, Json(begun)))
}

/// The open drafts of the officer's unit, the latest change first; at most 200.
#[utoipa::path(get, path = "/drafts", tag = "intake", responses((status = 200, body = Vec<Versioned>)))]
async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Vec<Versioned>>, Problem> {
    let (actor, unit) = (principal.actor(), principal.unit());
    let unit = unit.ok_or_else(Problem::forbidden)?;
    let found: Vec<(Draft, u64)> = app.store().open_drafts(unit.as_str(), MOST).await?;
    let visible = found.into_iter().filter(|(it, _)| it.is_visible_to(&actor));
    let listed = visible.map(|(draft, version)| Versioned::of(&draft, version));
    Ok(Json(listed.collect()))
}

/// A draft, for the officers of its unit.
#[utoipa::path(get, path = "/drafts/{id}", tag = "intake",
    params(("id" = String, Path, description = "The draft's id")),
    responses((status = 200, body = Versioned), (status = 404)))]
async fn show(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<Json<Versioned>, Problem> {
    let (draft, version) = visible(&app, &principal.actor(), &id).await?;
    Ok(Json(Versioned::of(&draft, version)))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Content {
    /// The version that was read; another is refused.
    version: u64,
    /// All of the new content.
    #[schema(value_type = Object)]
    content: Value,
}

/// Puts other content in the place of a draft's; whoever holds it does.
#[utoipa::path(put, path = "/drafts/{id}", tag = "intake", request_body = Content,
    params(("id" = String, Path, description = "The draft's id")),
    responses((status = 200, body = Versioned),
              (status = 409, description = "Another has it, or it has changed meanwhile")))]
async fn save(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<Content>,
) -> Result<Json<Versioned>, Problem> {
    let actor = principal.actor();
    let (mut draft, version) = visible(&app, &actor, &id).await?;
    draft.save(value.content, &actor)?;
    same(version, value.version)?;
    Ok(Json(kept(&app, draft, version).await?))
}

/// Goes on with a draft that another officer of the unit holds; that is recorded.
#[utoipa::path(post, path = "/drafts/{id}/takeover", tag = "intake",
    params(("id" = String, Path, description = "The draft's id")),
    responses((status = 200, body = Versioned), (status = 409, description = "It is hers already, or over")))]
async fn take_over(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
) -> Result<Json<Versioned>, Problem> {
    let actor = principal.actor();
    let (mut draft, version) = visible(&app, &actor, &id).await?;
    draft.take_over(&actor, app.clock().now())?;
    Ok(Json(kept(&app, draft, version).await?))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Identification {
    /// The version that was read; another is refused.
    version: u64,
    of: Person,
    id_number: TypedNumber,
}

/// Asks whether a number and the name that the draft has of a person are one person's. The
/// number is not kept, and no part of what is confirmed changes with the draft.
#[utoipa::path(post, path = "/drafts/{id}/identities", tag = "intake", request_body = Identification,
    params(("id" = String, Path, description = "The draft's id")),
    responses((status = 200, body = Versioned), (status = 422, description = "Not confirmed, or no such person"),
              (status = 409, description = "Another has it, or it has changed meanwhile"),
              (status = 503, description = "No answer is to be had now")))]
async fn identify(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
    Body { value, .. }: Body<Identification>,
) -> Result<Json<Versioned>, Problem> {
    let actor = principal.actor();
    let (mut draft, version) = visible(&app, &actor, &id).await?;
    draft.held_by(&actor)?;
    same(version, value.version)?;
    let nobody = || Problem::invalid("/of", Text::new("invalid-unknown-value"));
    let name = draft.name_of(value.of).ok_or_else(nobody)?;
    let number = value.id_number.read("/id_number")?;
    let proof = app.prove(name, &number).await?.ok_or_else(|| {
        let text = Text::new("invalid-identity-not-confirmed");
        Problem::invalid("/id_number", text)
    })?;
    let confirmed = DraftIdentity {
        of: value.of,
        method: proof.method.to_owned(),
        token: proof.token,
        name: proof.name,
        at: app.clock().now(),
    };
    draft.confirm(confirmed, &actor)?;
    Ok(Json(kept(&app, draft, version).await?))
}

/// Discards a draft: what it held is gone, who had it and when stays.
#[utoipa::path(delete, path = "/drafts/{id}", tag = "intake",
    params(("id" = String, Path, description = "The draft's id")),
    responses((status = 204), (status = 409, description = "Another has it, or it is over")))]
async fn discard(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    let actor = principal.actor();
    let (mut draft, version) = visible(&app, &actor, &id).await?;
    draft.discard(&actor, app.clock().now())?;
    kept(&app, draft, version).await?;
    Ok(StatusCode::NO_CONTENT)
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Submission {
    /// The version that is to be filed; another is refused.
    version: u64,
}

/// Files the draft as what it holds, in one step with its end. Faults name the fields of
/// its content. A report or a question without a complaint gets a token for whom it is of,
/// and then no `Idempotency-Key` is taken.
#[utoipa::path(post, path = "/drafts/{id}/submission", tag = "intake", request_body = Submission,
    params(("id" = String, Path, description = "The draft's id"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Filed), (status = 422, description = "A field is missing or wrong")))]
async fn submit(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(id): Path<String>,
    Body { value, bytes }: Body<Submission>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    let actor = principal.actor();
    let (draft, version) = visible(&app, &actor, &id).await?;
    draft.held_by(&actor)?;
    same(version, value.version)?;
    let brought: NewFiling = read_value(&draft.content).map_err(in_content)?;
    let by = By::of(&principal);
    let mut matter = brought.matter(&by).map_err(in_content)?;
    request.needs_no_token(matter.has_token(&by))?;
    matter.check(&app).await.map_err(in_content)?;
    let confirmed = |filing: &Filing| confirmed(&app, &draft, filing);
    matter.identify(&app, &by, confirmed).await?;
    let keep = |opened: &Filed| {
        let mut filed = draft.clone();
        filed.filed(opened.receipt.number.clone(), app.clock().now());
        Extras {
            // A draft is made of texts: it always has a JSON form.
            draft: row(&app, &filed, version).ok(),
            idempotency: request.keep(&app, StatusCode::CREATED, opened),
            ..Extras::default()
        }
    };
    answer(open(&app, &by, &matter, keep).await).map_err(in_content)
}

/// What was confirmed while it was entered, beside the names that are filed now. A person
/// who is in it no more is left out.
fn confirmed(app: &App, draft: &Draft, filing: &Filing) -> Vec<IdentityCheck> {
    let checks = draft.identities.iter().filter_map(|confirmed| {
        let name = filing.name_of(confirmed.of)?;
        Some(IdentityCheck {
            of: confirmed.of,
            method: confirmed.method.clone(),
            token: Some(confirmed.token.clone()),
            same_name: Some(app.identity_secret().name(name) == confirmed.name),
        })
    });
    checks.collect()
}

fn in_content(problem: Problem) -> Problem {
    problem.within("/content", &FIELDS)
}

/// The draft with its version, where it is the caller's to see.
async fn visible(app: &App, actor: &Actor, id: &str) -> Result<(Draft, u64), Problem> {
    let found: Option<(Draft, u64)> = app.store().draft(id).await?;
    found
        .filter(|(draft, _)| draft.is_visible_to(actor))
        .ok_or_else(Problem::not_found)
}

fn same(now: u64, read: u64) -> Result<(), Problem> {
    match now == read {
        true => Ok(()),
        false => Err(Problem::conflict()),
    }
}

async fn kept(app: &App, draft: Draft, version: u64) -> Result<Versioned, Problem> {
    app.store().put_draft(row(app, &draft, version)?).await?;
    Ok(Versioned::of(&draft, version + 1))
}

fn row(app: &App, draft: &Draft, version: u64) -> Result<DraftRow, Problem> {
    Ok(DraftRow {
        id: draft.id.clone(),
        unit: draft.unit.to_string(),
        is_open: draft.is_open(),
        version,
        document: serde_json::to_string(draft).map_err(|fault| Problem::internal(&fault))?,
        at: app.clock().now(),
    })
}
