//! Receiving a consultation or a suggestion.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::{Actor, Command, validate};
use hejie_domain::drafts::INQUIRY_FIELDS;
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::inquiry::{Inquiry, InquiryFiling, receive as decide};
use hejie_store::NewIdentity;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::api::cases::receipt::Once;
use crate::api::receiving::{self, By, Received, Sender};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

/// How the answer reaches who asked.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Contact {
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
        contact.check()?;
    }
    let contact = value.contact.as_ref().map(serde_json::to_value);
    let contact = contact.transpose().map_err(|it| Problem::internal(&it))?;
    let sender = sender(&By::of(&principal), contact);
    let command = |number| Command::Inquire {
        number,
        asker: sender.identity.token.clone(),
        filing: value.inquiry.clone(),
    };
    let request = once.request(&principal, &bytes);
    let received = receiving::receive::<Inquiry>(&app, request, sender.clone(), decide, command);
    let received = received.await;
    received.map_err(|problem| problem.within("/inquiry", &INQUIRY_FIELDS))
}

impl Contact {
    pub fn check(&self) -> Result<(), Problem> {
        Ok(validate::line("/contact/name", &self.name, 50)?)
    }
}

/// Puts a token in the place of who asks, with how she is reached.
pub fn sender(by: &By, reached_at: Option<Value>) -> Sender {
    let token = Uuid::new_v4().to_string();
    let actor = match by.account {
        Some(_) => Actor::Reporter {
            token: Some(token.clone()),
        },
        None => by.actor.clone(),
    };
    let identity = NewIdentity {
        token,
        owner: by.account.clone(),
        document: reached_at,
    };
    Sender { actor, identity }
}
