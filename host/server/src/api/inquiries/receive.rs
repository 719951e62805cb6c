//! Receiving a consultation or a suggestion.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::{Actor, Command, validate};
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::inquiry::{Inquiry, InquiryFiling, receive as decide};
use hejie_store::NewIdentity;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::act::Done;
use crate::api::cases::receipt::Once;
use crate::api::receiving::{self, Received};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::opening::open;
use crate::problem::Problem;

/// How the answer reaches who asked.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Contact {
    name: String,
    #[schema(value_type = String)]
    phone: Phone,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewInquiry {
    contact: Option<Contact>,
    inquiry: InquiryFiling,
}

/// Receives a consultation or a suggestion: of a consumer, or taken down by an officer.
/// What is not sent under an account gets a token to come back by.
#[utoipa::path(post, path = "/inquiries", tag = "inquiries", request_body = NewInquiry,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Received), (status = 422, description = "A field is wrong")))]
pub async fn receive(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<NewInquiry>,
) -> Result<Response, Problem> {
    let taken = matches!(
        principal,
        Principal::Consumer { .. } | Principal::Officer { .. }
    );
    if !taken {
        return Err(Problem::forbidden());
    }
    if let Some(contact) = &value.contact {
        validate::line("/contact/name", &contact.name, 50)?;
    }
    let opened = || opened(&app, &principal, &value);
    receiving::receive(&app, &principal, once, &bytes, opened).await
}

fn opened(
    app: &App,
    principal: &Principal,
    value: &NewInquiry,
) -> Result<(Done<Inquiry>, NewIdentity), Problem> {
    let token = Uuid::new_v4().to_string();
    let herself = matches!(principal, Principal::Consumer { .. });
    let actor = match herself {
        true => Actor::Reporter {
            token: Some(token.clone()),
        },
        false => principal.actor(),
    };
    let done = open::<Inquiry>(app, &actor, decide, |number| Command::Inquire {
        number,
        asker: token.clone(),
        filing: value.inquiry.clone(),
    });
    let done = done.map_err(|refusal| Problem::from(refusal).within("/inquiry", &FIELDS))?;
    let contact = value.contact.as_ref().map(serde_json::to_value);
    let document = contact.transpose().map_err(|it| Problem::internal(&it))?;
    let identity = NewIdentity {
        token,
        owner: herself.then(|| principal.key()),
        document,
    };
    Ok((done, identity))
}

/// The fields of an inquiry, which lie within `inquiry` in the body.
const FIELDS: [&str; 3] = ["/division", "/category", "/text"];
