//! The official documents of a file of any kind: drafted from it, issued, served, read.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderName, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hejie_documents::{Document, Form};
use hejie_domain::case::actor::Side;
use hejie_domain::case::document::{Delivery, Documented, IssuedDocument, forms, readers};
use hejie_domain::case::{Actor, Case, Command};
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::report::Report;
use hejie_domain::rules::RuleBook;
use hejie_domain::text::Text;
use hejie_faults::{FaultPoint, pass};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::access::reached;
use super::cases::receipt::{Once, answer};
use super::cases::visible;
use crate::act::{Done, Loaded};
use crate::app::App;
use crate::auth::Principal;
use crate::commit::Extras;
use crate::documents::{Desk, Issuer, Source, draw, fill};
use crate::problem::Problem;

/// A kind of file with documents, and who comes to it as whom.
pub trait Shelf: Source {
    async fn reach(
        app: &App,
        principal: &Principal,
        number: &str,
    ) -> Result<(Loaded<Self>, Actor), Problem>;
}

impl Shelf for Case {
    async fn reach(
        app: &App,
        principal: &Principal,
        number: &str,
    ) -> Result<(Loaded, Actor), Problem> {
        let loaded = visible(app, principal, number).await?;
        Ok((loaded, principal.actor()))
    }
}

impl Shelf for Report {
    async fn reach(
        app: &App,
        principal: &Principal,
        number: &str,
    ) -> Result<(Loaded<Report>, Actor), Problem> {
        reached(app, principal, number).await
    }
}

#[derive(Serialize, ToSchema)]
pub struct FormSummary {
    id: String,
    title: Value,
    /// In the official set of 2026.
    number: Option<u8>,
    /// Whether the file gives occasion for it now.
    possible: bool,
}

/// The forms that there can be in this file.
pub async fn forms<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<Json<Vec<FormSummary>>, Problem> {
    let (loaded, _) = for_officer::<F>(app, principal, number).await?;
    let rules = app.rules();
    let forms = F::FORMS.iter().filter(|id| loaded.file.knows(id, &rules));
    let forms = forms.filter_map(|id| app.forms().get(id));
    let now = app.clock().now();
    let summaries = forms.map(|form| FormSummary {
        id: form.id.clone(),
        title: json!(form.title),
        number: form.number,
        possible: loaded.file.may_issue(&form.id, &rules, now).is_ok(),
    });
    Ok(Json(summaries.collect()))
}

