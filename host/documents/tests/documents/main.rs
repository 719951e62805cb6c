//! Each form drawn from its sample, and read again by others.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod injection;
mod law;
mod page;
mod paper;
mod samples;
