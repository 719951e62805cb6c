//! Cases: filed, read, and changed by commands.

pub(super) mod bodies;
pub(super) mod command;
mod commands;
mod complaint;
mod decisions;
mod documents;
mod dossiers;
mod factors;
pub(super) mod file;
mod grounds;
mod handling;
mod leads;
pub(super) mod likeness;
mod links;
mod list;
mod live;
mod mediation;
mod merging;
pub(super) mod receipt;
mod representation;
pub(super) mod show;
mod transfer;
mod undelivered;
pub(super) mod view;

pub use decisions::replay_run;
use hejie_domain::case::time::civil_date;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::act::Loaded;
use crate::app::App;
use crate::auth::{Principal, has_to_do_with, may_see};
use crate::problem::Problem;

pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(file::file, list::list))
        .routes(routes!(show::show))
        .routes(routes!(show::timeline))
        .routes(routes!(show::clocks))
        .routes(routes!(dossiers::sealed))
        .routes(routes!(dossiers::page))
        .routes(routes!(dossiers::paper))
        .routes(routes!(likeness::similar))
        .routes(routes!(factors::factors))
        .routes(routes!(grounds::list))
        .routes(routes!(links::link))
        .routes(routes!(merging::merge))
        .routes(routes!(leads::note))
        .routes(routes!(dossiers::of_origin))
        .routes(routes!(dossiers::of_transfer))
        .routes(routes!(dossiers::page_of_transfer))
        .routes(routes!(dossiers::paper_of_transfer))
        .routes(routes!(live::live))
        .routes(routes!(decisions::list))
        .routes(routes!(decisions::show))
        .routes(routes!(decisions::replay))
        .merge(commands::routes())
        .merge(handling::routes())
        .merge(mediation::routes())
        .merge(documents::routes())
        .merge(transfer::routes())
}

/// The case, if the caller may see it; otherwise it is as if it were not there.
pub(in crate::api) async fn visible(
    app: &App,
    principal: &Principal,
    number: &str,
) -> Result<Loaded, Problem> {
    let today = civil_date(app.clock().now());
    let loaded = own(app, principal, number).await?;
    match may_see(principal, &loaded.file, today) {
        true => Ok(loaded),
        false => Err(Problem::not_found()),
    }
}

/// The case, if the caller has to do with it; otherwise it is as if it were not there.
async fn own(app: &App, principal: &Principal, number: &str) -> Result<Loaded, Problem> {
    let parsed: hejie_domain::identifiers::case_number::CaseNumber =
        number.parse().map_err(|_| Problem::not_found())?;
    let found = app.case_by_number(&parsed.to_string()).await?;
    found
        .filter(|loaded| has_to_do_with(principal, &loaded.file))
        .ok_or_else(Problem::not_found)
}
