//! The path of a request.

use axum::extract::rejection::PathRejection;
use axum::extract::{FromRequestParts, Request};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// The path's arguments; what cannot be one names nothing that is here.
pub struct Path<T>(pub T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for Path<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Path<T>, Problem> {
        let read: Result<axum::extract::Path<T>, PathRejection> =
            axum::extract::Path::from_request_parts(parts, state).await;
        read.map(|path| Path(path.0))
            .map_err(|_| Problem::not_found())
    }
}

/// Middleware: a path that is no text is refused, and one with control characters
/// names nothing, before any handler or store sees it.
pub async fn well_formed(request: Request, next: Next) -> Response {
    match check(request.uri().path()) {
        Ok(()) => next.run(request).await,
        Err(problem) => problem.into_response(),
    }
}

fn check(path: &str) -> Result<(), Problem> {
    let unreadable = || Problem::new(StatusCode::BAD_REQUEST, "bad-address");
    if !is_encoded(path) {
        return Err(unreadable());
    }
    let decoded = percent_decode_str(path)
        .decode_utf8()
        .map_err(|_| unreadable())?;
    match decoded.chars().any(char::is_control) {
        true => Err(Problem::not_found()),
        false => Ok(()),
    }
}

/// True where two hexadecimal digits follow every `%` (RFC 3986 section 2.1).
pub(super) fn is_encoded(text: &str) -> bool {
    let mut rest = text.split('%');
    rest.next();
    rest.all(|after| {
        let bytes = after.as_bytes();
        bytes.len() >= 2 && bytes[..2].iter().all(u8::is_ascii_hexdigit)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_texts::Language;

    #[test]
    fn a_path_is_text_without_control_characters() {
        let status = |path: &str| {
            let refused = check(path).err();
            refused.map_or(200, |problem| problem.body(Language::English).status)
        };
        assert_eq!(status("/cases/%E6%B1%9F"), 200);
        assert_eq!(status("/cases/%00"), 404);
        assert_eq!(status("/cases/%C2%85"), 404);
        for wrong in ["/cases/%FF", "/cases/%zz", "/cases/%", "/cases/%4"] {
            assert_eq!(status(wrong), 400, "{wrong}");
        }
    }
}
