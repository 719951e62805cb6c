//! Journeys: the real binary, over HTTP, as the people who use it.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod access;
mod at_once;
mod bad_input;
mod broken;
mod commands;
mod complaint;
mod docs;
mod escalation;
mod exchange;
mod failures;
mod figures;
mod grounds;
mod incidents;
mod inquiries;
mod intake;
mod joint;
mod likeness;
mod live;
mod nodes;
mod partners;
mod power_cut;
mod power_cut_files;
mod receiver;
mod releases;
mod report_documents;
mod reports;
mod representation;
mod settlement;
mod structure;
mod time_edges;
mod webhooks;
mod work;
mod world;
