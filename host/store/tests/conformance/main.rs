//! What every store must do, on SQLite and on PostgreSQL alike. Each test runs
//! once for each.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod accounts;
mod backend;
mod commits;
mod deliveries;
mod directory;
mod drafts;
mod draws;
mod exports;
mod facts;
mod idempotency;
mod identities;
mod involved;
mod jobs;
mod knowledge;
mod likeness;
mod lists;
mod migrated;
mod partners;
mod parts;
mod rebuild;
mod verifications;
mod verify;
mod work;
mod work_over;
mod work_verified;
