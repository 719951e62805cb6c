//! Real identity: a consumer's own, verified once, and what a file tells of each person.

mod account;
mod entered;
mod known;

pub use entered::{NumberOf, entered};
pub use known::{Known, filed, of_case};

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(account::verify, account::show))
        .routes(routes!(entered::check))
}
