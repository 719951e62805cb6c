//! Figures on the handling of cases, with their definitions and their parts.

mod filter;
mod indicators;

pub use filter::Filter;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new().routes(routes!(indicators::list))
}
