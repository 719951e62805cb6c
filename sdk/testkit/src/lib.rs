//! The test kit of plugin authors: one scenario, decided natively (fast, with a
//! debugger) and in the host's own sandbox (the same engine and limits as in
//! production). Both must give the same decision.

mod calendar;
mod sandbox;
mod scenario;

pub use calendar::Pinned;
pub use sandbox::Sandbox;
pub use scenario::Scenario;
