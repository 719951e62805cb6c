//! How a mediation ends: by agreement, or on a ground of Order 121 art. 23, of
//! which both sides are told within the period of that article.

use super::representation::Disposal;
use super::{
    Context, Decided, authority, clocks, only, report_back, representation, supervision, telling,
    termination_grounds as grounds,
};
use crate::case::actor::Side;
use crate::case::clocks::periods;
use crate::case::entries::Offer;
use crate::case::event::Event;
use crate::case::mediation::{Ending, Means};
use crate::case::phase::{Closing, Phase};
use crate::case::refusal::Refusal;
use crate::case::state::Case;
use crate::case::validate;

pub(super) fn terminate(case: &Case, ground: String, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "terminate-mediation";
    authority::handles(case, ACTION, context)?;
    case.in_phase(ACTION, |phase| phase == Phase::Accepted)?;
    validate::prose("/reason", &reason, 2_000)?;
    let pack = case.complaint_pack();
    let procedure = context.rules.procedure(pack);
    let known = procedure.is_some_and(|it| it.termination_grounds.iter().any(|g| g.id == ground));
    if !known {
        return Err(Refusal::NoSuchGround {
            ground,
            pack: pack.to_owned(),
        });
    }
    grounds::check(case, ACTION, &ground, context)?;
    Ok(ended(case, ground, Some(reason), context))
}

/// The consumer withdraws her complaint before or in mediation.
pub(super) fn withdraw(case: &Case, context: &Context) -> Vec<Event> {
    if case.phase == Phase::Accepted {
        let ground = grounds::WITHDRAWN_OR_SETTLED.to_owned();
        return ended(case, ground, None, context);
    }
    let mut events = clocks::stop_all_but(case, None);
    events.push(Event::CaseClosed {
        closing: Closing::Withdrawn,
    });
    events
}

/// She says that the two settled it between themselves: with consents where others are
/// concerned, and her words are the reason.
pub(super) fn settled_elsewhere(case: &Case, note: String, context: &Context) -> Decided {
    const ACTION: &str = "settle-elsewhere";
    only(ACTION, context, &[Side::Consumer])?;
    case.in_phase(ACTION, |phase| phase == Phase::Accepted)?;
    validate::prose("/note", &note, 2_000)?;
    let disposal = Disposal::SettleElsewhere(&note);
    representation::may(case, ACTION, disposal, context)?;
    let ground = grounds::WITHDRAWN_OR_SETTLED.to_owned();
    Ok(ended(case, ground, Some(note), context))
}

/// The period ran out.
pub(super) fn timed_out(case: &Case, context: &Context) -> Vec<Event> {
    ended(case, grounds::TIME_LIMIT.to_owned(), None, context)
}

/// What a settlement means for the mediation in which it was reached: terms that
/// the authority or its mediator proposed are an agreement of that mediation;
/// terms of the parties' own are their own settlement (art. 23(1)).
pub(super) fn settled(case: &Case, agreed: &Offer, context: &Context) -> Vec<Event> {
    if matches!(agreed.by.side(), Side::Officer | Side::Mediator) {
        let mut events = vec![Event::MediationEnded];
        events.extend(stopped(case));
        return events;
    }
    ended(
        case,
        grounds::WITHDRAWN_OR_SETTLED.to_owned(),
        None,
        context,
    )
}

fn ended(case: &Case, ground: String, reason: Option<String>, context: &Context) -> Vec<Event> {
    let mut events = vec![Event::MediationTerminated { ground, reason }];
    events.extend(stopped(case));
    clocks::start_next(
        &mut events,
        case,
        periods::TERMINATION_NOTICE,
        case.complaint_pack(),
        context,
    );
    events
}

/// The mediation's clock has what it waited for; whatever urged it is past.
fn stopped(case: &Case) -> Vec<Event> {
    let mut events: Vec<Event> = clocks::met(case, periods::MEDIATION).into_iter().collect();
    events.extend(clocks::met(case, periods::REDO));
    events.extend(report_back::met(case));
    // Who is told how it ended needs no notice of its beginning.
    events.extend(clocks::stopped(case, periods::DECISION_NOTICE));
    events.extend(supervision::lapsed(case));
    events
}

/// Both sides are told; where nothing is left to perform, the file is closed.
pub(super) fn notify(case: &Case, means: Means, context: &Context) -> Decided {
    const ACTION: &str = "notify-termination";
    authority::handles(case, ACTION, context)?;
    match is_told(case) {
        Some(false) => {
            telling::is_here(case, Side::Consumer, means)?;
            telling::is_here(case, Side::Respondent, means)?;
            Ok(told(case, means))
        }
        Some(true) => Err(Refusal::Repeated {
            what: "notice",
            id: case.number.to_string(),
        }),
        None => Err(Refusal::WrongPhase {
            action: ACTION,
            phase: case.phase.name(),
        }),
    }
}

/// Whether both sides know that the mediation was terminated; `None` where it was not.
pub(super) fn is_told(case: &Case) -> Option<bool> {
    match case.mediation()?.ending.as_ref()? {
        Ending::Terminated { notified, .. } => Some(notified.is_some()),
        Ending::Agreed => None,
    }
}

pub(super) fn told(case: &Case, means: Means) -> Vec<Event> {
    let mut events = vec![Event::TerminationNotified { means }];
    events.extend(clocks::met(case, periods::TERMINATION_NOTICE));
    if case.phase == Phase::Terminated {
        events.extend(supervision::lapsed(case));
        let closing = match was_withdrawn(case) {
            true => Closing::Withdrawn,
            false => Closing::Terminated,
        };
        events.push(Event::CaseClosed { closing });
    }
    events
}

/// Her own word needs no reason; whoever else ends a mediation gives one.
fn was_withdrawn(case: &Case) -> bool {
    let ending = case.mediation().and_then(|it| it.ending.as_ref());
    matches!(ending, Some(Ending::Terminated { ground, reason: None, .. })
        if ground == grounds::WITHDRAWN_OR_SETTLED)
}
