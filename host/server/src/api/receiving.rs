//! Receiving a file whose person stands behind a token: under an account, or with a token
//! to come back by.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use hejie_domain::case::{Actor, Command};
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_store::NewIdentity;
use serde::Serialize;
use utoipa::ToSchema;

use crate::act::Done;
use crate::api::cases::receipt::{Receipt, Request, answer};
use crate::app::App;
use crate::auth::{Holder, Principal, Token};
use crate::commit::Extras;
use crate::kept::Kept;
use crate::opening::Decide;
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

/// Who sends, and the account where she sends for herself.
pub struct By {
    pub actor: Actor,
    pub account: Option<String>,
}

impl By {
    pub fn of(principal: &Principal) -> By {
        let herself = matches!(principal, Principal::Consumer { .. });
        By {
            actor: principal.actor(),
            account: herself.then(|| principal.key()),
        }
    }
}

/// Somebody behind a token, who sends a file or has it taken down.
#[derive(Clone)]
pub struct Sender {
    pub actor: Actor,
    pub identity: NewIdentity,
}

/// Opens the file that `command` makes for a number.
pub async fn receive<F: Kept>(
    app: &App,
    request: Request,
    sender: Sender,
    decide: Decide,
    command: impl Fn(CaseNumber) -> Command,
) -> Result<Response, Problem> {
    let Sender { actor, identity } = sender;
    let account = identity.owner.is_some();
    request.needs_no_token(!account)?;
    if let Some(response) = request.answered(app).await? {
        return Ok(response);
    }
    let extras = |done: &Done<F>| Extras {
        identity: Some(identity.clone()),
        ..request.extras(app, StatusCode::CREATED, done)
    };
    let done = app.open_file(&actor, decide, command, extras).await;
    if account {
        return answer(StatusCode::CREATED, done);
    }
    let received = Received {
        receipt: Receipt::of(&done?),
        token: Some(token_for(app, identity.token.clone()).await?),
    };
    Ok((StatusCode::CREATED, Json(received)).into_response())
}

/// A token by which whom another stands for comes back. One that is lost between the commit
/// and this is a file whose person does not come back; the file is there all the same.
pub async fn token_for(app: &App, stands_for: String) -> Result<String, Problem> {
    let token = Token::random();
    let back = Holder::Reporter { token: stands_for };
    let now = app.clock().now();
    app.store().add_token(&token.digest(), &back, now).await?;
    Ok(token.reveal().to_owned())
}
