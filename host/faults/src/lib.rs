//! Named places between two steps at which a test ends this process, as a power cut
//! would: SIGKILL to itself, so that nothing is written, closed or answered any more.
//!
//! A binary that was built for tests reads [`VARIABLE`] once, by [`arm`]. A release build
//! has no such places: [`pass`] is nothing there, and [`arm`] refuses the variable.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod plan;
mod point;

pub use plan::{PlanError, VARIABLE, arm};
pub use point::FaultPoint;

/// Ends the process where the plan names this place and this passing of it.
#[inline(always)]
pub fn pass(point: FaultPoint) {
    #[cfg(debug_assertions)]
    plan::pass(point);
    #[cfg(not(debug_assertions))]
    let _ = point;
}