/// A form with what the file already says; the rest is the officer's.
pub async fn draft<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    form: &str,
) -> Result<Json<Value>, Problem> {
    let (loaded, actor) = for_issuer::<F>(app, principal, number, form).await?;
    let form = form_of::<F>(app, form).ok_or_else(Problem::not_found)?;
    let rules = app.rules();
    let issuer = issuer_of(&actor, &rules)?;
    let base = loaded.base();
    let desk = Desk {
        file: &loaded.file,
        issuer: &issuer,
        rules: &rules,
        officer: &actor,
        base: &base,
        now: app.clock().now(),
        to: Side::Consumer,
    };
    let values = fill(form, &desk, BTreeMap::new())?;
    let possible = loaded.file.may_issue(&form.id, &rules, desk.now);
    let possible = possible.is_ok();
    Ok(Json(
        json!({"form": form, "values": values, "possible": possible}),
    ))
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewDocument {
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
pub async fn issue<F: Shelf>(
    app: &App,
    principal: &Principal,
    once: Once,
    number: &str,
    bytes: &[u8],
    new: NewDocument,
) -> Result<Response, Problem> {
    let request = once.request(principal, bytes);
    if let Some(response) = request.answered(app).await? {
        return Ok(response);
    }
    let (loaded, actor) = for_issuer::<F>(app, principal, number, &new.form).await?;
    let unknown = |field| Problem::invalid(field, Text::new("invalid-unknown-value"));
    let form = form_of::<F>(app, &new.form).ok_or_else(|| unknown("/form"))?;
    let to = new.to.unwrap_or(Side::Consumer);
    if to != Side::Consumer && !F::addressees(&new.form).contains(&to) {
        return Err(unknown("/to"));
    }
    let rules = app.rules();
    let issuer = issuer_of(&actor, &rules)?;
    let base = loaded.base();
    let desk = Desk {
        file: &loaded.file,
        issuer: &issuer,
        rules: &rules,
        officer: &actor,
        base: &base,
        now: app.clock().now(),
        to,
    };
    let drawn = draw(app, form, &desk, new.values).await?;
    pass(FaultPoint::DocumentDrawn);
    let command = Command::IssueDocument {
        form: new.form,
        number: drawn.document.number,
        content: drawn.content,
    };
    let attachments = drawn.attachments;
    let keep = |done: &Done<F>| Extras {
        attachments: attachments.clone(),
        ..request.extras(app, StatusCode::OK, done)
    };
    let done = app.act(loaded, &actor, command, keep).await;
    answer(StatusCode::OK, done)
}

/// What an issued document says.
pub async fn show<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable::<F>(app, principal, number, seq).await?;
    let body = bytes_of(app, &loaded.id, &issued.content.values).await?;
    Ok(([(header::CONTENT_TYPE, "application/json")], body).into_response())
}

/// The document as a page.
pub async fn page<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable::<F>(app, principal, number, seq).await?;
    let document = said(app, &loaded.id, &issued).await?;
    page_of(app, &document)
}

/// Any document as a page.
pub fn page_of(app: &App, document: &Document) -> Result<Response, Problem> {
    let form = app.forms().get(&document.form);
    let form = form.ok_or_else(Problem::not_found)?;
    let page = hejie_documents::html(form, document);
    let page = page.map_err(|fault| Problem::internal(&fault))?;
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
pub async fn paper<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<Response, Problem> {
    let (loaded, issued) = readable::<F>(app, principal, number, seq).await?;
    let body = bytes_of(app, &loaded.id, &issued.content.pdf).await?;
    Ok((paper_headers(&loaded.file, &issued), body).into_response())
}

/// That it is a PDF, and its name.
pub fn paper_headers<F: Shelf>(file: &F, issued: &IssuedDocument) -> [(HeaderName, String); 2] {
    let name = format!("inline; filename=\"{}-{}.pdf\"", file.number(), issued.form);
    [
        (header::CONTENT_TYPE, "application/pdf".to_owned()),
        (header::CONTENT_DISPOSITION, name),
    ]
}

/// Records that a document was brought to a side it is for, and what came of that.
pub async fn serve<F: Shelf>(
    app: &App,
    principal: &Principal,
    once: Once,
    (number, seq): (&str, &str),
    bytes: &[u8],
    delivery: Delivery,
) -> Result<Response, Problem> {
    let document: u32 = seq.parse().map_err(|_| Problem::not_found())?;
    let request = once.request(principal, bytes);
    let command = Command::ServeDocument { document, delivery };
    let reach = F::reach(app, principal, number);
    request.carry_out(app, reach, command).await
}

async fn for_officer<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<(Loaded<F>, Actor), Problem> {
    match F::reach(app, principal, number).await? {
        (loaded, actor @ Actor::Officer { .. }) => Ok((loaded, actor)),
        _ => Err(Problem::forbidden()),
    }
}

fn form_of<'a, F: Shelf>(app: &'a App, form: &str) -> Option<&'a Form> {
    F::FORMS
        .contains(&form)
        .then(|| app.forms().get(form))
        .flatten()
}

/// An officer; or the consumer, who has her settlement drawn up.
async fn for_issuer<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    form: &str,
) -> Result<(Loaded<F>, Actor), Problem> {
    match F::reach(app, principal, number).await? {
        (loaded, actor @ Actor::Officer { .. }) => Ok((loaded, actor)),
        (loaded, actor @ Actor::Consumer { .. }) if form == forms::SETTLEMENT_AGREEMENT => {
            Ok((loaded, actor))
        }
        _ => Err(Problem::forbidden()),
    }
}

