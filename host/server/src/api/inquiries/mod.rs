//! Consultations and suggestions.

mod commands;
mod read;
mod receive;

pub(super) use receive::{Contact, sender};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(receive::receive, read::list))
        .routes(routes!(read::show))
        .routes(routes!(read::knowledge))
        .routes(routes!(read::timeline))
        .merge(commands::routes())
}
