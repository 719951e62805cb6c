//! The plugin runtime: packages, limits, one fresh sandboxed instance per run,
//! decision records and their byte-exact replay, and look-ups made for plugins.
//!
//! A run is a function of the component, its input, the pinned calendar and the
//! run's id: nothing else reaches the guest, so the same run gives the same bytes
//! on any machine.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

mod cache;
mod canonical;
mod ceiling;
mod check;
mod code;
pub mod contract;
mod decision;
mod engine;
mod imports;
mod limits;
pub mod look_up;
mod manifest;
mod outcome;
mod package;
mod places;
pub mod post;
mod record;
mod replay;
mod run;
mod trial;
mod wasi;

pub use check::OutputFault;
pub use code::CodeBound;
pub use decision::{Decision, Input};
pub use engine::{Config, Plugin, Runtime, RuntimeError};
pub use limits::Limits;
pub use manifest::{Base, Field, LookUpRule, Manifest, Reasoned, Scope};
pub use outcome::Outcome;
pub use package::{Package, PackageError, embed_manifest};
pub use record::Record;
pub use replay::{Difference, Replay};
pub use run::Run;
pub use trial::{TrialFault, plain_context};