fn issuer_of(actor: &Actor, rules: &RuleBook) -> Result<Issuer, Problem> {
    let Actor::Officer { unit, .. } = actor else {
        return Ok(Issuer::parties());
    };
    let id = unit.parse().ok();
    let found = id.and_then(|id| rules.units().get(&id));
    let own = found.ok_or_else(Problem::forbidden)?;
    // A station acts in the name of its authority (art. 13).
    let authority = rules.units().get(&own.id.authority());
    Ok(Issuer::unit(authority.unwrap_or(own)))
}

/// An issued document, where its reader may have it.
async fn readable<F: Shelf>(
    app: &App,
    principal: &Principal,
    number: &str,
    seq: &str,
) -> Result<(Loaded<F>, IssuedDocument), Problem> {
    let (loaded, actor) = F::reach(app, principal, number).await?;
    let seq: u32 = seq.parse().map_err(|_| Problem::not_found())?;
    let issued = documents(&loaded.file, &actor)
        .find(|it| it.seq == seq)
        .cloned()
        .ok_or_else(Problem::not_found)?;
    Ok((loaded, issued))
}

/// The documents of a file that this reader may have: officers and the operator all of
/// them, a party what is for it.
pub fn documents<'a, F: Documented>(
    file: &'a F,
    reader: &Actor,
) -> impl Iterator<Item = &'a IssuedDocument> + use<'a, F> {
    let side = match reader {
        Actor::Officer { .. } | Actor::Operator { .. } => None,
        other => Some(other.side()),
    };
    let all = file.documents().iter();
    all.filter(move |it| side.is_none_or(|side| readers(&it.form).contains(&side)))
}

/// What an issued document says, as its form was filled in.
pub async fn said(app: &App, id: &str, issued: &IssuedDocument) -> Result<Document, Problem> {
    let body = bytes_of(app, id, &issued.content.values).await?;
    serde_json::from_slice(&body).map_err(|fault| Problem::internal(&fault))
}

async fn bytes_of(app: &App, id: &str, digest: &Digest) -> Result<Vec<u8>, Problem> {
    let found = app.store().document(id, digest).await?;
    found.ok_or_else(Problem::not_found)
}

