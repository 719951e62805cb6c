//! The circuit breaker: a version that fails again and again is taken out.

use hejie_store::directory::PluginRow;

use super::registry::{ActivePlugin, PluginDocument, PluginState};
use crate::act::ActError;
use crate::app::App;

/// Failures in a row that take a version out.
const LIMIT: u32 = 5;

/// Counts a run; at the limit the plugin is out, and cases go to persons.
pub async fn note(app: &App, plugin: &ActivePlugin, answered: bool) -> Result<(), ActError> {
    let id = &plugin.manifest().id;
    let rows = app.store().plugins::<PluginDocument>().await?;
    let is = |row: &PluginRow<PluginDocument>| {
        row.organisation == plugin.organisation && row.plugin == *id
    };
    let Some(mut row) = rows.into_iter().find(is) else {
        return Ok(());
    };
    let before = row.document.clone();
    row.document.failures = if answered { 0 } else { before.failures + 1 };
    let out = row.document.failures >= LIMIT && before.state == PluginState::Active;
    if out {
        row.document.state = PluginState::Broken;
        tracing::error!(plugin = %id, organisation = %plugin.organisation, "taken out after failures");
    }
    if row.document != before {
        app.store().put_plugin(row).await?;
    }
    if out && let Err(fault) = app.reload_plugins().await {
        tracing::error!(%fault, "the plugins could not be read again");
    }
    Ok(())
}
