//! Receiving a report, by name or without.

use axum::extract::State;
use axum::response::Response;
use hejie_domain::case::{Actor, Command, validate};
use hejie_domain::drafts::REPORT_FIELDS;
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::report::{Report, ReportFiling, Reporter, receive as decide};
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

/// Who reports; it is kept apart from the report, for the handling unit alone.
#[derive(Debug, Clone, Serialize, Deserialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
pub enum Person {
    Named {
        name: String,
        #[schema(value_type = String)]
        phone: Phone,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        address: Option<String>,
    },
    Anonymous,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewReport {
    pub reporter: Person,
    pub report: ReportFiling,
}

impl Person {
    pub fn check(&self) -> Result<(), Problem> {
        let Person::Named { name, address, .. } = self else {
            return Ok(());
        };
        validate::line("/reporter/name", name, 50)?;
        if let Some(address) = address {
            validate::line("/reporter/address", address, 200)?;
        }
        Ok(())
    }

    /// Puts a token in the place of the person. The account is kept only of who reports
    /// by name for herself.
    pub fn hide(&self, by: &By, document: Option<Value>) -> (Reporter, Sender) {
        let token = Uuid::new_v4().to_string();
        let named = matches!(self, Person::Named { .. });
        let reporter = match named {
            true => Reporter::Named {
                token: token.clone(),
            },
            false => Reporter::Anonymous,
        };
        let actor = match by.account {
            Some(_) => Actor::Reporter {
                token: named.then(|| token.clone()),
            },
            None => by.actor.clone(),
        };
        let identity = NewIdentity {
            token,
            owner: by.account.clone().filter(|_| named),
            document: document.filter(|_| named),
        };
        (reporter, Sender { actor, identity })
    }
}

/// Receives a report: of a consumer, by name or without, or taken down by an officer.
/// What is not sent under an account gets a token to come back by; then a request
/// cannot be repeated under an `Idempotency-Key`, because the token is kept nowhere.
#[utoipa::path(post, path = "/reports", tag = "reports", request_body = NewReport,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Received), (status = 422, description = "A field is wrong")))]
pub async fn receive(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<NewReport>,
) -> Result<Response, Problem> {
    if !matches!(
        principal,
        Principal::Consumer { .. } | Principal::Officer { .. }
    ) {
        return Err(Problem::forbidden());
    }
    value.reporter.check()?;
    let document = serde_json::to_value(&value.reporter).map_err(|it| Problem::internal(&it))?;
    let (reporter, sender) = value.reporter.hide(&By::of(&principal), Some(document));
    let command = |number| Command::Report {
        number,
        reporter: reporter.clone(),
        filing: Box::new(value.report.clone()),
    };
    let request = once.request(&principal, &bytes);
    let received = receiving::receive::<Report>(&app, request, sender, decide, command);
    let received = received.await;
    received.map_err(|problem| problem.within("/report", &REPORT_FIELDS))
}
