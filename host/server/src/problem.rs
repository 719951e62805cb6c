//! Errors as the API tells them: RFC 9457 problem details, in the reader's language.

use axum::Json;
use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::Refusal;
use hejie_domain::text::Text;
use hejie_store::StoreError;
use hejie_texts::Language;
use serde::Serialize;
use utoipa::ToSchema;

/// An error before it is put into a language.
#[derive(Debug, Clone, PartialEq)]
pub struct Problem {
    status: StatusCode,
    /// A stable word; the problem type is `/problems/{code}`.
    code: &'static str,
    detail: Text,
    fields: Vec<(Place, Text)>,
}

/// Where in a request a fault is.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Place {
    Body(String),
    Query(String),
    Header(&'static str),
}

/// The body of `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ProblemBody {
    /// `/problems/{code}`: the kind of problem, stable for programs.
    #[serde(rename = "type")]
    pub kind: String,
    pub title: String,
    pub status: u16,
    /// One plain sentence: what is wrong and what helps.
    pub detail: String,
    /// What is at fault, each by its place.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub errors: Vec<FieldProblem>,
}

#[derive(Debug, Serialize, ToSchema)]
pub struct FieldProblem {
    /// A field of the body, by JSON Pointer (RFC 6901).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pointer: Option<String>,
    /// A member of the query.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parameter: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub header: Option<String>,
    pub detail: String,
}

impl FieldProblem {
    fn of(place: &Place, detail: String) -> FieldProblem {
        let (mut pointer, mut parameter, mut header) = (None, None, None);
        match place {
            Place::Body(name) => pointer = Some(name.clone()),
            Place::Query(name) => parameter = Some(name.clone()),
            Place::Header(name) => header = Some((*name).to_owned()),
        }
        FieldProblem {
            pointer,
            parameter,
            header,
            detail,
        }
    }

    /// The place at fault, whatever it is.
    pub fn place(&self) -> &str {
        let places = [&self.pointer, &self.parameter, &self.header];
        places
            .into_iter()
            .flatten()
            .next()
            .map_or("", String::as_str)
    }
}

impl Problem {
    pub fn new(status: StatusCode, code: &'static str) -> Problem {
        let detail = Text::new(format!("problem-{code}-detail"));
        Problem {
            status,
            code,
            detail,
            fields: Vec::new(),
        }
    }

    pub fn detail(mut self, detail: Text) -> Problem {
        self.detail = detail;
        self
    }

    pub fn field(mut self, pointer: impl Into<String>, detail: Text) -> Problem {
        self.fields.push((Place::Body(pointer.into()), detail));
        self
    }

    /// A member of the query is wrong; the sentence says how.
    pub fn parameter(name: impl Into<String>, detail: Text) -> Problem {
        let mut problem = Problem::new(StatusCode::BAD_REQUEST, "invalid-parameter");
        problem.fields.push((Place::Query(name.into()), detail));
        problem
    }

    /// A header is wrong; the sentence says how.
    pub fn header(name: &'static str, detail: Text) -> Problem {
        let mut problem = Problem::new(StatusCode::BAD_REQUEST, "invalid-header");
        problem.fields.push((Place::Header(name), detail));
        problem
    }

    /// The same problem where the fields of these names lie within another.
    pub fn within(mut self, outer: &str, inner: &[&str]) -> Problem {
        for (place, _) in &mut self.fields {
            if let Place::Body(pointer) = place
                && inner.contains(&pointer.split('/').nth(1).unwrap_or_default())
            {
                pointer.insert_str(0, outer);
            }
        }
        self
    }

    /// The same problem where all of the body lies within another.
    pub fn all_within(mut self, outer: &str) -> Problem {
        for (place, _) in &mut self.fields {
            if let Place::Body(pointer) = place {
                pointer.insert_str(0, outer);
            }
        }
        self
    }

    pub fn unauthenticated() -> Problem {
        Problem::new(StatusCode::UNAUTHORIZED, "unauthenticated")
    }

    pub fn forbidden() -> Problem {
        Problem::new(StatusCode::FORBIDDEN, "forbidden")
    }

    /// Also for what exists but is not the caller's: it must not show.
    pub fn not_found() -> Problem {
        Problem::new(StatusCode::NOT_FOUND, "not-found")
    }

    pub fn conflict() -> Problem {
        Problem::new(StatusCode::CONFLICT, "conflict")
    }

