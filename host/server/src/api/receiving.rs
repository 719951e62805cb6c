//! Receiving a file whose person stands behind a token: under an account, or with a token
//! to come back by.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hejie_domain::text::Text;
use hejie_store::{NewIdentity, StoreError};
use serde::Serialize;
use utoipa::ToSchema;

use crate::act::{ActError, Done};
use crate::api::cases::receipt::{Once, Receipt, answer};
use crate::app::App;
use crate::auth::{Principal, Token};
use crate::commit::{Base, Extras};
use crate::kept::Kept;
use crate::opening::DRAWS;
use crate::problem::Problem;

#[derive(Serialize, ToSchema)]
pub struct Received {
    #[serde(flatten)]
    receipt: Receipt,
    /// By this token she comes back without an account; it is shown once. Absent where
    /// the file stands under the account that sent it.
    #[serde(skip_serializing_if = "Option::is_none")]
    token: Option<String>,
}

/// Commits the file that `opened` makes; another is made where its number is taken.
pub async fn receive<F: Kept>(
    app: &App,
    principal: &Principal,
    once: Once,
    bytes: &[u8],
    opened: impl Fn() -> Result<(Done<F>, NewIdentity), Problem>,
) -> Result<Response, Problem> {
    let (first, identity) = opened()?;
    if identity.owner.is_some() {
        return under_account(app, principal, once, bytes, (first, identity), opened).await;
    }
    // The token is kept nowhere, so no answer can be given again.
    if once.has_key() {
        let text = Text::new("invalid-no-idempotency");
        return Err(Problem::header("Idempotency-Key", text));
    }
    with_token(app, (first, identity), opened).await
}

type Opened<F> = (Done<F>, NewIdentity);

async fn under_account<F: Kept>(
    app: &App,
    principal: &Principal,
    once: Once,
    bytes: &[u8],
    first: Opened<F>,
    opened: impl Fn() -> Result<Opened<F>, Problem>,
) -> Result<Response, Problem> {
    let request = once.request(principal, bytes);
    if let Some(response) = request.answered(app).await? {
        return Ok(response);
    }
    let status = StatusCode::CREATED;
    let mut next = first;
    for _ in 0..DRAWS {
        let (done, identity) = next;
        let extras = Extras {
            idempotency: request.keep(app, status, &Receipt::of(&done)),
            identity: Some(identity),
            ..Extras::default()
        };
        match app.commit(Base::nothing(), done, extras).await {
            Err(ActError::Store(StoreError::Exists)) => next = opened()?,
            other => return answer(status, other),
        }
    }
    Err(StoreError::Exists.into())
}

async fn with_token<F: Kept>(
    app: &App,
    first: Opened<F>,
    opened: impl Fn() -> Result<Opened<F>, Problem>,
) -> Result<Response, Problem> {
    let mut next = first;
    for _ in 0..DRAWS {
        let (done, identity) = next;
        let back = Principal::Reporter {
            token: identity.token.clone(),
        };
        let extras = Extras {
            identity: Some(identity),
            ..Extras::default()
        };
        match app.commit(Base::nothing(), done, extras).await {
            Err(ActError::Store(StoreError::Exists)) => next = opened()?,
            Err(fault) => return Err(fault.into()),
            Ok(done) => return token_for(app, &back, &done).await,
        }
    }
    Err(StoreError::Exists.into())
}

/// A token that is lost between the commit and this is a file whose person does not come
/// back; the file is there all the same.
async fn token_for<F: Kept>(
    app: &App,
    back: &Principal,
    done: &Done<F>,
) -> Result<Response, Problem> {
    let token = Token::random();
    let now = app.clock().now();
    app.store().add_token(&token.digest(), back, now).await?;
    let received = Received {
        receipt: Receipt::of(done),
        token: Some(token.reveal().to_owned()),
    };
    Ok((StatusCode::CREATED, Json(received)).into_response())
}
