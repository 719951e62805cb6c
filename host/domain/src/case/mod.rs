//! The case: one dispute file with one number and one ledger.
//!
//! Commands go in at [`decide`], events come out, [`Case::apply`] folds them. That
//! is the only door to the state of a case, for persons, plugins, clocks and
//! partners alike.

pub mod actor;
pub(crate) mod apply;
mod authority;
pub mod clocks;
pub mod command;
pub mod complaint;
pub mod correction;
pub(crate) mod decide;
pub mod document;
pub mod entries;
pub mod event;
pub mod extension;
pub mod filing;
pub(crate) mod handled;
pub mod identity;
pub mod inbox;
pub mod intake;
pub mod joint;
pub mod link;
pub mod mediation;
pub mod milestones;
pub mod moves;
mod occasions;
pub mod phase;
pub mod refusal;
pub mod representation;
pub mod run;
pub mod state;
pub mod supervision;
pub mod terms;
pub mod time;
pub mod transfer;
pub mod validate;
pub mod visit;
pub mod word;

#[cfg(test)]
mod tests;

pub use actor::{Actor, PluginIdentity, PluginRole, Side};
pub use apply::FoldError;
pub use authority::AuthorityDue;
pub use command::Command;
pub use decide::{Context, file};
pub use event::{Event, EventError, Recorded};
pub use filing::Filing;
pub use intake::Intake;
pub use phase::Phase;
pub use refusal::Refusal;
pub use state::Case;
