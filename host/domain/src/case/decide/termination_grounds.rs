//! What each ground of Order 121 art. 23 (art. 21 of Order 20) rests on: the file must have
//! it before a mediation is terminated on that ground.

use super::{Context, mediation, representation};
use crate::case::actor::Side;
use crate::case::clocks::{CaseClock, periods};
use crate::case::mediation::{Held, Mediation};
use crate::case::refusal::Refusal;
use crate::case::state::Case;

pub(super) const WITHDRAWN_OR_SETTLED: &str = "withdrawn-or-settled";
pub(super) const TIME_LIMIT: &str = "time-limit";
const ABSENT_OR_REFUSING: &str = "absent-or-refusing";
const NO_DEAL: &str = "no-deal";
/// Of Order 121 on its cost, of Order 20 on the testing itself.
const ON_TESTING: [&str; 2] = ["no-agreement-on-testing-cost", "no-agreement-on-testing"];
/// Those that do not follow from how it was mediated.
const WHATEVER_WAITS: [&str; 4] = [
    WITHDRAWN_OR_SETTLED,
    TIME_LIMIT,
    "refusal-ground-found",
    "death-or-loss-of-status",
];

/// Whether the file bears the ground out, at a moment.
pub(super) fn check(
    case: &Case,
    action: &'static str,
    ground: &str,
    context: &Context,
) -> Result<(), Refusal> {
    // What was done in the mediation waits, and so does what would follow from it (art. 21).
    if !WHATEVER_WAITS.contains(&ground) {
        mediation::under_way(case, action)?;
    }
    match ground {
        // Time ends a mediation at its end and not before.
        TIME_LIMIT if !is_over(case, context) => Err(Refusal::NotExpired {
            period: periods::MEDIATION.to_owned(),
        }),
        WITHDRAWN_OR_SETTLED => representation::may_end(case, action, context),
        ABSENT_OR_REFUSING => needs("refusal-or-absence", stays_away(case)),
        NO_DEAL => needs("mediation-held", was_mediated(case)),
        _ if ON_TESTING.contains(&ground) => needs("both-consents", is_agreed(case)),
        _ => Ok(()),
    }
}

fn needs(what: &'static str, has: Option<bool>) -> Result<(), Refusal> {
    match has {
        Some(true) => Ok(()),
        _ => Err(Refusal::Needs { what }),
    }
}

/// Whether the days of the mediation itself are over, where it goes on after a visit.
fn is_over(case: &Case, context: &Context) -> bool {
    let mut clocks = case.clocks.iter();
    let own = clocks.rfind(|it| it.is_of(periods::MEDIATION));
    own.and_then(CaseClock::expires_at)
        .is_some_and(|end| end <= context.now)
}

/// A side said no, or did not come.
fn stays_away(case: &Case) -> Option<bool> {
    let mediation = case.mediation()?;
    let parties = [Side::Consumer, Side::Respondent];
    let mut answers = parties.iter().filter_map(|side| mediation.answer(*side));
    let refuses = answers.any(|answer| !answer.agrees);
    Some(refuses || held(mediation).any(|held| !held.absent.is_empty()))
}

/// Both were brought together, or dealt with each other in a mediation that both agreed to.
fn was_mediated(case: &Case) -> Option<bool> {
    let mediation = case.mediation()?;
    let begun = case.milestones.decided;
    let deals = case.offers.iter().any(|offer| Some(offer.at) >= begun);
    let met = held(mediation).any(|held| held.absent.is_empty());
    Some(met || (mediation.is_consented() && deals))
}

/// Both agreed to mediate: only then there is a mediation in which something is tested.
fn is_agreed(case: &Case) -> Option<bool> {
    case.mediation().map(Mediation::is_consented)
}

fn held(mediation: &Mediation) -> impl Iterator<Item = &Held> {
    mediation.sessions.iter().filter_map(|it| it.held.as_ref())
}
