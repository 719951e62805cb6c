//! Who and what there is besides cases: organisations, tokens, plugins, calendars,
//! units, answered questions, and the views of lists that persons saved.

mod calendars;
mod documents;
mod external_authorities;
mod knowledge;
mod organisations;
mod plugins;
mod serials;
mod tokens;
mod units;
mod versions;
mod views;
mod webhooks;

pub use plugins::{PluginKey, PluginRow};
pub use versions::VersionRow;
pub use webhooks::WebhookRow;
