//! What journeys and the demo stand on: the real binaries, started on loopback,
//! and a client for each person.

mod client;
mod host;
mod operator;
mod shop;

pub use client::{Answer, Client};
pub use host::{FAULT_POINT, Host, Place, binary, package, target_folder, was_killed};
pub use operator::shop_settings;
pub use shop::Shop;
