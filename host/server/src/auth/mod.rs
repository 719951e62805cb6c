//! Who calls: a bearer token names a party, an agent, a mediator, an officer or
//! the operator. The store keeps the token's hash only.

mod principal;
mod token;
mod visibility;

pub use principal::Principal;
pub use token::Token;
pub use visibility::{filter_of, may_see};

use axum::extract::FromRequestParts;
use axum::http::header;
use axum::http::request::Parts;

use crate::app::App;
use crate::problem::Problem;

impl FromRequestParts<App> for Principal {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Principal, Problem> {
        let header = parts
            .headers
            .get(header::AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        let token = header
            .and_then(|value| value.strip_prefix("Bearer "))
            .and_then(|text| text.trim().parse::<Token>().ok())
            .ok_or_else(Problem::unauthenticated)?;
        app.principal_of(&token)
            .await?
            .ok_or_else(Problem::unauthenticated)
    }
}
