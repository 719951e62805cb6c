//! The host service: API, engine, identity, live events, and the binary `hejie`.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod act;
pub mod address;
pub mod alone;
pub mod api;
pub mod app;
pub mod auth;
pub mod body;
pub mod cli;
pub mod clock;
pub mod commit;
pub mod documents;
pub mod dossier;
pub mod engine;
pub mod exchange;
pub mod export;
pub mod identity;
pub mod kept;
mod ledger;
mod meaning;
pub mod members;
pub mod node;
mod opening;
pub mod problem;
mod published;
pub mod signature;
mod usual;
mod visits;
