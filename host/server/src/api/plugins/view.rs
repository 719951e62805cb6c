//! Plugins as their organisation sees them.

use axum::Json;
use axum::extract::{Path, State};
use hejie_store::directory::PluginRow;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::change::find;
use crate::app::App;
use crate::auth::Principal;
use crate::engine::{PluginDocument, PluginState, breaker};
use crate::problem::Problem;

/// A plugin as its organisation sees it. Secrets are never shown.
#[derive(Serialize, ToSchema)]
pub struct PluginView {
    organisation: String,
    plugin: String,
    state: PluginState,
    /// Stopped by itself after failed runs in a row; activating it again ends this.
    broken: bool,
    active: Option<String>,
    #[schema(value_type = Object)]
    settings: Option<Value>,
    /// Names of the secrets that are set.
    secrets: Vec<String>,
    /// Failed runs in a row.
    failures: u64,
    versions: Vec<VersionView>,
}

#[derive(Serialize, ToSchema)]
pub struct VersionView {
    digest: String,
    version: String,
    installed_at: String,
}

/// The organisation's plugins.
#[utoipa::path(get, path = "/organisations/{organisation}/plugins", tag = "plugins",
    params(("organisation" = String, Path, description = "The organisation's id")),
    responses((status = 200, body = Vec<PluginView>)))]
pub async fn list(
    State(app): State<App>,
    principal: Principal,
    Path(organisation): Path<String>,
) -> Result<Json<Vec<PluginView>>, Problem> {
    principal.require_admin_of(&organisation)?;
    let mut views = Vec::new();
    for row in app.store().plugins(&organisation).await? {
        views.push(view_of(&app, row).await?);
    }
    Ok(Json(views))
}

pub async fn view(app: &App, organisation: &str, plugin: &str) -> Result<PluginView, Problem> {
    view_of(app, find(app, organisation, plugin).await?).await
}

async fn view_of(app: &App, row: PluginRow<PluginDocument>) -> Result<PluginView, Problem> {
    let versions = app.store().versions(&row.organisation, &row.plugin).await?;
    let document = row.document;
    Ok(PluginView {
        organisation: row.organisation,
        plugin: row.plugin,
        state: document.state,
        broken: row.failures >= breaker::LIMIT,
        active: document.active.map(|digest| digest.to_string()),
        settings: document.settings,
        secrets: document.secrets.into_keys().collect(),
        failures: row.failures,
        versions: versions
            .into_iter()
            .map(|version| VersionView {
                digest: version.digest.to_string(),
                version: version.version,
                installed_at: version.installed_at.to_string(),
            })
            .collect(),
    })
}
