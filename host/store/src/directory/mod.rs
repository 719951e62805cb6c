//! Who and what there is besides cases: organisations, tokens, plugins, calendars,
//! units, officers, partners, answered questions, and the views of lists that persons
//! saved.

mod calendars;
mod documents;
mod external_authorities;
mod knowledge;
mod organisations;
mod plugins;
mod revised;
mod serials;
mod tokens;
mod units;
mod verifications;
mod versions;
mod views;
mod webhooks;

pub use plugins::{PluginKey, PluginRow};
pub use verifications::Verification;
pub use versions::VersionRow;
pub use webhooks::WebhookRow;
