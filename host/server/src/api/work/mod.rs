//! The officer's work list: the files of her unit's subtree that wait for an act
//! of the authority, most urgent first, and where she asks for them those that are over.

mod bulk;
mod counts;
mod filters;
mod list;
mod parts;
mod query;
mod views;

use hejie_domain::case::time::civil_date;
use hejie_domain::file::FileKind;
use hejie_domain::urgency::Bands;
use hejie_store::WorkFilter;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::auth::{Principal, work_of};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(list::list))
        .routes(routes!(parts::list))
        .routes(routes!(bulk::bulk))
        .routes(routes!(counts::counts))
        .routes(routes!(views::list))
        .routes(routes!(views::show, views::put, views::remove))
}

/// The leading digits of the units whose work the caller sees: officers see their
/// subtree's, the operator all. Nobody else has a work list.
fn subtree(principal: &Principal) -> Result<&str, Problem> {
    work_of(principal).ok_or_else(Problem::forbidden)
}

/// What the caller may see of what is wanted: reports are their units' matter, and not
/// the operator's of the platform (Order 121 art. 37).
fn of_caller(principal: &Principal, mut filter: WorkFilter) -> WorkFilter {
    if matches!(principal, Principal::Operator { .. }) {
        filter.kind = Some(FileKind::Dispute.name().to_owned());
    }
    filter
}

/// The bands of today.
fn bands(app: &App) -> Bands {
    Bands::on(civil_date(app.clock().now()), app.rules().calendar())
}
