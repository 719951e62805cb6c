//! Follow-up visits: draws as acts of units, and their call lists (service rule 7).

mod calls;
mod draws;
mod ended;

use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(draws::draw, draws::list))
        .routes(routes!(draws::show))
        .routes(routes!(draws::files))
        .routes(routes!(draws::repetition))
        .routes(routes!(calls::list))
}
