//! The plugins that are active: prepared to run, with their settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use anyhow::Context;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::case::{PluginIdentity, PluginRole};
use hejie_domain::identifiers::digest::Digest;
use hejie_runtime::{Manifest, Package, Plugin, Runtime};
use hejie_store::Store;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::breaker;

/// What the store keeps of a plugin besides its versions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct PluginDocument {
    pub state: PluginState,
    #[serde(default)]
    pub active: Option<Digest>,
    #[serde(default)]
    pub settings: Option<Value>,
    /// Write-only: no answer of the API shows them.
    #[serde(default)]
    pub secrets: BTreeMap<String, String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PluginState {
    /// Uploaded, not released.
    #[default]
    Installed,
    Active,
    /// Stopped by a person.
    Suspended,
}

/// A plugin ready to run.
pub struct ActivePlugin {
    pub organisation: String,
    pub plugin: Plugin,
    pub settings: Value,
    /// The same as canonical JSON: what the plugin is given.
    pub settings_text: String,
    pub secrets: BTreeMap<String, String>,
}

impl ActivePlugin {
    pub fn manifest(&self) -> &Manifest {
        &self.plugin.package.manifest
    }

    /// The actor that its commands have.
    pub fn identity(&self) -> PluginIdentity {
        let manifest = self.manifest();
        PluginIdentity {
            role: manifest.role,
            organisation: self.organisation.clone(),
            id: manifest.id.clone(),
            version: manifest.version.clone(),
            digest: self.plugin.package.digest.clone(),
        }
    }
}

/// All active plugins.
#[derive(Default)]
pub struct Registry {
    plugins: Vec<Arc<ActivePlugin>>,
}

impl Registry {
    pub async fn load(store: &Store, runtime: &Runtime) -> anyhow::Result<Registry> {
        let mut plugins = Vec::new();
        for row in store.plugins::<PluginDocument>().await? {
            let document = row.document;
            let (PluginState::Active, Some(digest)) = (document.state, &document.active) else {
                continue;
            };
            if row.failures >= breaker::LIMIT {
                continue;
            }
            let package = package(store, digest).await?;
            let settings = document.settings.unwrap_or_else(|| serde_json::json!({}));
            plugins.push(Arc::new(ActivePlugin {
                organisation: row.organisation,
                plugin: runtime.prepare(&package)?,
                settings_text: serde_jcs::to_string(&settings)?,
                settings,
                secrets: document.secrets,
            }));
        }
        Ok(Registry { plugins })
    }

    /// The organisation's own plugin of a role, for a category.
    pub fn resolver(&self, organisation: &str, category: &str) -> Option<Arc<ActivePlugin>> {
        self.of_role(PluginRole::Resolver, category)
            .find(|plugin| plugin.organisation == organisation)
            .cloned()
    }

    /// A plugin by its organisation and id.
    pub fn find(&self, organisation: &str, id: &str) -> Option<Arc<ActivePlugin>> {
        let is = |plugin: &&Arc<ActivePlugin>| {
            plugin.organisation == organisation && plugin.manifest().id == id
        };
        self.plugins.iter().find(is).cloned()
    }

    /// All plugins of a role that deal with a category.
    pub fn of_role<'a>(
        &'a self,
        role: PluginRole,
        category: &'a str,
    ) -> impl Iterator<Item = &'a Arc<ActivePlugin>> {
        self.plugins
            .iter()
            .filter(move |p| p.manifest().role == role && p.manifest().covers(category))
    }
}

/// A stored version as a package.
pub async fn package(store: &Store, digest: &Digest) -> anyhow::Result<Package> {
    let text = store
        .component(digest)
        .await?
        .with_context(|| format!("no version {digest}"))?;
    Ok(Package::read(STANDARD.decode(text)?)?)
}
