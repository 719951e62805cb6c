//! Journeys: the real binary, over HTTP, as the people who use it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod bad_input;
mod broken;
mod commands;
mod complaint;
mod docs;
mod escalation;
mod exchange;
mod failures;
mod figures;
mod incidents;
mod inquiries;
mod intake;
mod joint;
mod likeness;
mod live;
mod nodes;
mod partners;
mod power_cut;
mod receiver;
mod releases;
mod reports;
mod representation;
mod settlement;
mod structure;
mod time_edges;
mod webhooks;
mod work;
mod world;
