//! One change of a plugin: made on what was read, or on what it then is.

use hejie_store::StoreError;
use hejie_store::directory::PluginRow;

use crate::act::ATTEMPTS;
use crate::app::App;
use crate::engine::PluginDocument;
use crate::problem::Problem;

/// A plugin as it is now.
pub async fn find(
    app: &App,
    organisation: &str,
    plugin: &str,
) -> Result<PluginRow<PluginDocument>, Problem> {
    let found = app.store().plugin(organisation, plugin).await?;
    found.ok_or_else(Problem::not_found)
}

/// Changes a plugin. `apply` is asked again where another change came first, and
/// says on what it cannot be made.
pub async fn change(
    app: &App,
    organisation: &str,
    plugin: &str,
    apply: impl Fn(&mut PluginDocument) -> Result<(), Problem>,
) -> Result<(), Problem> {
    change_with(app, organisation, plugin, Effect::None, apply).await
}

/// The same, and its cases are told of other settings.
pub async fn change_settings(
    app: &App,
    organisation: &str,
    plugin: &str,
    apply: impl Fn(&mut PluginDocument) -> Result<(), Problem>,
) -> Result<(), Problem> {
    change_with(app, organisation, plugin, Effect::SettingsTold, apply).await
}

/// The same, and its failures are counted anew.
pub async fn release(
    app: &App,
    organisation: &str,
    plugin: &str,
    apply: impl Fn(&mut PluginDocument) -> Result<(), Problem>,
) -> Result<(), Problem> {
    change_with(app, organisation, plugin, Effect::FailuresForgotten, apply).await
}

/// What a change causes besides.
#[derive(Clone, Copy)]
enum Effect {
    None,
    SettingsTold,
    FailuresForgotten,
}

async fn change_with(
    app: &App,
    organisation: &str,
    plugin: &str,
    effect: Effect,
    apply: impl Fn(&mut PluginDocument) -> Result<(), Problem>,
) -> Result<(), Problem> {
    for _ in 0..ATTEMPTS {
        let mut row = find(app, organisation, plugin).await?;
        apply(&mut row.document)?;
        let changed = match effect {
            Effect::None => app.store().change_plugin(&row).await,
            Effect::SettingsTold => app.store().change_settings(&row).await,
            Effect::FailuresForgotten => app.store().release_plugin(&row).await,
        };
        match changed {
            Err(StoreError::Conflict) => {}
            done => return Ok(done?),
        }
    }
    Err(Problem::conflict())
}
