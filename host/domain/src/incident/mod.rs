//! Emergency incidents 应急: files on the same enterprise, batch or matter, gathered under a
//! commander, with tasks to units and their times, a log, and reports on the situation.

mod apply;
mod decide;
mod state;

#[cfg(test)]
mod tests;

pub use decide::open;
pub use state::{
    Commander, Incident, IncidentOpening, IncidentPhase, Situation, Task, TaskState, WhyGathered,
};
