//! The engine: events become plugin runs, runs become commands.

mod answer;
pub mod breaker;
mod input;
mod look_ups;
pub mod plan;
mod registry;
mod runs;
mod sweep;
mod timers;
mod translate;
mod walks;
mod worker;

pub use registry::{ActivePlugin, PluginDocument, PluginState, Registry, package};
pub use sweep::sweep_once;
pub use worker::start;
