//! Deliveries to one receiver, as the operator sees and moves them.

use axum::Json;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use hejie_store::{DeliveryState, SentDelivery};
use serde::Serialize;
use utoipa::{IntoParams, ToSchema};

use crate::address::{Given, Parameters};
use crate::app::App;
use crate::problem::Problem;

const MOST: u32 = 200;

#[derive(Serialize, ToSchema)]
pub struct Delivery {
    /// Names it to its receiver, the same at every try.
    message: String,
    topic: String,
    /// When what it tells of happened.
    at: String,
    /// `waiting`, `delivered`, `parked` after too many tries, or `refused` where the receiver
    /// will not take it, and then what follows goes on.
    state: &'static str,
    tries: u32,
    /// When it is tried next, or when it came to its state.
    moved_at: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    last_error: Option<String>,
}

#[derive(IntoParams)]
#[into_params(parameter_in = Query)]
pub struct ByState {
    /// `waiting`, `delivered`, `parked` or `refused`; all where nothing is said.
    #[param(value_type = Option<String>)]
    state: Option<DeliveryState>,
}

impl Parameters for ByState {
    const NAMES: &'static [&'static str] = &["state"];

    fn read(given: &Given) -> Result<ByState, Problem> {
        let unknown = Text::new("invalid-unknown-value");
        Ok(ByState {
            state: given.get("state", DeliveryState::named, unknown)?,
        })
    }
}

/// A receiver's deliveries, newest first.
pub async fn listed(
    app: &App,
    receiver: &str,
    by: ByState,
) -> Result<Json<Vec<Delivery>>, Problem> {
    let found = app.store().deliveries(receiver, by.state, MOST).await?;
    Ok(Json(found.into_iter().map(Delivery::from).collect()))
}

impl From<SentDelivery> for Delivery {
    fn from(it: SentDelivery) -> Delivery {
        Delivery {
            message: it.message,
            topic: it.topic,
            at: it.at.to_string(),
            state: it.state.name(),
            tries: it.tries,
            moved_at: it.moved_at.to_string(),
            last_error: it.last_error,
        }
    }
}

/// Tries a delivery anew.
pub async fn again(app: &App, receiver: &str, message: &str) -> Result<StatusCode, Problem> {
    validate::key("message", message).map_err(|_| Problem::not_found())?;
    match app.store().redeliver(receiver, message).await? {
        true => {
            app.wake();
            Ok(StatusCode::ACCEPTED)
        }
        false => Err(Problem::new(StatusCode::CONFLICT, "not-possible-now")),
    }
}
