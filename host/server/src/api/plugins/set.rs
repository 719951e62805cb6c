//! Setting a plugin: its settings and secrets.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::{Path, State};
use hejie_domain::form::Form;
use hejie_domain::text::Text;
use hejie_runtime::Manifest;
use serde::Deserialize;
use serde_json::Value;
use utoipa::ToSchema;

use super::change::{change, change_settings, find};
use super::view::{PluginView, view};
use super::{load, reload};
use crate::app::App;
use crate::auth::Principal;
use crate::body::Body;
use crate::engine::{PluginDocument, PluginState};
use crate::problem::Problem;

/// The event's name in a manifest's subscriptions.
const SETTINGS_CHANGED: &str = "settings-changed";
/// The longest secret.
const MAX_SECRET: usize = 4_096;

#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// Valid under the manifest's settings schema.
    #[schema(value_type = Object)]
    settings: Value,
    /// Added to those that are set; write-only.
    #[serde(default)]
    secrets: BTreeMap<String, String>,
}

/// Sets a plugin: checked against the newest version's settings schema.
#[utoipa::path(put, path = "/organisations/{organisation}/plugins/{plugin}/settings",
    tag = "plugins", request_body = Settings,
    params(("organisation" = String, Path, description = "The organisation's id"),
           ("plugin" = String, Path, description = "The plugin's id")),
    responses((status = 200, body = PluginView), (status = 422, description = "Settings that do not fit")))]
pub async fn set(
    State(app): State<App>,
    principal: Principal,
    Path((organisation, plugin)): Path<(String, String)>,
    Body { value, .. }: Body<Settings>,
) -> Result<Json<PluginView>, Problem> {
    principal.require_admin_of(&organisation)?;
    let seen = find(&app, &organisation, &plugin).await?.document;
    let versions = app.store().versions(&organisation, &plugin).await?;
    let newest = versions.last().ok_or_else(Problem::not_found)?;
    let digest = seen.active.as_ref().unwrap_or(&newest.digest);
    let manifest = load(&app, digest).await?.manifest;
    check_settings(&manifest, &value.settings)?;
    check_secrets(&manifest, &value.secrets)?;
    let apply = |document: &mut PluginDocument| {
        // Another version was released meanwhile: these settings may not fit it.
        if document.active != seen.active {
            return Err(Problem::conflict());
        }
        document.settings = Some(value.settings.clone());
        document.secrets.extend(value.secrets.clone());
        Ok(())
    };
    let told = manifest.subscribes_to(SETTINGS_CHANGED) && seen.state == PluginState::Active;
    if told {
        change_settings(&app, &organisation, &plugin, apply).await?;
    } else {
        change(&app, &organisation, &plugin, apply).await?;
    }
    reload(&app).await?;
    Ok(Json(view(&app, &organisation, &plugin).await?))
}

/// Settings fit the version's own schema.
pub fn check_settings(manifest: &Manifest, settings: &Value) -> Result<(), Problem> {
    let form = Form::read(&manifest.settings_schema).map_err(|fault| Problem::internal(&fault))?;
    form.check(settings).map_err(|fault| {
        let text = Text::new("invalid-form").arg("detail", fault.why);
        Problem::invalid(format!("/settings{}", fault.pointer), text)
    })
}

/// Only secrets that the manifest declares, and such as fit a header.
fn check_secrets(manifest: &Manifest, secrets: &BTreeMap<String, String>) -> Result<(), Problem> {
    for (name, value) in secrets {
        let pointer = format!("/secrets/{}", name.replace('~', "~0").replace('/', "~1"));
        let text = if !manifest.secrets.contains(name) {
            Text::new("invalid-unknown-value")
        } else if value.is_empty() {
            Text::new("invalid-missing")
        } else if value.len() > MAX_SECRET {
            Text::new("invalid-too-long").arg("limit", MAX_SECRET as u64)
        } else if let Some(position) = value.chars().position(char::is_control) {
            Text::new("invalid-control-character").arg("position", position as u64)
        } else {
            continue;
        };
        return Err(Problem::invalid(pointer, text));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MANIFEST: &str = include_str!("../../../../../plugins/retail-returns/manifest.json");

    fn check(name: &str, value: &str) -> bool {
        let manifest: Manifest = serde_json::from_str(MANIFEST).unwrap();
        let secrets = BTreeMap::from([(name.to_owned(), value.to_owned())]);
        check_secrets(&manifest, &secrets).is_ok()
    }

    #[test]
    fn a_secret_is_declared_short_and_printable() {
        let name = "order_system_token";
        assert!(check(name, "s"));
        assert!(check(name, &"s".repeat(4_096)));
        assert!(!check("other", "s"));
        assert!(!check(name, ""));
        assert!(!check(name, &"s".repeat(4_097)));
        assert!(!check(name, "s\r\nHost: elsewhere"));
    }
}
