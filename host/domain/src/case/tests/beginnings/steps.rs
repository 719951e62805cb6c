//! What is done one after another, into each phase.

use jiff::civil::date;

use super::super::acts::agrees;
use super::super::scene::{agent, consumer, offer};
use super::opening::Opening;
use super::{Beginning, DAYS};
use crate::case::actor::{Actor, Side};
use crate::case::command::Command;
use crate::case::mediation::Means;
use crate::case::phase::Confirmation;
use crate::case::visit::Satisfaction;
use crate::law_table::acts::why;
use crate::law_table::samples::{ASSOCIATION, refuse, samples, terminate, visit};
use crate::law_table::walk::{Step, officer};
use crate::officers::OfficerRole;

pub(super) fn mediator() -> Actor {
    Actor::Mediator {
        id: "m-1".into(),
        organisation: ASSOCIATION.into(),
        name: "李".into(),
    }
}

pub(super) fn by(unit: &str) -> Actor {
    officer(unit, OfficerRole::Handler)
}

pub(super) fn head(unit: &str) -> Actor {
    officer(unit, OfficerRole::Head)
}

pub(super) fn sample(name: &str) -> Command {
    let now = DAYS[0].parse().unwrap();
    let found = samples(now).into_iter().find(|it| it.name() == name);
    found.unwrap()
}

pub(super) fn unit(command: Command) -> Step {
    Step::By(by("420106"), command)
}

pub(super) fn begins(opens: Opening, steps: Vec<Step>) -> Beginning {
    Beginning {
        opens,
        day: 0,
        steps,
    }
}

/// Negotiated here, and handed to the authority.
pub(super) fn escalated(then: Vec<Step>) -> Beginning {
    let mut steps = vec![Step::By(consumer(), sample("escalate"))];
    steps.extend(then);
    begins(Opening::Negotiated, steps)
}

pub(super) fn accepted(then: Vec<Step>) -> Beginning {
    let mut steps = vec![unit(Command::AcceptComplaint)];
    steps.extend(then);
    escalated(steps)
}

/// Both sides agree to a mediation, by whomever.
pub(super) fn mediated(then: Vec<Step>) -> Beginning {
    let mut steps = vec![
        unit(agrees(Side::Consumer, Means::Phone)),
        Step::By(agent(), agrees(Side::Respondent, Means::Platform)),
    ];
    steps.extend(then);
    accepted(steps)
}

pub(super) fn agree(offer: u32) -> Command {
    Command::AcceptOffer { offer }
}

/// Terms of the parties' own.
pub(super) fn settled(then: Vec<Step>) -> Beginning {
    let mut steps = vec![
        Step::By(agent(), offer(100)),
        Step::By(consumer(), agree(1)),
    ];
    steps.extend(then);
    mediated(steps)
}

pub(super) fn performed(then: Vec<Step>) -> Beginning {
    let mut steps = vec![Step::By(agent(), sample_performed())];
    steps.extend(then);
    settled(steps)
}

pub(super) fn sample_performed() -> Command {
    Command::RecordPerformance {
        performed_on: date(2026, 5, 18),
        note: None,
    }
}

pub(super) fn confirms(confirmation: Confirmation) -> Step {
    Step::By(consumer(), Command::Confirm { confirmation })
}

pub(super) fn reopens() -> Step {
    Step::By(consumer(), Command::Reopen { reason: why() })
}

/// Not solved after all, and the parties go on: nobody but they is at work on it.
pub(super) fn open(then: Vec<Step>) -> Beginning {
    let mut steps = vec![confirms(Confirmation::Solved), reopens()];
    steps.extend(then);
    performed(steps)
}

pub(super) fn terminated(then: Vec<Step>) -> Beginning {
    let mut steps = vec![unit(terminate("other-statutory"))];
    steps.extend(then);
    accepted(steps)
}

pub(super) fn closed(then: Vec<Step>) -> Beginning {
    let mut steps = vec![unit(Command::NotifyTermination { means: Means::Sms })];
    steps.extend(then);
    terminated(steps)
}

pub(super) fn refused(then: Vec<Step>) -> Beginning {
    let mut steps = vec![unit(refuse("no-power"))];
    steps.extend(then);
    escalated(steps)
}

pub(super) fn transferred(then: Vec<Step>) -> Beginning {
    let mut steps = vec![sends_on()];
    steps.extend(then);
    escalated(steps)
}

/// The county has no power and does not pass it on itself.
pub(super) fn sends_on() -> Step {
    Step::By(by("420100"), sample("transfer-out"))
}

/// Until time has nothing more to ask for a while.
pub(super) fn waits(count: usize) -> Vec<Step> {
    vec![Step::Wait; count]
}

pub(super) fn unsatisfied() -> Step {
    unit(visit(Some(Satisfaction::Unsatisfied)))
}

/// On another day, under another version of the law.
pub(super) fn on(day: usize, beginning: Beginning) -> Beginning {
    Beginning { day, ..beginning }
}
