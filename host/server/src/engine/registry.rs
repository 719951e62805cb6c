//! The plugins that are active: prepared to run, with their settings.

use std::collections::BTreeMap;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hejie_domain::case::{PluginIdentity, PluginRole};
use hejie_domain::identifiers::digest::Digest;
use hejie_runtime::{Manifest, Package, PackageError, Plugin, Runtime, RuntimeError};
use hejie_store::directory::{PluginKey, PluginRow};
use hejie_store::{Store, StoreError};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use tokio::task::{JoinError, spawn_blocking};

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
    /// Stopped by a person of its organisation.
    Suspended,
    /// Stopped by the operator, who alone ends this.
    SuspendedByOperator,
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
    places: BTreeMap<PluginKey, Place>,
}

/// A plugin as it was at a revision; `None` where it does not run.
#[derive(Clone)]
struct Place {
    revision: u64,
    plugin: Option<Arc<ActivePlugin>>,
}

impl Registry {
    /// What there is now: changed plugins are read, the others are taken over. One
    /// that cannot be read or prepared is as none, and its cases go to persons.
    /// Fails only where the store is down.
    pub async fn load(&self, store: &Store, runtime: &Arc<Runtime>) -> Result<Self, StoreError> {
        let mut places = BTreeMap::new();
        for (key, revision) in store.plugin_revisions().await? {
            let known = self.places.get(&key);
            let place = match known.filter(|place| place.revision == revision) {
                Some(known) => known.clone(),
                None => Place::load(store, runtime, &key, revision).await?,
            };
            places.insert(key, place);
        }
        Ok(Registry { places })
    }

    fn plugins(&self) -> impl Iterator<Item = &Arc<ActivePlugin>> {
        self.places
            .values()
            .filter_map(|place| place.plugin.as_ref())
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
        self.plugins().find(is).cloned()
    }

    /// All plugins of a role that deal with a category.
    pub fn of_role<'a>(
        &'a self,
        role: PluginRole,
        category: &'a str,
    ) -> impl Iterator<Item = &'a Arc<ActivePlugin>> {
        self.plugins()
            .filter(move |p| p.manifest().role == role && p.manifest().covers(category))
    }
}

impl Place {
    async fn load(
        store: &Store,
        runtime: &Arc<Runtime>,
        key: &PluginKey,
        revision: u64,
    ) -> Result<Place, StoreError> {
        match active(store, runtime, key).await {
            Ok(plugin) => Ok(Place { revision, plugin }),
            Err(Unusable::Store(fault)) if fault.is_outage() => Err(fault),
            Err(fault) => {
                let PluginKey {
                    organisation,
                    plugin,
                } = key;
                tracing::error!(%organisation, %plugin, %fault, "a plugin cannot be used");
                let plugin = None;
                Ok(Place { revision, plugin })
            }
        }
    }
}

/// Why a stored plugin cannot run.
#[derive(Debug, thiserror::Error)]
pub enum Unusable {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error("there is no version {0}")]
    Missing(Digest),
    #[error("the component of version {0} was changed")]
    Changed(Digest),
    #[error(transparent)]
    Package(#[from] PackageError),
    #[error(transparent)]
    Runtime(#[from] RuntimeError),
    #[error("its settings cannot be written: {0}")]
    Settings(serde_json::Error),
    #[error("preparing it was cut short: {0}")]
    CutShort(#[from] JoinError),
}

/// A plugin prepared to run, where it is to.
async fn active(
    store: &Store,
    runtime: &Arc<Runtime>,
    key: &PluginKey,
) -> Result<Option<Arc<ActivePlugin>>, Unusable> {
    let row = store.plugin(&key.organisation, &key.plugin).await?;
    let Some(PluginRow::<PluginDocument> {
        document, failures, ..
    }) = row
    else {
        return Ok(None);
    };
    let (PluginState::Active, Some(digest)) = (document.state, document.active) else {
        return Ok(None);
    };
    if failures >= breaker::LIMIT {
        return Ok(None);
    }
    let package = package(store, &digest).await?;
    let runtime = runtime.clone();
    let plugin = spawn_blocking(move || runtime.prepare(&package)).await??;
    let settings = document.settings.unwrap_or_else(|| serde_json::json!({}));
    Ok(Some(Arc::new(ActivePlugin {
        organisation: key.organisation.clone(),
        plugin,
        settings_text: serde_jcs::to_string(&settings).map_err(Unusable::Settings)?,
        settings,
        secrets: document.secrets,
    })))
}

/// A stored version as a package; its bytes are those that its digest names.
pub async fn package(store: &Store, digest: &Digest) -> Result<Package, Unusable> {
    let found = store.component(digest).await?;
    let text = found.ok_or_else(|| Unusable::Missing(digest.clone()))?;
    let wanted = digest.clone();
    spawn_blocking(move || match STANDARD.decode(text) {
        Ok(bytes) if Digest::of(&bytes) == wanted => Ok(Package::read_stored(bytes)?),
        _ => Err(Unusable::Changed(wanted)),
    })
    .await?
}
