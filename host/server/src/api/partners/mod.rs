//! Partners: bodies that send in what people told them, each line signed and under
//! its own reference.

mod directory;
mod enforcement;
mod filings;
mod signed;
mod standings;
mod told;

pub(super) use directory::Partner;

use axum::extract::DefaultBodyLimit;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

/// A full batch of long filings.
const MAX_BATCH: usize = 16 << 20;

pub fn routes() -> OpenApiRouter<App> {
    let batches = OpenApiRouter::new()
        .routes(routes!(filings::file))
        .layer(DefaultBodyLimit::max(MAX_BATCH));
    OpenApiRouter::new()
        .routes(routes!(directory::put, directory::show))
        .routes(routes!(directory::add_key))
        .routes(routes!(directory::revoke_key))
        .routes(routes!(standings::tell))
        .routes(routes!(enforcement::record))
        .merge(batches)
}
