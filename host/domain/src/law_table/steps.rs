//! The steps of a walk through a file's life, those that chance takes and those that lead to
//! what chance rarely comes to.

use proptest::prelude::*;
use proptest::sample::Index;

use super::acts::{decision, why};
use crate::case::document::Content;
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command};
use crate::identifiers::digest::Digest;
use crate::officers::OfficerRole;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// What happens before the table begins.
    Before(Actor, Command),
    By(Actor, Command),
    /// Hours pass.
    After(i64),
    /// Until time asks for something.
    Wait,
    /// All that may be worth trying, and none of it is done.
    Everything,
    /// More days off are published.
    Calendar,
    /// Hours pass, and of some commands one is done by somebody who may.
    Chance(i64, Vec<Index>, Index),
}

/// Commands that one step of chance tries.
const TRIED_AT_ONCE: usize = 6;

pub(crate) fn chances(steps: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Step>> {
    let picks = prop::collection::vec(any::<Index>(), TRIED_AT_ONCE);
    let chance = (0i64..40, picks, any::<Index>());
    let step = prop_oneof![
        18 => chance.prop_map(|(hours, picks, one)| Step::Chance(hours, picks, one)),
        2 => Just(Step::Wait),
        1 => Just(Step::Calendar)
    ];
    prop::collection::vec(step, steps)
}

/// What the end of a clock opens is given more time, at each level of urgency; `next` is the
/// number of the clock that starts next.
pub(crate) fn urged(clock: u32, next: u32) -> Vec<Vec<Step>> {
    let asks = |clock| {
        let reason = why();
        let handler = officer("420106", OfficerRole::Handler);
        Step::By(handler, Command::RequestExtension { clock, reason })
    };
    let grants =
        |unit: &str, clock| Step::By(officer(unit, OfficerRole::Head), decision(clock, true));
    let expires = |clock| Step::By(Actor::Platform, Command::ExpireClock { clock });
    let general = vec![Step::Wait, asks(next), grants("420100", next)];
    let late = || vec![Step::After(24 * 40), expires(clock)];
    let mut urgent = late();
    urgent.extend([asks(next), grants("420100", next)]);
    let mut extremely = late();
    extremely.extend([Step::After(24 * 10), expires(next)]);
    extremely.extend([asks(next + 1), grants("420000", next + 1)]);
    let in_time = [general, urgent, extremely];
    let too_late = in_time.clone().map(|mut steps| {
        steps.push(Step::After(24 * 10));
        steps
    });
    in_time.into_iter().chain(too_late).collect()
}

/// The city urges a file on.
pub(crate) fn urges() -> Step {
    let matter = why();
    let urgency = Urgency::General;
    let city = officer("420100", OfficerRole::Head);
    Step::By(city, Command::Supervise { urgency, matter })
}

/// The city urges a file on in every way, and for that there is little time; `next` is the
/// number of the clock that starts next.
pub(crate) fn supervised(next: u32) -> Vec<Step> {
    let levels = [Urgency::General, Urgency::Urgent, Urgency::ExtremelyUrgent];
    let urged = levels.map(|urgency| {
        let city = officer("420100", OfficerRole::Head);
        let matter = why();
        Step::By(city, Command::Supervise { urgency, matter })
    });
    let asked = [next, next + 1, next + 2].map(|clock| {
        let reason = why();
        let handler = officer("420106", OfficerRole::Handler);
        Step::By(handler, Command::RequestExtension { clock, reason })
    });
    urged.into_iter().chain(asked).collect()
}

pub(crate) fn role_of(actor: &Actor) -> Option<&'static str> {
    match actor {
        Actor::Officer { role, .. } => Some(role.name()),
        _ => None,
    }
}

/// Of each unit an officer in each role, whom everybody knows by it.
pub(crate) fn officers(units: &[&str]) -> Vec<Actor> {
    let roles = |unit: &&str| {
        let unit = (*unit).to_owned();
        OfficerRole::ALL.map(|role| officer(&unit, role))
    };
    units.iter().flat_map(roles).collect()
}

pub(crate) fn officer(unit: &str, role: OfficerRole) -> Actor {
    Actor::Officer {
        id: format!("{unit}-{}", role.name()),
        unit: unit.to_owned(),
        name: "周".into(),
        role,
    }
}

pub(crate) fn issue(form: &str) -> Command {
    Command::IssueDocument {
        form: form.into(),
        number: "〔2026〕1号".into(),
        content: Content {
            values: Digest::of(b"values"),
            pdf: Digest::of(b"pdf"),
            size: 3,
        },
    }
}