    /// One field is wrong; the sentence says how.
    pub fn invalid(pointer: impl Into<String>, detail: Text) -> Problem {
        Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "invalid-field").field(pointer, detail)
    }

    /// A fault of ours: the reader learns that, the log learns what.
    pub fn internal(fault: &dyn std::fmt::Display) -> Problem {
        tracing::error!(%fault, "request failed");
        Problem::new(StatusCode::INTERNAL_SERVER_ERROR, "internal")
    }

    /// A fault of the service and not of the request.
    pub fn is_ours(&self) -> bool {
        self.status.is_server_error()
    }

    /// What goes with the body: its type and language, and where a token is
    /// wanted, how it is sent (RFC 9110 section 15.5.2, RFC 6750).
    fn headers(&self, language: Language) -> HeaderMap {
        let problem = HeaderValue::from_static("application/problem+json");
        let mut headers = HeaderMap::from_iter([
            (header::CONTENT_TYPE, problem),
            (
                header::CONTENT_LANGUAGE,
                HeaderValue::from_static(language.tag()),
            ),
            (header::VARY, HeaderValue::from_static("accept-language")),
        ]);
        if self.status == StatusCode::UNAUTHORIZED {
            let scheme = HeaderValue::from_static("Bearer realm=\"hejie\"");
            headers.insert(header::WWW_AUTHENTICATE, scheme);
        }
        headers
    }

    /// The problem in words.
    pub fn body(&self, language: Language) -> ProblemBody {
        let render = |text: &Text| hejie_texts::render(text, language);
        ProblemBody {
            kind: format!("/problems/{}", self.code),
            title: render(&Text::new(format!("problem-{}-title", self.code))),
            status: self.status.as_u16(),
            detail: render(&self.detail),
            errors: self
                .fields
                .iter()
                .map(|(place, text)| FieldProblem::of(place, render(text)))
                .collect(),
        }
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        let text = refusal.text();
        match &refusal {
            Refusal::Invalid { field, .. } => Problem::invalid(field.clone(), text),
            Refusal::NoSuchGround { .. } => Problem::invalid("/ground", text),
            Refusal::NotAllowed { .. }
            | Refusal::OtherRole { .. }
            | Refusal::OutsideTerm { .. }
            | Refusal::NoPower { .. } => Problem::forbidden().detail(text),
            Refusal::Unknown { .. } => Problem::not_found().detail(text),
            Refusal::NoRules { .. } | Refusal::NoAuthority { .. } => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "no-rules").detail(text)
            }
            Refusal::WrongPhase { .. }
            | Refusal::NotOpen { .. }
            | Refusal::OwnOffer
            | Refusal::Needs { .. }
            | Refusal::ConsentMissing { .. }
            | Refusal::NotExpired { .. }
            | Refusal::Repeated { .. }
            | Refusal::Full { .. } => {
                Problem::new(StatusCode::CONFLICT, "not-possible-now").detail(text)
            }
        }
    }
}

impl From<StoreError> for Problem {
    fn from(fault: StoreError) -> Problem {
        match fault {
            StoreError::Conflict => Problem::conflict(),
            StoreError::Exists => Problem::new(StatusCode::CONFLICT, "exists"),
            StoreError::IdempotencyMismatch => {
                Problem::new(StatusCode::UNPROCESSABLE_ENTITY, "idempotency-mismatch")
            }
            down if down.is_outage() => {
                tracing::error!(fault = %down, "the store is down");
                Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable")
            }
            other => Problem::internal(&other),
        }
    }
}

impl IntoResponse for Problem {
    /// The words are put in by [`speak`], which knows the reader's language.
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}

/// The language of who asks, for an answer that tells of problems within it.
pub struct Reader(pub Language);

impl<S: Send + Sync> FromRequestParts<S> for Reader {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Reader, Self::Rejection> {
        Ok(Reader(language_of(&parts.headers)))
    }
}

/// Middleware: renders a problem in the language of the request. A plain error
/// that no handler of ours made, such as a framework's, becomes a problem too.
pub async fn speak(request: Request, next: Next) -> Response {
    let language = language_of(request.headers());
    let response = next.run(request).await;
    let (mut parts, body) = response.into_parts();
    let told = parts.extensions.remove::<Problem>();
    let Some(problem) = told.or_else(|| plain(&parts)) else {
        return Response::from_parts(parts, body);
    };
    let mut spoken = (problem.status, Json(problem.body(language))).into_response();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(problem.headers(language));
    *spoken.headers_mut() = parts.headers;
    spoken
}

/// The problem that a bare error status stands for.
fn plain(parts: &axum::http::response::Parts) -> Option<Problem> {
    let code = match parts.status {
        StatusCode::BAD_REQUEST => "unreadable",
        StatusCode::REQUEST_TIMEOUT => "timeout",
        StatusCode::PAYLOAD_TOO_LARGE => "too-large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "media-type",
        StatusCode::NOT_FOUND => "not-found",
        StatusCode::METHOD_NOT_ALLOWED => "method",
        StatusCode::INTERNAL_SERVER_ERROR => "internal",
        _ => return None,
    };
    let problem = Problem::new(parts.status, code);
    if code == "media-type" {
        let text = Text::new("problem-media-type-detail").arg("wanted", "application/json");
        return Some(problem.detail(text));
    }
    Some(problem)
}

/// The language that a request asks for.
pub fn language_of(headers: &HeaderMap) -> Language {
    let accepted = headers.get(header::ACCEPT_LANGUAGE);
    Language::negotiate(
        accepted
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_store_that_is_down_is_no_fault_of_the_request() {
        let down = Problem::from(StoreError::Unavailable("disk full".to_owned()));
        assert_eq!(down.body(Language::English).status, 503);
        let broken = Problem::from(StoreError::Corrupt("no JSON".to_owned()));
        assert_eq!(broken.body(Language::English).status, 500);
    }
}
