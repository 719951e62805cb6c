//! Who and what there is besides cases: organisations, tokens,
//! plugins, calendars, units.

mod calendars;
mod documents;
mod organisations;
mod plugins;
mod serials;
mod tokens;
mod units;
mod versions;

pub use plugins::{PluginKey, PluginRow};
pub use versions::VersionRow;