/// Declares the routes of the documents of a kind of file.
macro_rules! document_routes {
    ($kind:ty, $file:literal) => {
        use axum::Json;
        use axum::extract::State;
        use axum::response::Response;
        use hejie_domain::case::document::Delivery;
        use utoipa_axum::router::OpenApiRouter;
        use utoipa_axum::routes;

        use $crate::address::Path;
        use $crate::api::cases::receipt::{Once, Receipt};
        use $crate::api::documents::{self, FormSummary, NewDocument};
        use $crate::app::App;
        use $crate::auth::Principal;
        use $crate::body::Body;
        use $crate::problem::Problem;

        fn document_routes() -> OpenApiRouter<App> {
            OpenApiRouter::new()
                .routes(routes!(list_forms))
                .routes(routes!(draft))
                .routes(routes!(issue))
                .routes(routes!(show))
                .routes(routes!(page))
                .routes(routes!(paper))
                .routes(routes!(serve))
        }

        /// The forms of a file, and which of them can be issued now.
        #[utoipa::path(get, path = concat!($file, "/forms"), tag = "documents",
            params(("number" = String, Path, description = "The number of the file")),
            responses((status = 200, body = Vec<FormSummary>)))]
        async fn list_forms(
            State(app): State<App>,
            principal: Principal,
            Path(number): Path<String>,
        ) -> Result<Json<Vec<FormSummary>>, Problem> {
            documents::forms::<$kind>(&app, &principal, &number).await
        }

        /// A form with what the file already says; the rest is the officer's.
        #[utoipa::path(get, path = concat!($file, "/forms/{form}"), tag = "documents",
            params(("number" = String, Path, description = "The number of the file"),
                   ("form" = String, Path, description = "The form's id")),
            responses((status = 200, body = Object), (status = 404)))]
        async fn draft(
            State(app): State<App>,
            principal: Principal,
            Path((number, form)): Path<(String, String)>,
        ) -> Result<Json<serde_json::Value>, Problem> {
            documents::draft::<$kind>(&app, &principal, &number, &form).await
        }

        /// Issues a document: numbered, drawn as PDF, hashed into the file.
        #[utoipa::path(post, path = concat!($file, "/documents"), tag = "documents",
            request_body = NewDocument,
            params(("number" = String, Path, description = "The number of the file"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
            responses((status = 200, body = Receipt),
                      (status = 409, description = "Not possible in the file's present state"),
                      (status = 422, description = "A field is wrong")))]
        async fn issue(
            State(app): State<App>,
            principal: Principal,
            once: Once,
            Path(number): Path<String>,
            Body { value, bytes }: Body<NewDocument>,
        ) -> Result<Response, Problem> {
            documents::issue::<$kind>(&app, &principal, once, &number, &bytes, value).await
        }

        /// What an issued document says.
        #[utoipa::path(get, path = concat!($file, "/documents/{seq}"), tag = "documents",
            params(("number" = String, Path, description = "The number of the file"),
                   ("seq" = u32, Path, description = "The number within the file")),
            responses((status = 200, body = Object), (status = 404)))]
        async fn show(
            State(app): State<App>,
            principal: Principal,
            Path((number, seq)): Path<(String, String)>,
        ) -> Result<Response, Problem> {
            documents::show::<$kind>(&app, &principal, &number, &seq).await
        }

        /// The document as a page.
        #[utoipa::path(get, path = concat!($file, "/documents/{seq}/page"), tag = "documents",
            params(("number" = String, Path, description = "The number of the file"),
                   ("seq" = u32, Path, description = "The number within the file")),
            responses((status = 200, body = String, content_type = "text/html"), (status = 404)))]
        async fn page(
            State(app): State<App>,
            principal: Principal,
            Path((number, seq)): Path<(String, String)>,
        ) -> Result<Response, Problem> {
            documents::page::<$kind>(&app, &principal, &number, &seq).await
        }

        /// The document as it was issued, byte for byte: PDF.
        #[utoipa::path(get, path = concat!($file, "/documents/{seq}/pdf"), tag = "documents",
            params(("number" = String, Path, description = "The number of the file"),
                   ("seq" = u32, Path, description = "The number within the file")),
            responses((status = 200, body = Vec<u8>, content_type = "application/pdf"), (status = 404)))]
        async fn paper(
            State(app): State<App>,
            principal: Principal,
            Path((number, seq)): Path<(String, String)>,
        ) -> Result<Response, Problem> {
            documents::paper::<$kind>(&app, &principal, &number, &seq).await
        }

        /// Records that a document was brought to a side it is for, and what came of that.
        #[utoipa::path(post, path = concat!($file, "/documents/{seq}/service"), tag = "documents",
            request_body = Delivery,
            params(("number" = String, Path, description = "The number of the file"),
                   ("seq" = u32, Path, description = "The number within the file"),
                   ("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
            responses((status = 200, body = Receipt),
                      (status = 409, description = "Not possible in the file's present state"),
                      (status = 422, description = "A field is wrong")))]
        async fn serve(
            State(app): State<App>,
            principal: Principal,
            once: Once,
            Path((number, seq)): Path<(String, String)>,
            Body { value, bytes }: Body<Delivery>,
        ) -> Result<Response, Problem> {
            let of = (number.as_str(), seq.as_str());
            documents::serve::<$kind>(&app, &principal, once, of, &bytes, value).await
        }
    };
}

pub(in crate::api) use document_routes;
