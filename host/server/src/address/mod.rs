//! What a request's address says: its path and its query, each fault as a problem.

mod path;
mod query;

pub use path::{Path, well_formed};
pub use query::{Given, Parameters, Query, id};
