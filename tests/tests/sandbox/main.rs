//! The sandbox: every limit has its name, nothing ambient reaches a guest, the
//! same run gives the same bytes, and a plugin decides the same natively.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod equality;
mod hostile;
