//! Reports of breaches (Order 121 ch. 3): received, handled, and never shown to whom
//! they are about.

mod commands;
mod documents;
mod identity;
mod list;
mod merging;
mod receive;
mod reward;
mod show;
mod similar;
pub(super) mod view;

pub(super) use receive::Person;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(receive::receive, list::list))
        .routes(routes!(show::show))
        .routes(routes!(show::timeline))
        .routes(routes!(identity::read))
        .routes(routes!(merging::merge))
        .routes(routes!(similar::similar))
        .routes(routes!(reward::estimate))
        .merge(commands::routes())
        .merge(documents::routes())
}
