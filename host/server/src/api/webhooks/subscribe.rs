//! Adding, listing and removing webhooks.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use hejie_domain::text::Text;
use hejie_runtime::post::PostError;
use hejie_store::directory::WebhookRow;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::named;
use crate::address::Path;
use crate::api::once::WithoutKey;
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::exchange::{Secret, Webhook, topics};
use crate::problem::Problem;

const MAX_WEBHOOKS: u32 = 50;
const MAX_URL: usize = 500;
/// As the schema says it: there is room for every topic.
const MAX_TOPICS: usize = 64;
const _: () = assert!(topics::ALL.len() <= MAX_TOPICS);

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewWebhook {
    /// Over https, or a host that the operator's setting names; at most 500 characters.
    #[schema(max_length = 500)]
    url: String,
    /// The topics to be told of, each once, such as `case.filed` or `complaint.accepted`;
    /// one that there is not is refused with a list of all.
    #[schema(max_items = 64)]
    topics: Vec<String>,
    /// `whsec_` and 24 to 64 bytes in Base64; made where nothing is said.
    secret: Option<String>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = Webhook)]
pub struct Shown {
    id: String,
    url: String,
    topics: Vec<String>,
    created_at: String,
}

#[derive(Serialize, ToSchema)]
pub struct AddedWebhook {
    #[serde(flatten)]
    webhook: Shown,
    /// What deliveries are signed with (Standard Webhooks); it is not shown again.
    secret: String,
}

impl Shown {
    fn of(webhook: &Webhook) -> Shown {
        Shown {
            id: webhook.id.clone(),
            url: webhook.url.clone(),
            topics: webhook.topics.clone(),
            created_at: webhook.created_at.to_string(),
        }
    }
}

/// Adds a webhook: what happens from now on reaches it as CloudEvents 1.0, signed
/// by the Standard Webhooks scheme, at least once and in order case by case.
#[utoipa::path(post, path = "/webhooks", tag = "exchange", request_body = NewWebhook,
    responses((status = 201, body = AddedWebhook), (status = 409, description = "No more webhooks"),
              (status = 422, description = "A field is wrong")))]
pub async fn add(
    State(app): State<App>,
    principal: Principal,
    _: WithoutKey,
    Body { value, .. }: Body<NewWebhook>,
) -> Result<(StatusCode, Json<AddedWebhook>), Problem> {
    principal.require_operator()?;
    check_url(&app, "/url", &value.url)?;
    check_topics(&value.topics)?;
    let webhook = Webhook {
        id: Uuid::now_v7().to_string(),
        url: value.url,
        topics: value.topics,
        secret: secret(value.secret)?,
        created_at: app.clock().now(),
    };
    let row = WebhookRow {
        id: webhook.id.clone(),
        topics: webhook.topics.clone(),
        document: webhook.clone(),
    };
    if !app.store().add_webhook(row, MAX_WEBHOOKS).await? {
        return Err(Problem::new(StatusCode::CONFLICT, "too-many-webhooks"));
    }
    let added = AddedWebhook {
        webhook: Shown::of(&webhook),
        secret: webhook.secret.reveal().to_owned(),
    };
    Ok((StatusCode::CREATED, Json(added)))
}

/// An address that something may be sent to.
pub(in crate::api) fn check_url(app: &App, pointer: &str, url: &str) -> Result<(), Problem> {
    let too_long = || Text::new("invalid-too-long").arg("limit", MAX_URL as u64);
    if url.chars().count() > MAX_URL {
        return Err(Problem::invalid(pointer, too_long()));
    }
    app.posts().check(url).map_err(|fault| {
        let text = match fault {
            PostError::Private => "invalid-private-host",
            PostError::Insecure => "invalid-not-encrypted",
            _ => "invalid-web-address",
        };
        Problem::invalid(pointer, Text::new(text))
    })
}

fn check_topics(given: &[String]) -> Result<(), Problem> {
    if given.is_empty() {
        return Err(Problem::invalid("/topics", Text::new("invalid-missing")));
    }
    for (at, topic) in given.iter().enumerate() {
        let field = format!("/topics/{at}");
        if !topics::ALL.contains(&topic.as_str()) {
            let text = Text::new("invalid-unknown-topic").arg("known", topics::ALL.join(", "));
            return Err(Problem::invalid(field, text));
        }
        if given[..at].contains(topic) {
            return Err(Problem::invalid(field, Text::new("invalid-repeated")));
        }
    }
    Ok(())
}

fn secret(given: Option<String>) -> Result<Secret, Problem> {
    match given {
        None => Ok(Secret::random()),
        Some(text) => text
            .parse()
            .map_err(|_| Problem::invalid("/secret", Text::new("invalid-webhook-secret"))),
    }
}

/// All webhooks, without their secrets.
#[utoipa::path(get, path = "/webhooks", tag = "exchange",
    responses((status = 200, body = Vec<Shown>), (status = 403)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
) -> Result<Json<Vec<Shown>>, Problem> {
    principal.require_operator()?;
    let webhooks: Vec<Webhook> = app.store().webhooks().await?;
    Ok(Json(webhooks.iter().map(Shown::of).collect()))
}

/// Removes a webhook with all that was to reach it.
#[utoipa::path(delete, path = "/webhooks/{id}", tag = "exchange",
    params(("id" = String, Path, description = "The webhook's id")),
    responses((status = 204), (status = 404)))]
pub async fn remove(
    State(app): State<App>,
    principal: Principal,
    Path(id): Path<String>,
) -> Result<StatusCode, Problem> {
    principal.require_operator()?;
    let webhook = named(&app, &id).await?;
    match app.store().remove_webhook(&webhook.id).await? {
        true => Ok(StatusCode::NO_CONTENT),
        false => Err(Problem::not_found()),
    }
}
