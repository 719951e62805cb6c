//! `/api/v1`: a file per resource, each handler a few lines that name a command.
//! The OpenAPI description is made from these very routes.

mod access;
mod calendars;
mod cases;
mod clock;
mod complaints;
mod deliveries;
mod describe;
mod documents;
mod drafts;
mod entries;
mod exchange;
mod exports;
mod figures;
mod filings;
mod handled;
mod health;
mod identity;
mod incidents;
mod inquiries;
mod knowledge;
mod listing;
mod officers;
mod once;
mod organisations;
mod outbox;
mod partners;
mod plugins;
mod receiving;
mod reports;
mod tokens;
mod units;
mod visits;
mod webhooks;
mod work;

pub use cases::replay_run;

use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Request};
use axum::http::{Method, StatusCode};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use hejie_faults::{FaultPoint, pass};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::trace::TraceLayer;
use utoipa::OpenApi;
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa_axum::router::OpenApiRouter;

use crate::address;
use crate::app::App;
use crate::problem::{Problem, ProblemBody, speak};

/// The largest JSON request; a plugin's package has its own limit.
const MAX_BODY: usize = 256 << 10;
const ANSWER_WITHIN: Duration = Duration::from_secs(120);

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Hejie (和解)",
        description = "Online dispute resolution: cases, negotiation, plugins, escalation. \
                       Errors are problem details (RFC 9457). Amounts are integer fen. \
                       An officer with posts in several units names the one she acts in \
                       by the header Acting-Unit.",
        license(name = "Apache-2.0", identifier = "Apache-2.0")
    ),
    components(schemas(ProblemBody)),
    modifiers(&Bearer),
    security(("bearer" = []))
)]
struct Description;

struct Bearer;

impl utoipa::Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("bearer", SecurityScheme::Http(scheme));
    }
}

fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::with_openapi(Description::openapi())
        .nest("/api/v1", cases::routes())
        .nest("/api/v1", complaints::routes())
        .nest("/api/v1", drafts::routes())
        .nest("/api/v1", filings::routes())
        .nest("/api/v1", identity::routes())
        .nest("/api/v1", organisations::routes())
        .nest("/api/v1", partners::routes())
        .nest("/api/v1", plugins::routes())
        .nest("/api/v1", reports::routes())
        .nest("/api/v1", inquiries::routes())
        .nest("/api/v1", incidents::routes())
        .nest("/api/v1", knowledge::routes())
        .nest("/api/v1", tokens::routes())
        .nest("/api/v1", calendars::routes())
        .nest("/api/v1", units::routes())
        .nest("/api/v1", officers::routes())
        .nest("/api/v1", visits::routes())
        .nest("/api/v1", clock::routes())
        .nest("/api/v1", outbox::routes())
        .nest("/api/v1", figures::routes())
        .nest("/api/v1", exports::routes())
        .nest("/api/v1", work::routes())
        .nest("/api/v1", webhooks::routes())
        .nest("/api/v1", exchange::routes())
        .merge(exchange::well_known())
        .merge(health::routes())
}

/// The OpenAPI 3.1 description as JSON text.
pub fn description() -> Result<String, serde_json::Error> {
    let (_, mut openapi) = routes().split_for_parts();
    describe::complete(&mut openapi);
    Ok(serde_json::to_string_pretty(&openapi)? + "\n")
}

/// All routes, ready to serve.
pub fn router(app: App) -> Router {
    let (router, _) = routes().split_for_parts();
    router
        .fallback(async || Problem::not_found())
        .method_not_allowed_fallback(async || {
            Problem::new(StatusCode::METHOD_NOT_ALLOWED, "method")
        })
        .layer(DefaultBodyLimit::max(MAX_BODY))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(middleware::from_fn(address::well_formed))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn(speak))
        .layer(TraceLayer::new_for_http().make_span_with(span))
        .with_state(app)
}

/// A fault of ours is told as such, and what it was goes to the log.
fn panicked(fault: Box<dyn std::any::Any + Send>) -> Response {
    let text = fault.downcast_ref::<&str>().map(|text| (*text).to_owned());
    let text = text.or_else(|| fault.downcast_ref::<String>().cloned());
    Problem::internal(&text.unwrap_or_else(|| "a handler panicked".to_owned())).into_response()
}

/// An answer begins in time, or the request ends; a live stream may go on.
async fn in_time(request: Request, next: Next) -> Response {
    let reads = request.method() == Method::GET;
    let response = match tokio::time::timeout(ANSWER_WITHIN, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout").into_response(),
    };
    if !reads {
        pass(FaultPoint::AnswerReady);
    }
    response
}

/// Method and matched route only: a path may hold a case number.
fn span(request: &axum::http::Request<axum::body::Body>) -> tracing::Span {
    let route = request.extensions().get::<axum::extract::MatchedPath>();
    let route = route.map_or("unmatched", axum::extract::MatchedPath::as_str);
    tracing::info_span!("request", method = %request.method(), route)
}

#[cfg(test)]
mod tests {
    use super::description;

    #[test]
    fn the_description_that_is_checked_in_is_the_routes_own() {
        let checked_in = include_str!("../../../../schemas/openapi.json");
        assert!(
            description().unwrap() == checked_in,
            "schemas/openapi.json is old: run `hejie openapi > schemas/openapi.json`"
        );
    }
}
