//! Which place ends the process, and the how manieth passing of it.

use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

use crate::point::FaultPoint;

/// `PLACE`, or `PLACE:N` for its N-th passing.
pub const VARIABLE: &str = "HEJIE_FAULT_POINT";

/// Why a plan is no plan.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    #[error("{VARIABLE} is set, and this build has no fault points: unset it")]
    NotInARelease,
    #[error("{VARIABLE}: there is no fault point {0:?}")]
    Unknown(String),
    #[error("{VARIABLE}: {0:?} is no passing; the first is 1")]
    Passing(String),
}

#[derive(Debug)]
struct Plan {
    point: FaultPoint,
    /// Passings before the last.
    left: AtomicU32,
}

static PLAN: OnceLock<Plan> = OnceLock::new();

/// Reads the plan from the environment; to be called once, before anything else.
pub fn arm() -> Result<(), PlanError> {
    let Some(text) = std::env::var_os(VARIABLE) else {
        return Ok(());
    };
    let plan = read(&text.to_string_lossy(), cfg!(debug_assertions))?;
    // A second call finds the same plan there.
    let _ = PLAN.set(plan);
    Ok(())
}

fn read(text: &str, has_points: bool) -> Result<Plan, PlanError> {
    if !has_points {
        return Err(PlanError::NotInARelease);
    }
    let (name, passing) = text.split_once(':').unwrap_or((text, "1"));
    let point = name.parse();
    let point = point.map_err(|_| PlanError::Unknown(name.to_owned()))?;
    let left = passing.parse::<u32>().ok().and_then(|it| it.checked_sub(1));
    let left = left.ok_or_else(|| PlanError::Passing(passing.to_owned()))?;
    Ok(Plan {
        point,
        left: AtomicU32::new(left),
    })
}

#[cfg(debug_assertions)]
pub(crate) fn pass(point: FaultPoint) {
    if PLAN.get().is_some_and(|plan| plan.ends_at(point)) {
        end();
    }
}

impl Plan {
    /// Counts the passing; true at the last one.
    #[cfg_attr(not(any(debug_assertions, test)), expect(dead_code))]
    fn ends_at(&self, point: FaultPoint) -> bool {
        let another = |left: u32| left.checked_sub(1);
        let order = Ordering::SeqCst;
        point == self.point && self.left.fetch_update(order, order, another).is_err()
    }
}

/// As `kill -9` does it: no destructor, no handler, no flush.
#[cfg(debug_assertions)]
fn end() -> ! {
    use rustix::process::{Signal, getpid, kill_process};
    // The signal cannot be withheld; where it could not be sent this ends it all the same.
    let _ = kill_process(getpid(), Signal::KILL);
    std::process::abort()
}

#[cfg(test)]
mod tests {
    use super::*;
    use strum::VariantArray;

    #[test]
    fn every_place_has_a_name_of_its_own_and_is_found_by_it() {
        for point in FaultPoint::VARIANTS {
            assert_eq!(read(point.name(), true).unwrap().point, *point);
        }
        assert_eq!(FaultPoint::CommitBegun.name(), "commit-begun");
    }

    #[test]
    fn the_named_passing_is_the_last_and_other_places_do_not_count() {
        let plan = read("committed:3", true).unwrap();
        assert!(!plan.ends_at(FaultPoint::Committed));
        assert!(!plan.ends_at(FaultPoint::CommitBegun));
        assert!(!plan.ends_at(FaultPoint::Committed));
        assert!(plan.ends_at(FaultPoint::Committed));
        assert!(
            read("committed", true)
                .unwrap()
                .ends_at(FaultPoint::Committed)
        );
    }

    #[test]
    fn what_is_no_plan_is_refused() {
        let refused = |text: &str| read(text, true).unwrap_err();
        assert_eq!(refused("soon"), PlanError::Unknown("soon".to_owned()));
        assert_eq!(refused(""), PlanError::Unknown(String::new()));
        for passing in ["", "0", "-1", "x"] {
            let text = format!("committed:{passing}");
            assert_eq!(refused(&text), PlanError::Passing(passing.to_owned()));
        }
    }

    #[test]
    fn a_release_build_refuses_any_plan() {
        let refused = read("committed", false).unwrap_err();
        assert_eq!(refused, PlanError::NotInARelease);
    }
}
