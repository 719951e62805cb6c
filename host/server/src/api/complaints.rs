//! Complaints straight to the authority: from the web, or entered by an officer for
//! a person who called, came or wrote.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use hejie_domain::case::identity::IdentityCheck;
use hejie_domain::case::intake::{Channel, RegisterAt};
use hejie_domain::case::{Actor, Filing, Intake};
use hejie_domain::identifiers::phone::Phone;
use hejie_domain::text::Text;
use serde::Deserialize;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::cases::receipt::Once;
use super::filings::{Brought, Filed, Matter, Way, answer, may_open, open};
use super::identity::{self, NumberOf};
use super::receiving::By;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::commit::Extras;
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
    fn matter(self) -> Result<Matter, Problem> {
        let intake = Intake {
            channel: self.channel,
            caller: self.caller,
            register_at: self.register_at,
            reference: None,
        };
        let way = Way::Direct {
            intake,
            consumer_id: self.consumer_id,
        };
        let brought = Brought {
            filing: Some(self.filing),
            ..Brought::default()
        };
        brought.matter(way, None)
    }
}

/// What the numbers come to that were entered. Nothing leaves for what would not be filed
/// anyway.
async fn confirmed(
    app: &App,
    by: &By,
    matter: &Matter,
    numbers: &[NumberOf],
) -> Result<Vec<IdentityCheck>, Problem> {
    let Some(filing) = matter.filing().filter(|_| !numbers.is_empty()) else {
        return Ok(Vec::new());
    };
    if !matches!(by.actor, Actor::Officer { .. }) {
        let text = Text::new("invalid-unknown-value");
        return Err(Problem::invalid("/identities", text));
    }
    may_open(app, by, matter)?;
    identity::entered(app, filing, numbers).await
}

/// Files a complaint with the authority, without negotiation here: registered at
/// once at the unit with handling power, or at the officer's own, which dispatches it.
#[utoipa::path(post, path = "/complaints", tag = "intake", request_body = DirectComplaint,
    params(("Idempotency-Key" = Option<String>, Header, description = "Makes a repeated request safe")),
    responses((status = 201, body = Filed), (status = 422, description = "A field is wrong"),
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
    let by = By::of(&principal);
    let numbers = value.identities.clone();
    let mut matter = value.matter()?;
    matter.check(&app).await?;
    let confirmed = confirmed(&app, &by, &matter, &numbers).await?;
    matter.identify(&app, &by, |_| confirmed).await?;
    let keep = |filed: &Filed| Extras {
        idempotency: request.keep(&app, StatusCode::CREATED, filed),
        ..Extras::default()
    };
    answer(open(&app, &by, &matter, keep).await)
}
