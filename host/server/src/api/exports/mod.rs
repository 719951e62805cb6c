//! Exports of facts, and the log of them.

mod cases;
mod inquiries;
mod list;
mod negotiations;
mod reports;
mod table;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(cases::csv))
        .routes(routes!(cases::xlsx))
        .routes(routes!(negotiations::csv))
        .routes(routes!(negotiations::xlsx))
        .routes(routes!(reports::csv))
        .routes(routes!(reports::xlsx))
        .routes(routes!(inquiries::csv))
        .routes(routes!(inquiries::xlsx))
}
