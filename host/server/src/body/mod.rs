//! Reading a request's body so that every fault names its field.

mod fault;
mod fields;
mod json;

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use hejie_domain::text::Text;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::problem::Problem;

/// A body that is sent slower than this is not waited for.
const READ_WITHIN: Duration = Duration::from_secs(30);

/// A JSON body, with its canonical form (RFC 8785) for the idempotency check.
pub struct Body<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let Document { value, .. } = Document::from_request(request, state).await?;
        let bytes = serde_jcs::to_vec(&value).map_err(|fault| Problem::internal(&fault))?;
        Ok(Body {
            value: fields::read(&value)?,
            bytes: bytes.into(),
        })
    }
}

/// A JSON body of no fixed form.
pub struct Document {
    pub value: Value,
    /// As they came.
    pub bytes: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Document {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let media = MediaType::of(request.headers());
        let bytes = in_time(request, state).await?;
        if bytes.is_empty() {
            // A command without arguments may come without a body.
            let value = Value::Object(serde_json::Map::new());
            return Ok(Document { value, bytes });
        }
        media.require(&[JSON])?;
        let value = json::read(&bytes)?;
        Ok(Document { value, bytes })
    }
}

/// The bytes of a plugin's package. It may be large and its way slow, so that only
/// the request's own bound holds.
pub async fn read_package<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    MediaType::of(request.headers()).require(&[WASM, OCTETS])?;
    read(request, state).await
}

const JSON: &str = "application/json";
const WASM: &str = "application/wasm";
const OCTETS: &str = "application/octet-stream";

/// What the request says its body is; JSON texts are UTF-8 (RFC 8259 section 8.1).
struct MediaType(Option<mime::Mime>);

impl MediaType {
    fn of(headers: &HeaderMap) -> MediaType {
        let mut given = headers.get_all(header::CONTENT_TYPE).iter();
        match (given.next(), given.next()) {
            (Some(one), None) => MediaType(one.to_str().ok().and_then(|text| text.parse().ok())),
            _ => MediaType(None),
        }
    }

    fn require(&self, wanted: &[&str]) -> Result<(), Problem> {
        let utf8 = |mime: &&mime::Mime| {
            mime.get_param(mime::CHARSET)
                .is_none_or(|charset| charset == mime::UTF_8)
        };
        let fits = |mime: &mime::Mime| wanted.contains(&mime.essence_str());
        if self.0.as_ref().filter(utf8).is_some_and(fits) {
            return Ok(());
        }
        let text = Text::new("problem-media-type-detail").arg("wanted", wanted[0]);
        Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type").detail(text))
    }
}

async fn in_time<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    match tokio::time::timeout(READ_WITHIN, read(request, state)).await {
        Ok(read) => read,
        Err(_) => Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout")),
    }
}

/// The bytes of a body, within the limit of its route.
pub async fn read<S: Send + Sync>(request: Request, state: &S) -> Result<Bytes, Problem> {
    Bytes::from_request(request, state).await.map_err(|fault| {
        match axum::response::IntoResponse::into_response(fault).status() {
            StatusCode::PAYLOAD_TOO_LARGE => {
                Problem::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large")
            }
            _ => Problem::new(StatusCode::BAD_REQUEST, "unreadable"),
        }
    })
}

/// Reads a value as `T`; a fault names its place in the value.
pub fn read_value<T: DeserializeOwned>(value: &Value) -> Result<T, Problem> {
    fields::read(value)
}

/// Parses JSON; a fault of type or an unknown field names its place.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    fields::read(&json::read(bytes)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::HeaderValue;

    fn takes(content_type: &'static str) -> bool {
        let value = HeaderValue::from_static(content_type);
        let headers = HeaderMap::from_iter([(header::CONTENT_TYPE, value)]);
        MediaType::of(&headers).require(&[JSON]).is_ok()
    }

    #[test]
    fn json_is_sent_as_json_in_utf_8() {
        assert!(takes("application/json") && takes("Application/JSON; charset=UTF-8"));
        assert!(!takes("text/plain") && !takes("application/json; charset=gbk"));
        assert!(!takes("application/jsonp") && !takes("json"));
        assert!(MediaType::of(&HeaderMap::new()).require(&[JSON]).is_err());
    }
}
