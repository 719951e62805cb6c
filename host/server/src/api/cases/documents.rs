//! The official documents of a file: drafted from it, issued, served, read.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hejie_documents::Document;
use hejie_domain::case::actor::Side;
use hejie_domain::case::document::{IssuedDocument, readers};
use hejie_domain::case::mediation::Means;
use hejie_domain::case::{Actor, Command};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_domain::units::Unit;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::command::{carry_out, command};
use super::receipt::{Once, Receipt, answer};
use super::visible;
use crate::act::{Done, Loaded};
use crate::address::Path;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Extras;
use crate::documents::{Desk, draw, fill, is_possible};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list_forms))
        .routes(routes!(draft))
        .routes(routes!(issue))
        .routes(routes!(show))
        .routes(routes!(page))
        .routes(routes!(paper))
        .routes(routes!(serve))
}

#[derive(Serialize, ToSchema)]
struct FormSummary {
    id: String,
    title: Value,
    /// In the official set of 2026.
    number: Option<u8>,
    /// Whether the file gives occasion for it now.
    possible: bool,
}

/// The forms of a file, and which of them can be issued now.
#[utoipa::path(get, path = "/cases/{number}/forms", tag = "documents",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Vec<FormSummary>)))]
async fn list_forms(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Json<Vec<FormSummary>>, Problem> {
    let loaded = for_officer(&app, &principal, &number).await?;
    let forms = app.forms();
    let summaries = forms.all().into_iter().map(|form| FormSummary {
        id: form.id.clone(),
        title: json!(form.title),
        number: form.number,
        possible: is_possible(&loaded.file, form),
    });
    Ok(Json(summaries.collect()))
}

/// A form with what the file already says; the rest is the officer's.
#[utoipa::path(get, path = "/cases/{number}/forms/{form}", tag = "documents",
    params(("number" = String, Path, description = "The case number"),
           ("form" = String, Path, description = "The form's id")),
    responses((status = 200, body = Object), (status = 404)))]
async fn draft(
    State(app): State<App>,
    principal: Principal,
    Path((number, form)): Path<(String, String)>,
) -> Result<Json<Value>, Problem> {
    let loaded = for_officer(&app, &principal, &number).await?;
    let forms = app.forms();
    let form = forms.get(&form).ok_or_else(Problem::not_found)?;
    let (actor, rules) = (principal.actor(), app.rules());
    let unit = unit_of(&actor, &rules)?;
    let desk = desk(&loaded, &unit, &rules, &actor, Side::Consumer)?;
    let values = fill(form, &desk, BTreeMap::new())?;
    Ok(Json(json!({"form": form, "values": values,
                   "possible": is_possible(&loaded.file, form)})))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct NewDocument {
    /// The form's id.
    form: String,
    /// `consumer` or `respondent`: to whom it is addressed; the consumer where nothing is said.
    #[schema(value_type = Option<String>)]
    to: Option<Side>,
    /// What the file does not say, and what an officer words anew.
    #[serde(default)]
    #[schema(value_type = Object)]
    values: BTreeMap<String, Value>,
}

/// Issues a document: numbered, drawn as PDF, hashed into the file.
#[utoipa::path(post, path = "/cases/{number}/documents", tag = "documents",
    request_body = NewDocument,
    params(("number" = String, Path, description = "The case number"),
           ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 200, body = Receipt), (status = 409, description = "Not possible in the case's present state"),
              (status = 422, description = "A field is wrong")))]
async fn issue(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Path(number): Path<String>,
    Body { value, bytes }: Body<NewDocument>,
) -> Result<Response, Problem> {
    let request = once.request(&principal, &bytes);
    let loaded = for_officer(&app, &principal, &number).await?;
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    let forms = app.forms();
    let unknown = |field| Problem::invalid(field, Text::new("invalid-unknown-value"));
    let form = forms.get(&value.form).ok_or_else(|| unknown("/form"))?;
    let to = value.to.unwrap_or(Side::Consumer);
    if !matches!(to, Side::Consumer | Side::Respondent) {
        return Err(unknown("/to"));
    }
    let (actor, rules) = (principal.actor(), app.rules());
    let unit = unit_of(&actor, &rules)?;
    let drawn = {
        let desk = desk(&loaded, &unit, &rules, &actor, to)?;
        draw(&app, form, &desk, value.values).await?
    };
    let command = Command::IssueDocument {
        form: value.form,
        number: drawn.document.number,
        content: drawn.content,
    };
    let attachments = drawn.attachments;
    let keep = |done: &Done| Extras {
        attachments: attachments.clone(),
        ..request.extras(&app, StatusCode::OK, done)
    };
    let done = app.act(loaded, &actor, command, keep).await;
    answer(StatusCode::OK, done)
}

