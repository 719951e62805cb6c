//! Emergency incidents.

mod access;
mod commander;
mod commands;
mod files;
mod open;
mod read;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(open::open, read::list))
        .routes(routes!(read::show))
        .routes(routes!(read::timeline))
        .routes(routes!(files::gather))
        .routes(routes!(commands::report_situation))
        .merge(commands::routes())
}
