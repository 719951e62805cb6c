//! Plugins of an organisation: install, set, activate, suspend. Upload is not
//! release: an uploaded version runs only once it is activated.

mod activate;
mod change;
mod install;
mod set;
mod suspend;
mod view;

use axum::extract::DefaultBodyLimit;
use hejie_domain::case::PluginRole;
use hejie_domain::identifiers::digest::Digest;
use hejie_runtime::Package;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use super::organisations::{Kind, kind_of};
use crate::app::App;
use crate::engine::package;
use crate::problem::Problem;

/// The largest package that is taken.
const MAX_PACKAGE: usize = 64 << 20;

pub fn routes() -> OpenApiRouter<App> {
    let upload = OpenApiRouter::new()
        .routes(routes!(install::install, view::list))
        .layer(DefaultBodyLimit::max(MAX_PACKAGE));
    OpenApiRouter::new()
        .merge(upload)
        .routes(routes!(set::set))
        .routes(routes!(activate::activate))
        .routes(routes!(suspend::suspend))
}

/// A version as it was installed.
async fn load(app: &App, digest: &Digest) -> Result<Package, Problem> {
    package(app.store(), digest)
        .await
        .map_err(|fault| Problem::internal(&fault))
}

/// A resolver answers for an enterprise; who reviews and mediates is independent.
async fn check_role(app: &App, organisation: &str, role: PluginRole) -> Result<(), Problem> {
    let fits = match role {
        PluginRole::Resolver => Kind::Enterprise,
        PluginRole::Reviewer | PluginRole::Mediator => Kind::Association,
    };
    if kind_of(app, organisation).await? == fits {
        Ok(())
    } else {
        let status = axum::http::StatusCode::UNPROCESSABLE_ENTITY;
        Err(Problem::new(status, "wrong-role"))
    }
}

async fn reload(app: &App) -> Result<(), Problem> {
    app.refresh()
        .await
        .map_err(|fault| Problem::internal(&fault))
}
