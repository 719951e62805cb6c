//! What an operator's tools ask: alive, ready, metrics.

use std::time::Duration;

use axum::extract::State;
use axum::http::StatusCode;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::Problem;

/// A store that takes longer is as good as down.
const STORE_WITHIN: Duration = Duration::from_secs(5);

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(healthz))
        .routes(routes!(readyz))
        .routes(routes!(metrics))
}

/// The process runs.
#[utoipa::path(get, path = "/healthz", tag = "operation", security(()),
    responses((status = 200, description = "It runs")))]
async fn healthz() -> &'static str {
    "ok\n"
}

/// The store answers a reader and a writer, so requests can be served.
#[utoipa::path(get, path = "/readyz", tag = "operation", security(()),
    responses((status = 200, description = "Ready"), (status = 503, description = "Not ready")))]
async fn readyz(State(app): State<App>) -> Result<&'static str, Problem> {
    let answer = tokio::time::timeout(STORE_WITHIN, app.store().ping()).await;
    let fault = match answer {
        Ok(Ok(())) => return Ok("ready\n"),
        Ok(Err(fault)) => fault.to_string(),
        Err(_) => format!("no answer within {} s", STORE_WITHIN.as_secs()),
    };
    tracing::error!(%fault, "the store does not answer");
    Err(Problem::new(StatusCode::SERVICE_UNAVAILABLE, "unavailable"))
}

/// Counters and timings in the Prometheus text format; no personal data.
#[utoipa::path(get, path = "/metrics", tag = "operation", security(()),
    responses((status = 200, description = "Metrics")))]
async fn metrics(State(app): State<App>) -> Result<String, Problem> {
    metrics::gauge!("hejie_jobs").set(app.store().count_jobs(app.clock().now()).await? as f64);
    Ok(app.metrics().render())
}
