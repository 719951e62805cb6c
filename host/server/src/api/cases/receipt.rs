//! The answer to a command, and idempotency: the same key and request get the
//! same answer, the same key with another request is refused.

use axum::Json;
use axum::extract::{FromRequestParts, OriginalUri};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use hejie_domain::case::{Actor, Command};
use hejie_domain::file::File;
use hejie_domain::identifiers::digest::Digest;
use hejie_domain::text::Text;
use hejie_store::{IdempotencyAnswer, StoreError};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::act::{ActError, Done, Loaded};
use crate::api::once::key_of;
use crate::app::App;
use crate::auth::Principal;
use crate::commit::Extras;
use crate::kept::Kept;
use crate::problem::Problem;

/// What a command did.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
pub struct Receipt {
    /// The file's number.
    pub number: String,
    /// The version of the file after the command.
    pub version: u64,
    pub phase: String,
    /// The types of the events that followed, in order.
    pub events: Vec<String>,
}

impl Receipt {
    /// Of a command that was carried out before.
    pub fn unchanged(file: &impl File) -> Receipt {
        Receipt {
            number: file.number().to_string(),
            version: file.version(),
            phase: file.phase_name().to_owned(),
            events: Vec::new(),
        }
    }

    pub fn of<F: File>(done: &Done<F>) -> Receipt {
        Receipt {
            number: done.file.number().to_string(),
            version: done.file.version(),
            phase: done.file.phase_name().to_owned(),
            events: done
                .recorded
                .iter()
                .map(|entry| entry.event.kind().to_owned())
                .collect(),
        }
    }
}

/// The caller's `Idempotency-Key`, with method and path.
pub struct Once {
    key: Option<String>,
    method: Method,
    path: String,
}

const REPLAYED: HeaderName = HeaderName::from_static("idempotent-replayed");

impl FromRequestParts<App> for Once {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Once, Problem> {
        let uri = OriginalUri::from_request_parts(parts, app).await;
        let path = uri
            .map(|OriginalUri(uri)| uri.path().to_owned())
            .unwrap_or_default();
        Ok(Once {
            key: key_of(&parts.headers)?,
            method: parts.method.clone(),
            path,
        })
    }
}

/// One request under its key.
pub struct Request {
    principal: String,
    key: Option<String>,
    digest: Digest,
}

impl Once {
    /// A part of a request that is carried out by itself, under the request's key.
    pub fn part(&self, principal: &Principal, body: &[u8], part: &str) -> Request {
        let key = self.key.as_ref().map(|key| format!("{key}/{part}"));
        let once = Once {
            key,
            method: self.method.clone(),
            path: self.path.clone(),
        };
        once.request(principal, body)
    }

    pub fn request(self, principal: &Principal, body: &[u8]) -> Request {
        let mut bytes = format!("{} {}\n", self.method, self.path).into_bytes();
        bytes.extend_from_slice(body);
        Request {
            principal: principal.key(),
            key: self.key,
            digest: Digest::of(&bytes),
        }
    }
}

impl Request {
    /// Fails where it has a key and its answer holds a token: that is kept nowhere, so no
    /// answer could be given again.
    pub fn needs_no_token(&self, has_token: bool) -> Result<(), Problem> {
        if has_token && self.key.is_some() {
            let text = Text::new("invalid-no-idempotency");
            return Err(Problem::header("Idempotency-Key", text));
        }
        Ok(())
    }

    /// The answer given before, if this request was carried out already.
    pub async fn answered(&self, app: &App) -> Result<Option<Response>, Problem> {
        let kept = self.kept(app).await?;
        Ok(kept.map(|(status, answer)| replayed(status, answer)))
    }

    /// The receipt given before, if this request was carried out already.
    pub async fn receipt(&self, app: &App) -> Result<Option<Receipt>, Problem> {
        let kept = self.kept(app).await?;
        let receipt = kept.map(|(_, answer)| serde_json::from_str(&answer));
        receipt
            .transpose()
            .map_err(|fault| Problem::internal(&fault))
    }

    async fn kept(&self, app: &App) -> Result<Option<(u16, String)>, Problem> {
        let Some(key) = &self.key else {
            return Ok(None);
        };
        match app
            .store()
            .check_idempotency(&self.principal, key, &self.digest)
            .await
        {
            Ok(()) => Ok(None),
            Err(StoreError::Repeated { status, answer }) => Ok(Some((status, answer))),
            Err(fault) => Err(fault.into()),
        }
    }

    /// The extras of a commit whose receipt is kept.
    pub fn extras<F: File>(&self, app: &App, status: StatusCode, done: &Done<F>) -> Extras {
        Extras {
            idempotency: self.keep(app, status, &Receipt::of(done)),
            ..Extras::default()
        }
    }

    /// Carries out a command of this request on the file that `reach` finds; a request that
    /// was carried out already gets the answer that was given, also where its act has taken
    /// the file out of the caller's sight.
    pub async fn carry_out<F: Kept>(
        &self,
        app: &App,
        reach: impl Future<Output = Result<(Loaded<F>, Actor), Problem>>,
        command: Command,
    ) -> Result<Response, Problem> {
        if let Some(response) = self.answered(app).await? {
            return Ok(response);
        }
        let (loaded, actor) = reach.await?;
        let keep = |done: &Done<F>| self.extras(app, StatusCode::OK, done);
        answer(StatusCode::OK, app.act(loaded, &actor, command, keep).await)
    }

    /// What is to be kept with the commit.
    pub fn keep(
        &self,
        app: &App,
        status: StatusCode,
        receipt: &impl Serialize,
    ) -> Option<IdempotencyAnswer> {
        Some(IdempotencyAnswer {
            principal: self.principal.clone(),
            key: self.key.clone()?,
            request: self.digest.clone(),
            status: status.as_u16(),
            answer: serde_json::to_string(receipt).ok()?,
            at: app.clock().now(),
        })
    }
}

/// The answer of a command; one that a rival with the same key got first is his.
pub fn answer<F: File>(
    status: StatusCode,
    done: Result<Done<F>, ActError>,
) -> Result<Response, Problem> {
    match done {
        Ok(done) => Ok((status, Json(Receipt::of(&done))).into_response()),
        Err(ActError::Store(StoreError::Repeated { status, answer })) => {
            Ok(replayed(status, answer))
        }
        Err(fault) => Err(fault.into()),
    }
}

/// An answer that was given before.
pub fn replayed(status: u16, answer: String) -> Response {
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::OK);
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (REPLAYED, HeaderValue::from_static("true")),
    ];
    (status, headers, answer).into_response()
}
