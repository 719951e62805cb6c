//! The outbox: what other systems are to be told, read and acknowledged.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::case::validate;
use hejie_domain::text::Text;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(read))
        .routes(routes!(acknowledge))
}

#[derive(Serialize, ToSchema)]
#[schema(as = OutboxMessage)]
struct Message {
    id: String,
    topic: String,
    at: String,
    #[schema(value_type = Object)]
    payload: serde_json::Value,
}

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Taken {
    /// At most 1,000.
    #[schema(max_items = 1000)]
    ids: Vec<String>,
}

/// Ids are short keys; the store is asked for nothing else.
fn check(ids: &[String]) -> Result<(), Problem> {
    if ids.len() > 1_000 {
        let text = Text::new("invalid-too-many").arg("limit", 1_000);
        return Err(Problem::invalid("/ids", text));
    }
    for (index, id) in ids.iter().enumerate() {
        validate::key(&format!("/ids/{index}"), id)?;
    }
    Ok(())
}

/// The oldest messages that were not acknowledged, at most 100.
#[utoipa::path(get, path = "/outbox", tag = "operation",
    responses((status = 200, body = Vec<Message>)))]
async fn read(State(app): State<App>, principal: Principal) -> Result<Json<Vec<Message>>, Problem> {
    principal.require_operator()?;
    let messages = app
        .store()
        .outbox(100)
        .await?
        .into_iter()
        .map(|message| Message {
            id: message.id,
            topic: message.topic,
            at: message.at.to_string(),
            payload: serde_json::from_str(&message.payload).unwrap_or_default(),
        });
    Ok(Json(messages.collect()))
}

/// Takes messages out of the outbox.
#[utoipa::path(post, path = "/outbox/acknowledgement", tag = "operation", request_body = Taken,
    responses((status = 204)))]
async fn acknowledge(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<Taken>,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    check(&value.ids)?;
    app.store().acknowledge(value.ids).await?;
    Ok(StatusCode::NO_CONTENT)
}
