//! The same, under other circumstances.

use jiff::civil::{Date, date};

use super::super::scene::consumer;
use super::opening::Opening;
use super::steps::{begins, by, head, sample, sends_on, unit};
use super::{Beginning, DAYS};
use crate::case::actor::{Actor, PluginRole};
use crate::case::command::Command;
use crate::law_table::acts::{invite, why};
use crate::law_table::samples::{ASSOCIATION, plugin};
use crate::law_table::walk::{self, Step, issue};

/// The same, with an association that the consumer asked in while the parties were alone,
/// and with another unit that has a part in it.
pub(super) fn accompanied(beginning: &Beginning) -> Beginning {
    let now = DAYS[0].parse().unwrap();
    let mut steps = beginning.steps.clone();
    let joins = [
        unit(invite("420111", now)),
        Step::By(by("420111"), sample("answer-invitation")),
    ];
    steps.splice(1..1, joins);
    steps.insert(0, Step::Before(consumer(), Command::RequestMediation));
    Beginning {
        steps,
        ..beginning.clone()
    }
}

/// The same, which the city urges on in every way, and for which there is little time; with
/// a document to be served, a look-up to be answered, and clocks to be read anew.
pub(super) fn supervised(beginning: &Beginning) -> Beginning {
    let resolver = Actor::Plugin(plugin(PluginRole::Resolver));
    let mut begun = walk::supervised(3);
    begun.push(unit(issue("complaint-registration")));
    begun.push(Step::By(resolver, sample("request-look-up")));
    let mut steps = beginning.steps.clone();
    steps.splice(1..1, begun);
    steps.push(Step::Calendar);
    Beginning {
        steps,
        ..beginning.clone()
    }
}

/// The same, but the city has it first and sends it down, with a day to report back by.
pub(super) fn dispatched(beginning: &Beginning) -> Beginning {
    dispatched_until(date(2026, 6, 20), beginning)
}

pub(super) fn dispatched_until(day: Date, beginning: &Beginning) -> Beginning {
    let mut steps = beginning.steps.clone();
    let down = Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: why(),
        report_by: Some(day),
    };
    steps[0] = Step::By(by("420100"), down);
    begins(Opening::AtTheCity, steps)
}

/// The same, but the city sends it down, takes it up again, and handles it itself.
pub(super) fn taken_back(beginning: &Beginning) -> Beginning {
    let mut steps = dispatched(beginning).steps;
    for step in &mut steps {
        match step {
            Step::By(actor, _) if *actor == by("420106") => *actor = by("420100"),
            _ => {}
        }
    }
    steps.insert(1, Step::By(head("420100"), sample("take-up")));
    begins(Opening::AtTheCity, steps)
}

/// The mediation is entrusted to an association.
pub(super) fn entrusted(beginning: &Beginning) -> Beginning {
    let association = ASSOCIATION.to_owned();
    let mut steps = beginning.steps.clone();
    steps.insert(4, unit(Command::DelegateMediation { association }));
    Beginning {
        steps,
        ..beginning.clone()
    }
}

/// The same, but it was sent on to another authority first and taken back.
pub(super) fn sent_and_taken_back(beginning: &Beginning) -> Beginning {
    let mut steps = beginning.steps.clone();
    let there_and_back = [
        sends_on(),
        Step::By(Actor::Platform, sample("fail-transfer")),
        unit(sample("withdraw-transfer")),
    ];
    steps.splice(1..1, there_and_back);
    Beginning {
        steps,
        ..beginning.clone()
    }
}
