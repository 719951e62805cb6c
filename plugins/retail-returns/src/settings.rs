//! The shop's policy, as `settings.schema.json` describes it.

use serde::Deserialize;

#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The order system's address; the host uses it, the plugin does not.
    #[allow(dead_code)]
    order_system: String,
    /// Days after receipt in which goods are taken back.
    pub return_window_days: u32,
    /// The most the plugin offers or accepts by itself.
    pub amount_ceiling_fen: u64,
    /// Categories it deals with; empty: all.
    #[serde(default)]
    categories: Vec<String>,
    /// How far above its first offer it may go, in percent of that offer.
    #[serde(default)]
    pub max_extra_percent: u64,
    /// What it offers as goodwill after the window, in percent of the price.
    #[serde(default)]
    pub goodwill_percent: u64,
}

impl Settings {
    pub fn covers(&self, category: &str) -> bool {
        self.categories.is_empty() || self.categories.iter().any(|one| one == category)
    }
}