/// What an issued document says.
#[utoipa::path(get, path = "/cases/{number}/documents/{seq}", tag = "documents",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number within the case")),
    responses((status = 200, body = Object), (status = 404)))]
async fn show(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable(&app, &principal, &number, &seq).await?;
    let body = bytes_of(&app, &loaded, &issued.content.values).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The document as a page.
#[utoipa::path(get, path = "/cases/{number}/documents/{seq}/page", tag = "documents",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number within the case")),
    responses((status = 200, body = String, content_type = "text/html"), (status = 404)))]
async fn page(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable(&app, &principal, &number, &seq).await?;
    let body = bytes_of(&app, &loaded, &issued.content.values).await?;
    let internal = |fault: &dyn std::fmt::Display| Problem::internal(fault);
    let document: Document = serde_json::from_slice(&body).map_err(|fault| internal(&fault))?;
    let forms = app.forms();
    let form = forms.get(&document.form).ok_or_else(Problem::not_found)?;
    let page = hejie_documents::html(form, &document).map_err(|fault| internal(&fault))?;
    let headers = [
        (header::CONTENT_TYPE, "text/html; charset=utf-8"),
        (header::CONTENT_SECURITY_POLICY, PAGE_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    Ok((headers, page).into_response())
}

/// A document runs nothing and fetches nothing; its own style is all it needs.
const PAGE_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// The document as it was issued, byte for byte: PDF.
#[utoipa::path(get, path = "/cases/{number}/documents/{seq}/pdf", tag = "documents",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number within the case")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404)))]
async fn paper(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable(&app, &principal, &number, &seq).await?;
    let body = bytes_of(&app, &loaded, &issued.content.pdf).await?;
    let name = format!(
        "inline; filename=\"{}-{}.pdf\"",
        loaded.file.number, issued.form
    );
    let headers: [(HeaderName, String); 2] = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Service {
    /// `consumer` or `respondent`.
    #[schema(value_type = String)]
    to: Side,
    means: Means,
    note: Option<String>,
}

command! {
    /// Records that a document reached a side it is for.
    post "/cases/{number}/documents/{seq}/service" of seq, serve(value: Service) =>
        Command::ServeDocument { document: seq, to: value.to, means: value.means, note: value.note }
}

async fn for_officer(app: &App, principal: &Principal, number: &str) -> Result<Loaded, Problem> {
    let loaded = visible(app, principal, number).await?;
    match principal {
        Principal::Officer { .. } => Ok(loaded),
        _ => Err(Problem::forbidden()),
    }
}

fn unit_of(actor: &Actor, rules: &RuleBook) -> Result<Unit, Problem> {
    let Actor::Officer { unit, .. } = actor else {
        return Err(Problem::forbidden());
    };
    let id = unit.parse().ok();
    let found = id.and_then(|id| rules.units().get(&id));
    let own = found.ok_or_else(Problem::forbidden)?;
    // A station acts in the name of its authority (art. 13).
    let authority = rules.units().get(&own.id.authority());
    Ok(authority.unwrap_or(own).clone())
}

fn desk<'a>(
    loaded: &'a Loaded,
    unit: &'a Unit,
    rules: &'a RuleBook,
    officer: &'a Actor,
    to: Side,
) -> Result<Desk<'a>, Problem> {
    let complaint = loaded.file.complaint.as_ref();
    Ok(Desk {
        case: &loaded.file,
        complaint: complaint.ok_or_else(Problem::not_found)?,
        unit,
        units: rules.units(),
        officer,
        to,
    })
}

/// An issued document, where its reader may have it.
async fn readable(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<(Loaded, IssuedDocument), Problem> {
    let loaded = visible(app, principal, number).await?;
    let seq: u32 = seq.parse().map_err(|_| Problem::not_found())?;
    let found = loaded.file.documents.iter().find(|it| it.seq == seq);
    let issued = found.filter(|it| may_read(principal, it)).cloned();
    let issued = issued.ok_or_else(Problem::not_found)?;
    Ok((loaded, issued))
}

/// Officers and the operator read all of a file, a party what is for it.
pub(super) fn may_read(principal: &Principal, document: &IssuedDocument) -> bool {
    match principal {
        Principal::Officer { .. } | Principal::Operator { .. } => true,
        Principal::Consumer { .. } => readers(&document.form).contains(&Side::Consumer),
        Principal::Agent { .. } => readers(&document.form).contains(&Side::Respondent),
        Principal::Mediator { .. } | Principal::Reporter { .. } => false,
    }
}

async fn bytes_of(app: &App, loaded: &Loaded, digest: &Digest) -> Result<Vec<u8>, Problem> {
    let found = app.store().document(&loaded.id, digest).await?;
    found.ok_or_else(Problem::not_found)
}
