//! The circuit breaker: a version that fails again and again is taken out.

use super::registry::ActivePlugin;
use crate::app::App;

/// Failures in a row that take a plugin out until a person activates it again.
pub const LIMIT: u64 = 5;

/// Counts a run whose effect was committed; at the limit the plugin is out, and
/// its cases go to persons. A power cut in between loses the count of one run,
/// never its effect.
pub async fn note(app: &App, plugin: &ActivePlugin, answered: bool) {
    let (organisation, id) = (&plugin.organisation, &plugin.manifest().id);
    let counted = app.store().count_run(organisation, id, !answered, LIMIT);
    match counted.await {
        Ok(failures) if failures < LIMIT => return,
        Ok(failures) => tracing::error!(plugin = %id, %organisation, failures, "taken out"),
        Err(fault) => {
            tracing::error!(plugin = %id, %organisation, %fault, "a run was not counted");
            return;
        }
    }
    if let Err(fault) = app.refresh().await {
        tracing::error!(%fault, "the plugins could not be read again");
    }
}
