//! Webhooks: who is told of what happens, and what became of it.

mod deliveries;
mod subscribe;

pub(super) use subscribe::check_url;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::exchange::Webhook;
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(subscribe::add, subscribe::list))
        .routes(routes!(subscribe::remove))
        .routes(routes!(deliveries::list))
        .routes(routes!(deliveries::redeliver))
}

/// The webhook of an id.
async fn named(app: &App, id: &str) -> Result<Webhook, Problem> {
    // What is no id has no webhook; the store need not be asked.
    let id: uuid::Uuid = id.parse().map_err(|_| Problem::not_found())?;
    let found = app.store().webhook(&id.to_string()).await?;
    found.ok_or_else(Problem::not_found)
}
