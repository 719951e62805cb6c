//! Reading a request's JSON so that every fault names its field.

use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::StatusCode;
use hejie_domain::text::Text;
use serde::de::DeserializeOwned;

use crate::problem::Problem;

/// A JSON body, with the bytes as they came for the idempotency check.
pub struct Body<T> {
    pub value: T,
    pub bytes: Bytes,
}

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for Body<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, state: &S) -> Result<Self, Problem> {
        let bytes = read(request, state).await?;
        // A command without arguments may come without a body.
        let text: &[u8] = if bytes.is_empty() { b"{}" } else { &bytes };
        let value = parse(text)?;
        Ok(Body { value, bytes })
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

/// Parses JSON; a fault of type or an unknown field names its place.
pub fn parse<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, Problem> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let value = serde_path_to_error::deserialize(&mut reader).map_err(|fault| {
        let pointer = pointer(fault.path());
        let inner = fault.into_inner();
        match inner.classify() {
            serde_json::error::Category::Data => Problem::invalid(
                pointer,
                Text::new("invalid-malformed").arg("detail", without_position(&inner)),
            ),
            _ => not_json(&inner),
        }
    })?;
    reader.end().map_err(|fault| not_json(&fault))?;
    Ok(value)
}

fn not_json(fault: &serde_json::Error) -> Problem {
    let detail = Text::new("problem-not-json-detail")
        .arg("line", fault.line() as u64)
        .arg("column", fault.column() as u64);
    Problem::new(StatusCode::BAD_REQUEST, "not-json").detail(detail)
}

fn pointer(path: &serde_path_to_error::Path) -> String {
    use serde_path_to_error::Segment;
    path.iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } => format!("/{}", key.replace('~', "~0").replace('/', "~1")),
            Segment::Enum { .. } | Segment::Unknown => String::new(),
        })
        .collect()
}

fn without_position(fault: &serde_json::Error) -> String {
    let text = fault.to_string();
    text.rsplit_once(" at line ")
        .map_or(text.as_str(), |(said, _)| said)
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_texts::Language;
    use serde::Deserialize;

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Outer {
        #[allow(dead_code)]
        inner: Vec<Inner>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Inner {
        #[allow(dead_code)]
        amount: u64,
    }

    fn pointer_of(text: &str) -> String {
        let problem = parse::<Outer>(text.as_bytes()).unwrap_err();
        problem.body(Language::English).errors[0].pointer.clone()
    }

    #[test]
    fn a_wrong_type_names_its_place() {
        assert_eq!(
            pointer_of(r#"{"inner":[{"amount":1},{"amount":"x"}]}"#),
            "/inner/1/amount"
        );
        assert_eq!(
            pointer_of(r#"{"inner":[{"amount":-1}]}"#),
            "/inner/0/amount"
        );
    }

    #[test]
    fn an_unknown_field_names_its_place() {
        assert_eq!(pointer_of(r#"{"inner":[],"outer":1}"#), "/outer");
    }

    #[test]
    fn what_is_no_json_is_a_bad_request() {
        let body = parse::<Outer>(b"{").unwrap_err().body(Language::English);
        assert_eq!(body.status, 400);
        assert_eq!(
            parse::<Outer>(b"{\"inner\":[]} x")
                .unwrap_err()
                .body(Language::English)
                .status,
            400
        );
    }
}
