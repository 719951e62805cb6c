//! At a station of the authority, which watches what is due there until it has that itself.

use super::Beginning;
use super::opening::Opening;
use super::steps::{accepted, begins, escalated, unit, waits};
use crate::case::command::Command;
use crate::case::intake::Channel;
use crate::law_table::acts::why;
use crate::law_table::walk::Step;

const STATION: &str = "420106-01";

pub(super) fn all() -> Vec<Beginning> {
    let mut all = Vec::new();
    for count in 1..=2 {
        all.push(escalated(then_waits(vec![sends_down()], count)));
        // The mediation nears its end there.
        all.push(accepted(then_waits(vec![sends_down()], count)));
        // She has no account, and is not told of the decision.
        let untold = vec![unit(Command::AcceptComplaint), sends_down()];
        let direct = Opening::Direct(Channel::Window);
        all.push(begins(direct, then_waits(untold, count)));
    }
    all
}

fn sends_down() -> Step {
    unit(Command::Dispatch {
        to: STATION.parse().unwrap(),
        note: why(),
        report_by: None,
    })
}

fn then_waits(mut steps: Vec<Step>, count: usize) -> Vec<Step> {
    steps.extend(waits(count));
    steps
}
