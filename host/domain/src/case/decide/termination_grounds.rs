//! What each ground of Order 121 art. 23 (art. 21 of Order 20) rests on: the file must have
//! it before a mediation is terminated on that ground.

use jiff::Timestamp;

use super::{Context, mediation};
use crate::case::actor::Side;
use crate::case::clocks::{CaseClock, periods};
use crate::case::mediation::{Mediation, Session};
use crate::case::refusal::Refusal;
use crate::case::state::Case;

pub(super) const WITHDRAWN_OR_SETTLED: &str = "withdrawn-or-settled";
pub(super) const TIME_LIMIT: &str = "time-limit";
const ABSENT_OR_REFUSING: &str = "absent-or-refusing";
const NO_DEAL: &str = "no-deal";
const REFUSAL_GROUND_FOUND: &str = "refusal-ground-found";
/// Of Order 121 on its cost, of Order 20 on the testing itself.
const ON_TESTING: [&str; 2] = ["no-agreement-on-testing-cost", "no-agreement-on-testing"];
/// Those that do not follow from how it was mediated.
const WHATEVER_WAITS: [&str; 4] = [
    WITHDRAWN_OR_SETTLED,
    TIME_LIMIT,
    REFUSAL_GROUND_FOUND,
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
        // The parties' own act, which is recorded as theirs.
        WITHDRAWN_OR_SETTLED => Err(Refusal::Needs {
            what: "word-of-hers",
        }),
        ABSENT_OR_REFUSING => needs("refusal-or-absence", stays_away(case, context)),
        NO_DEAL => needs("mediation-held", was_mediated(case)),
        REFUSAL_GROUND_FOUND => needs("ground-found", was_found(case)),
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

/// A side did not come, or said no: by Order 20 only the respondent's no counts.
fn stays_away(case: &Case, context: &Context) -> Option<bool> {
    let mediation = case.mediation()?;
    let begun = case.milestones.mediation_begun();
    let parties = mediation::who_refuses(case, context);
    let mut answers = parties.iter().filter_map(|side| mediation.answer(*side));
    let refuses = answers.any(|answer| !answer.agrees && Some(answer.at) >= begun);
    Some(refuses || stayed_away(case, mediation, context.now))
}

/// Of the latest session whose time has come somebody stayed away, who has not agreed to come
/// since. What is still to be recorded of it comes before what was recorded earlier.
fn stayed_away(case: &Case, mediation: &Mediation, now: Timestamp) -> bool {
    let come = sessions(case, mediation).filter(|it| it.at <= now);
    let latest = come.max_by_key(|session| session.at);
    let held = latest.and_then(|session| Some((session, session.held.as_ref()?)));
    held.is_some_and(|(session, held)| {
        let came_round = |side: &Side| {
            let answer = mediation.answer(*side);
            answer.is_some_and(|it| it.agrees && it.at > session.at)
        };
        held.absent.iter().any(|side| !came_round(side))
    })
}

/// Both were brought together, or dealt with each other in a mediation that both agreed to.
fn was_mediated(case: &Case) -> Option<bool> {
    let mediation = case.mediation()?;
    let agreed = mediation.agreed_at().max(case.milestones.mediation_begun());
    let deals = case.offers.iter().any(|offer| Some(offer.at) >= agreed);
    let mut held = sessions(case, mediation).filter_map(|it| it.held.as_ref());
    let met = held.any(|held| held.absent.is_empty());
    Some(met || (mediation.is_consented() && deals))
}

/// Both agreed to mediate: only then there is a mediation in which something is tested.
fn is_agreed(case: &Case) -> Option<bool> {
    case.mediation().map(Mediation::is_consented)
}

/// A ground for refusal was weighed and found to apply.
fn was_found(case: &Case) -> Option<bool> {
    let mut weighed = case.complaint.as_ref()?.weighed.iter();
    let since = case.milestones.mediated_anew;
    Some(weighed.any(|it| it.finding.applies == Some(true) && Some(it.at) >= since))
}

/// The sessions of this mediation, but for those that were cancelled.
fn sessions<'a>(case: &Case, mediation: &'a Mediation) -> impl Iterator<Item = &'a Session> {
    let begun = case.milestones.mediation_begun();
    let counts = move |it: &&Session| it.cancelled.is_none() && Some(it.at) >= begun;
    mediation.sessions.iter().filter(counts)
}
