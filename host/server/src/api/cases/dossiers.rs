//! The dossiers of a case: byte for byte as they were sealed, and drawn for people to read.

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use hejie_documents::Document;
use hejie_domain::identifiers::digest::Digest;

use super::view;
use super::visible;
use crate::act::Loaded;
use crate::address::Path;
use crate::api::documents::page_of;
use crate::app::App;
use crate::auth::Principal;
use crate::documents::{draw_once, of_sealed};
use crate::problem::Problem;

/// The dossier as it was handed over (`schemas/json/dossier.schema.json`), byte for
/// byte: for the consumer whose it is, the regulator and the operator.
#[utoipa::path(get, path = "/cases/{number}/dossier", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Object), (status = 404, description = "Not escalated")))]
pub async fn sealed(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let body = registered(&app, &principal, &number).await?;
    Ok(json(body))
}

/// All that the sealed dossier says, as a page; for whom the dossier is.
#[utoipa::path(get, path = "/cases/{number}/dossier/page", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = String, content_type = "text/html"),
        (status = 404, description = "Not escalated")))]
pub async fn page(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let body = registered(&app, &principal, &number).await?;
    page_of(&app, &document(&app, &body)?)
}

/// The same as PDF.
#[utoipa::path(get, path = "/cases/{number}/dossier/pdf", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"),
        (status = 404, description = "Not escalated")))]
pub async fn paper(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let body = registered(&app, &principal, &number).await?;
    drawn(&app, &document(&app, &body)?).await
}

/// The dossier with which another authority handed the file over, byte for byte: for
/// the regulator and the operator.
#[utoipa::path(get, path = "/cases/{number}/origin/dossier", tag = "cases",
    params(("number" = String, Path, description = "The case number")),
    responses((status = 200, body = Object), (status = 404, description = "Not handed over")))]
pub async fn of_origin(
    State(app): State<App>,
    principal: Principal,
    Path(number): Path<String>,
) -> Result<Response, Problem> {
    let loaded = visible(&app, &principal, &number).await?;
    for_authorities(&principal)?;
    let digest = loaded.file.origin.as_ref().map(|it| it.digest.clone());
    Ok(json(attached(&app, &loaded, digest).await?))
}

/// The dossier with which the file was transferred to another authority, byte for byte:
/// for the regulator and the operator, because it says what authorities say among themselves.
#[utoipa::path(get, path = "/cases/{number}/transfers/{seq}/dossier", tag = "cases",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number of the transfer within the case")),
    responses((status = 200, body = Object), (status = 404, description = "Not transferred")))]
pub async fn of_transfer(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let body = transferred(&app, &principal, &number, &seq).await?;
    Ok(json(body))
}

/// What the dossier of a transfer says of the dispute, as a page.
#[utoipa::path(get, path = "/cases/{number}/transfers/{seq}/dossier/page", tag = "cases",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number of the transfer within the case")),
    responses((status = 200, body = String, content_type = "text/html"),
        (status = 404, description = "Not transferred")))]
pub async fn page_of_transfer(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let body = transferred(&app, &principal, &number, &seq).await?;
    page_of(&app, &document(&app, &body)?)
}

/// The same as PDF.
#[utoipa::path(get, path = "/cases/{number}/transfers/{seq}/dossier/pdf", tag = "cases",
    params(("number" = String, Path, description = "The case number"),
           ("seq" = u32, Path, description = "The number of the transfer within the case")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"),
        (status = 404, description = "Not transferred")))]
pub async fn paper_of_transfer(
    State(app): State<App>,
    principal: Principal,
    Path((number, seq)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let body = transferred(&app, &principal, &number, &seq).await?;
    drawn(&app, &document(&app, &body)?).await
}

/// The dossier sealed at registration.
async fn registered(app: &App, principal: &Principal, number: &str) -> Result<String, Problem> {
    let loaded = visible(app, principal, number).await?;
    not_for_the_other_side(principal)?;
    let complaint = loaded.file.complaint.as_ref();
    let digest = complaint.and_then(|complaint| complaint.dossier.clone());
    attached(app, &loaded, digest).await
}

async fn transferred(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<String, Problem> {
    let loaded = visible(app, principal, number).await?;
    for_authorities(principal)?;
    let complaint = loaded.file.complaint.as_ref();
    let mut transfers = complaint.into_iter().flat_map(|it| &it.transfers);
    let transfer = transfers.find(|it| it.seq.to_string() == seq);
    let digest = transfer.and_then(|it| it.dossier.clone());
    attached(app, &loaded, digest).await
}

fn for_authorities(principal: &Principal) -> Result<(), Problem> {
    match view::is_of_authority(principal) {
        true => Ok(()),
        false => Err(Problem::forbidden()),
    }
}

fn not_for_the_other_side(principal: &Principal) -> Result<(), Problem> {
    match principal {
        Principal::Agent { .. } | Principal::Mediator { .. } => Err(Problem::forbidden()),
        _ => Ok(()),
    }
}

async fn attached(app: &App, loaded: &Loaded, digest: Option<Digest>) -> Result<String, Problem> {
    let digest = digest.ok_or_else(Problem::not_found)?;
    let body = app.store().attachment(&loaded.id, &digest).await?;
    body.ok_or_else(Problem::not_found)
}

fn json(body: String) -> Response {
    ([(header::CONTENT_TYPE, "application/json")], body).into_response()
}

fn document(app: &App, sealed: &str) -> Result<Document, Problem> {
    of_sealed(sealed, &app.rules()).map_err(|fault| Problem::internal(&fault))
}

async fn drawn(app: &App, document: &Document) -> Result<Response, Problem> {
    let form = app.forms().get(&document.form);
    let form = form.ok_or_else(Problem::not_found)?;
    let paper = draw_once(form, document).await?;
    let name = format!("inline; filename=\"{}-dossier.pdf\"", document.number);
    let headers = [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, paper).into_response())
}
