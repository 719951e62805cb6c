//! The official documents of a report. They are issued, kept and served without the name
//! of who reports, so that what the ledger's hashes stand for can be read, copied and
//! checked by whoever may see the file. With the name a document is drawn anew for each
//! reading, which is recorded first, and kept nowhere.

use axum::http::header;
use axum::response::IntoResponse;
use hejie_domain::report::Report;

use super::identity::{Reading, look_up};
use crate::api::documents::{document_routes, paper_headers, said};
use crate::api::once::WithoutKey;
use crate::documents::{draw_once, identified};

document_routes!(Report, "/reports/{number}");

pub fn routes() -> OpenApiRouter<App> {
    document_routes().routes(routes!(with_name))
}

/// The document with the reporter's name and how to reach her, to be handed or sent to
/// her: for the handling unit, with a reason that stays in the report's ledger. The copy
/// is not kept, and its bytes are not those the ledger has the hash of.
#[utoipa::path(post, path = "/reports/{number}/documents/{seq}/identified", tag = "documents",
    request_body = Reading,
    params(("number" = String, Path, description = "The number of the report"),
           ("seq" = u32, Path, description = "The number within the report")),
    responses((status = 200, body = Vec<u8>, content_type = "application/pdf"),
        (status = 403, description = "Not of the handling unit"),
        (status = 404, description = "No such report, no document that names the reporter, or the person was erased"),
        (status = 409, description = "Reported without a name")))]
async fn with_name(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Path((number, seq)): Path<(String, String)>,
    Body { value, .. }: Body<Reading>,
) -> Result<Response, Problem> {
    let seq: u32 = seq.parse().map_err(|_| Problem::not_found())?;
    let (done, identity) = look_up(&app, &principal, &number, value, Some(seq)).await?;
    let issued = done.file.documents.iter().find(|it| it.seq == seq);
    let issued = issued.ok_or_else(Problem::not_found)?;
    let document = identified(said(&app, &done.id, issued).await?, &identity);
    let form = app.forms().get(&document.form);
    let form = form.ok_or_else(Problem::not_found)?;
    let paper = draw_once(form, &document).await?;
    let unkept = [(header::CACHE_CONTROL, "no-store")];
    Ok((unkept, paper_headers(&done.file, issued), paper).into_response())
}
