//! The circuit breaker: a version that fails again and again is taken out.

use super::registry::ActivePlugin;
use crate::act::ActError;
use crate::app::App;

/// Failures in a row that take a plugin out until a person activates it again.
pub const LIMIT: u64 = 5;

/// Counts a run before its effect is seen; at the limit the plugin is out, and
/// its cases go to persons. A run made again after a power cut counts twice.
pub async fn note(app: &App, plugin: &ActivePlugin, answered: bool) -> Result<(), ActError> {
    let id = &plugin.manifest().id;
    let failures = app
        .store()
        .count_run(&plugin.organisation, id, !answered)
        .await?;
    if failures < LIMIT {
        return Ok(());
    }
    tracing::error!(plugin = %id, organisation = %plugin.organisation, failures, "taken out");
    if let Err(fault) = app.refresh().await {
        tracing::error!(%fault, "the plugins could not be read again");
    }
    Ok(())
}
