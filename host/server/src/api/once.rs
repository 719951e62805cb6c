//! The header `Idempotency-Key`.

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use hejie_domain::text::Text;

use crate::problem::Problem;

const KEY: HeaderName = HeaderName::from_static("idempotency-key");

fn wrong(text: &str) -> Problem {
    Problem::header("Idempotency-Key", Text::new(text))
}

/// The key of a request, where it has one.
pub fn key_of(headers: &HeaderMap) -> Result<Option<String>, Problem> {
    let mut given = headers.get_all(KEY).iter();
    match (given.next(), given.next()) {
        (None, _) => Ok(None),
        (Some(value), None) => read(value).map(Some),
        _ => Err(wrong("invalid-repeated")),
    }
}

fn read(value: &HeaderValue) -> Result<String, Problem> {
    let text = value
        .to_str()
        .ok()
        .filter(|text| (1..=128).contains(&text.len()));
    text.map(str::to_owned)
        .ok_or_else(|| wrong("invalid-idempotency-key"))
}

/// A route that keeps no answers says so, rather than do twice what its caller
/// believes is done once.
pub struct WithoutKey;

impl<S: Send + Sync> FromRequestParts<S> for WithoutKey {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<WithoutKey, Problem> {
        match parts.headers.contains_key(KEY) {
            true => Err(wrong("invalid-no-idempotency")),
            false => Ok(WithoutKey),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_there_once_and_is_short_plain_text() {
        let keys = |values: &[&str]| {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(KEY, HeaderValue::from_str(value).unwrap());
            }
            key_of(&headers).ok()
        };
        assert_eq!(keys(&[]), Some(None));
        assert_eq!(keys(&["a-1"]), Some(Some("a-1".to_owned())));
        assert_eq!(keys(&["a", "a"]), None);
        assert_eq!(keys(&[""]), None);
        assert_eq!(keys(&["k\u{e9}"]), None);
        assert_eq!(keys(&["k".repeat(129).as_str()]), None);
    }
}
