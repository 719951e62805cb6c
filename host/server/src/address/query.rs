//! The query of a request: each member known, there once, and as it must be.

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use hejie_domain::text::Text;
use percent_encoding::percent_decode_str;
use uuid::Uuid;

use super::path::is_encoded;
use crate::problem::Problem;

/// What a route takes from its query.
pub trait Parameters: Sized {
    const NAMES: &'static [&'static str];

    fn read(given: &Given) -> Result<Self, Problem>;
}

/// The parameters of a query.
pub struct Query<T>(pub T);

/// The members of a query that the route knows.
pub struct Given(Vec<(String, String)>);

impl Given {
    /// A member's value; `None` where it is not there.
    pub fn get<T>(
        &self,
        name: &str,
        read: impl FnOnce(&str) -> Option<T>,
        wrong: Text,
    ) -> Result<Option<T>, Problem> {
        let member = self.0.iter().find(|(known, _)| known == name);
        let Some((name, value)) = member else {
            return Ok(None);
        };
        match read(value) {
            Some(value) => Ok(Some(value)),
            None => Err(Problem::parameter(name, wrong)),
        }
    }

    /// How many a page shows at the most.
    pub fn limit(&self) -> Result<Option<u32>, Problem> {
        let read = |text: &str| text.parse().ok().filter(|limit| (1..=200).contains(limit));
        let range = Text::new("invalid-range").arg("least", 1).arg("most", 200);
        self.get("limit", read, range)
    }

    /// Where the page before ended, in a list that ids are the order of.
    pub fn before(&self) -> Result<Option<Uuid>, Problem> {
        self.get("before", id, Text::new("invalid-cursor"))
    }
}

/// An id as it is told, and no other way of writing it.
pub fn id(text: &str) -> Option<Uuid> {
    let id = Uuid::try_parse(text).ok();
    id.filter(|id| id.to_string() == text)
}

impl<T: Parameters, S: Send + Sync> FromRequestParts<S> for Query<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Query<T>, Problem> {
        let given = split(parts.uri.query().unwrap_or_default(), T::NAMES)?;
        T::read(&given).map(Query)
    }
}

fn split(query: &str, known: &[&str]) -> Result<Given, Problem> {
    let mut given: Vec<(String, String)> = Vec::new();
    for member in query.split('&').filter(|member| !member.is_empty()) {
        let (name, value) = member.split_once('=').unwrap_or((member, ""));
        let (name, value) = (decoded(name)?, decoded(value)?);
        if !known.contains(&name.as_str()) {
            let shown: String = name.chars().filter(|c| !c.is_control()).take(64).collect();
            return Err(Problem::parameter(
                shown,
                Text::new("invalid-unknown-field"),
            ));
        }
        if given.iter().any(|(earlier, _)| *earlier == name) {
            return Err(Problem::parameter(name, Text::new("invalid-repeated")));
        }
        given.push((name, value));
    }
    Ok(Given(given))
}

fn decoded(text: &str) -> Result<String, Problem> {
    let unreadable = || Problem::new(StatusCode::BAD_REQUEST, "bad-address");
    if !is_encoded(text) {
        return Err(unreadable());
    }
    let spaced = text.replace('+', " ");
    let text = percent_decode_str(&spaced).decode_utf8();
    text.map(|text| text.into_owned()).map_err(|_| unreadable())
}

#[cfg(test)]
mod tests {
    use super::*;
    use hejie_texts::Language;

    fn fault(query: &str) -> String {
        match split(query, &["limit", "phase"]) {
            Ok(_) => "taken".to_owned(),
            Err(problem) => {
                let body = problem.body(Language::English);
                let place = body.errors.first().map(|error| error.place().to_owned());
                place.unwrap_or(body.kind)
            }
        }
    }

    #[test]
    fn every_member_is_known_and_there_once() {
        assert_eq!(fault("limit=1&phase=open"), "taken");
        assert_eq!(fault(""), "taken");
        assert_eq!(fault("limit=1&limit=1"), "limit");
        assert_eq!(fault("colour=red"), "colour");
        assert_eq!(fault("limit=%zz"), "/problems/bad-address");
        assert_eq!(fault("limit=%ff"), "/problems/bad-address");
    }
}
