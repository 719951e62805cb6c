//! Complaints straight to the authority: from the web, or entered by an officer for
//! a person who called, came or wrote.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::identity::IdentityCheck;
use hejie_domain::case::intake::{Channel, RegisterAt};
use hejie_domain::case::{Case, Command, Filing, Intake, file as decide};
use hejie_domain::drafts::FILING_FIELDS;
use hejie_domain::identifiers::case_number::CaseNumber;
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cases::receipt::{Once, Receipt, answer};
use super::identity::{self, NumberOf};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::opening::{check_filing, open};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(file))
}

/// A complaint as it comes in.
#[derive(Debug, Clone, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct DirectComplaint {
    filing: Filing,
    #[serde(default)]
    channel: Channel,
    /// The number that called; of the hotline only.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    caller: Option<Phone>,
    #[serde(default)]
    register_at: RegisterAt,
    /// Her account, where an officer files for a person who has one.
    #[serde(default)]
    consumer_id: Option<String>,
    /// Numbers of the persons of the filing, to be verified; of an officer only.
    #[serde(default)]
    #[schema(max_items = 102)]
    identities: Vec<NumberOf>,
}

impl DirectComplaint {
    /// What the domain alone cannot see of it.
    async fn check(&self, app: &App) -> Result<(), Problem> {
        check_filing(app, &self.filing).await.map_err(within_filing)
    }

    /// What is known of the persons by the accounts that the filing names.
    pub async fn by_account(
        &self,
        app: &App,
        principal: &Principal,
    ) -> Result<Vec<IdentityCheck>, Problem> {
        let filer = principal.account().or(self.consumer_id.as_deref());
        identity::filed(app, &self.filing, filer).await
    }

    /// The same, and by the numbers that were entered. Nothing leaves for what would not be
    /// filed anyway.
    async fn identities(
        &self,
        app: &App,
        principal: &Principal,
    ) -> Result<Vec<IdentityCheck>, Problem> {
        let mut checks = self.by_account(app, principal).await?;
        if self.identities.is_empty() {
            return Ok(checks);
        }
        if !matches!(principal, Principal::Officer { .. }) {
            let text = Text::new("invalid-unknown-value");
            return Err(Problem::invalid("/identities", text));
        }
        let dry = |number| self.command(number, Vec::new());
        open::<Case>(app, &principal.actor(), decide, dry)?;
        let numbers = identity::entered(app, &self.filing, &self.identities).await?;
        checks.retain(|it| numbers.iter().all(|other| other.of != it.of));
        checks.extend(numbers);
        Ok(checks)
    }

    pub fn command(&self, number: CaseNumber, identities: Vec<IdentityCheck>) -> Command {
        Command::FileComplaint {
            number,
            filing: Box::new(self.filing.clone()),
            intake: Intake {
                channel: self.channel,
                caller: self.caller.clone(),
                register_at: self.register_at,
                reference: None,
            },
            consumer_id: self.consumer_id.clone(),
            identities,
        }
    }
}

/// Files a complaint with the authority, without negotiation here: registered at
/// once at the unit with handling power, or at the officer's own, which dispatches it.
#[utoipa::path(post, path = "/complaints", tag = "intake", request_body = DirectComplaint,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Receipt), (status = 422, description = "A field is wrong"),
        (status = 503, description = "No identity can be verified now; nothing was filed")))]
async fn file(
    State(app): State<App>,
    principal: Principal,
    once: Once,
    Body { value, bytes }: Body<DirectComplaint>,
) -> Result<Response, Problem> {
    let request = match value.identities.is_empty() {
        true => once.request(&principal, &bytes),
        false => once.request(&principal, &app.identity_secret().blind(&bytes)),
    };
    if let Some(response) = request.answered(&app).await? {
        return Ok(response);
    }
    let keep = |done: &_| request.extras(&app, StatusCode::CREATED, done);
    value.check(&app).await?;
    let identities = value.identities(&app, &principal).await;
    let identities = identities.map_err(within_filing)?;
    let actor = principal.actor();
    let command = |number| value.command(number, identities.clone());
    let done = app.open_case(&actor, command, keep);
    answer(StatusCode::CREATED, done.await).map_err(within_filing)
}

/// The domain names a filing's fields from the filing on.
fn within_filing(problem: Problem) -> Problem {
    problem.within("/filing", &FILING_FIELDS)
}
