//! Exchange between authorities: who they are, what they hand over, what they say.

mod authorities;
mod deliveries;
mod dossiers;
mod statuses;
mod supplements;
mod well_known;

use axum::Json;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use hejie_domain::case::{Command, Refusal, validate};
use hejie_domain::text::Text;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::act::{ActError, Loaded};
use crate::app::App;
use crate::body;
use crate::commit::Extras;
use crate::exchange::form::{self, Form};
use crate::exchange::{JwsError, Partner, Signed};
use crate::problem::Problem;

pub(in crate::api) use authorities::registered;

/// The largest signed request: a dossier in base64url.
const MAX_SIGNED: usize = 8 << 20;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(authorities::list))
        .routes(routes!(authorities::put))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::redeliver))
        .merge(signed())
}

fn signed() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(dossiers::take))
        .routes(routes!(statuses::take))
        .routes(routes!(supplements::take))
        .layer(DefaultBodyLimit::max(MAX_SIGNED))
}

/// What is outside of the API's own path.
pub fn well_known() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(well_known::show))
}

/// The payload of a request, and the registered authority that signed it.
async fn opened(
    app: &App,
    signed: &Signed,
    typ: &'static str,
) -> Result<(Partner, Vec<u8>), Problem> {
    let header = signed.header(typ).map_err(|_| {
        Problem::invalid(
            "/protected",
            Text::new("invalid-signed-header").arg("typ", typ),
        )
    })?;
    let untrusted = || Problem::new(StatusCode::FORBIDDEN, "not-trusted");
    // What is no code is nobody's; the store need not be asked.
    validate::key("kid", &header.kid).map_err(|_| untrusted())?;
    let partner: Option<Partner> = app.store().external_authority(&header.kid).await?;
    let partner = partner.ok_or_else(untrusted)?;
    let key = partner.key().ok_or_else(untrusted)?;
    let payload = signed.verify(&key).map_err(|fault| match fault {
        JwsError::Payload => Problem::invalid("/payload", Text::new("invalid-base64url")),
        _ => untrusted(),
    })?;
    Ok((partner, payload))
}

/// A payload of a form, from who says that it is the source.
fn read<T: DeserializeOwned>(payload: &[u8], from: &Partner, form: &Form) -> Result<T, Problem> {
    let inside = |problem: Problem| problem.all_within("/payload");
    let value: Value = body::parse(payload).map_err(inside)?;
    let fault = form::fault(form, &value).map_err(|why| Problem::internal(&why))?;
    if let Some((place, why)) = fault {
        let text = Text::new("invalid-form").arg("detail", why);
        return Err(Problem::invalid(format!("/payload{place}"), text));
    }
    if value["source"] != from.code.as_str() {
        let text = Text::new("invalid-unknown-value");
        return Err(Problem::invalid("/payload/source", text));
    }
    body::parse(payload).map_err(inside)
}

#[derive(Serialize, ToSchema)]
pub struct Recorded {
    /// False where it was known already.
    recorded: bool,
}

/// Has an authority do something in a file; `fields` are those of its payload.
async fn recorded(
    app: &App,
    partner: &Partner,
    loaded: Option<Loaded>,
    command: Command,
    fields: &[&str],
) -> Result<Json<Recorded>, Problem> {
    let loaded = loaded.ok_or_else(Problem::not_found)?;
    let actor = partner.actor();
    let acted = app.act(loaded, &actor, command, |_| Extras::default());
    match acted.await {
        Ok(done) => Ok(Json(Recorded {
            recorded: !done.recorded.is_empty(),
        })),
        // Whose the file is not does not learn that it exists.
        Err(ActError::Refused(Refusal::NotAllowed { .. })) => Err(Problem::not_found()),
        Err(fault) => Err(Problem::from(fault).within("/payload", fields)),
    }
}
