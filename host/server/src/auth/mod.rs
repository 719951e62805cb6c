//! Who calls: a bearer token names a party, an agent, a mediator, an officer or
//! the operator. The store keeps the token's hash only.

mod acting;
mod holder;
mod principal;
mod token;
mod visibility;

pub use holder::Holder;
pub use principal::Principal;
pub use token::Token;
pub use visibility::{
    filter_of, has_part, has_to_do_with, in_subtree, is_of, knows_kind, may_see, subtree_of,
    work_of,
};

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderValue, header};

use crate::app::App;
use crate::problem::Problem;

impl FromRequestParts<App> for Token {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _app: &App) -> Result<Token, Problem> {
        let mut given = parts.headers.get_all(header::AUTHORIZATION).iter();
        match (given.next(), given.next()) {
            (Some(header), None) => bearer(header).ok_or_else(Problem::unauthenticated),
            _ => Err(Problem::unauthenticated()),
        }
    }
}

/// The token of `Bearer TOKEN` (RFC 6750); the scheme's case is of no matter
/// (RFC 9110 section 11.1).
fn bearer(header: &HeaderValue) -> Option<Token> {
    let (scheme, credentials) = header.to_str().ok()?.split_once(' ')?;
    let token = credentials.trim().parse().ok()?;
    scheme.eq_ignore_ascii_case("bearer").then_some(token)
}

impl FromRequestParts<App> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Principal, Problem> {
        let token = Token::from_request_parts(parts, app).await?;
        let unit = acting::acting_unit(parts)?;
        app.principal_of(&token, unit.as_ref()).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scheme_is_read_in_any_case_and_no_other_scheme_is_taken() {
        let token = Token::random();
        for (scheme, taken) in [("Bearer", true), ("bEARER", true), ("Basic", false)] {
            let header = HeaderValue::from_str(&format!("{scheme} {}", token.reveal())).unwrap();
            assert_eq!(bearer(&header).is_some(), taken, "{scheme}");
        }
        let bare = HeaderValue::from_str(token.reveal()).unwrap();
        assert!(bearer(&bare).is_none());
    }
}
