//! Mediation of an accepted complaint: both sides' answers, sessions, delegation,
//! recusal, appraisal (Order 121 art. 18-22).

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Context, Decided, authority, clocks, next, only, room};
use crate::case::actor::{Actor, Side};
use crate::case::clocks::periods;
use crate::case::event::Event;
use crate::case::mediation::{ChosenBy, Means, Mediation, Mode, Session};
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::state::Case;
use crate::case::time::{civil_date, to_the_next_minute};
use crate::case::validate;
use crate::clock::Pause;

const MAX_SESSIONS: usize = 20;
const MAX_RECUSALS: usize = 10;
const MAX_APPRAISALS: usize = 10;
const MAX_LINE: usize = 200;
const MAX_PROSE: usize = 2_000;

/// A side's answer as it reached the authority.
pub(super) struct Answer {
    pub side: Side,
    pub agrees: bool,
    pub delegation: bool,
    pub means: Means,
}

/// A mediation as it is set.
pub(super) struct Setting {
    pub mode: Mode,
    pub at: Timestamp,
    pub place: Option<String>,
    pub mediator: String,
}

/// The mediation of a complaint that was accepted and has not ended.
fn open<'a>(case: &'a Case, action: &'static str) -> Result<&'a Mediation, Refusal> {
    case.in_phase(action, |phase| phase == Phase::Accepted)?;
    case.mediation().ok_or(Refusal::WrongPhase {
        action,
        phase: case.phase.name(),
    })
}

/// The same, where no recusal waits for its decision (art. 21).
pub(super) fn under_way<'a>(
    case: &'a Case,
    action: &'static str,
) -> Result<&'a Mediation, Refusal> {
    let mediation = open(case, action)?;
    if mediation.is_suspended() {
        return Err(Refusal::Needs {
            what: "recusal-decision",
        });
    }
    Ok(mediation)
}

/// Who mediates: the unit that handles the complaint, or the association it
/// entrusted.
pub(super) fn conducts(
    case: &Case,
    action: &'static str,
    context: &Context,
) -> Result<(), Refusal> {
    let entrusted = case.mediation().and_then(|it| it.delegated_to.as_deref());
    match context.actor {
        Actor::Mediator { organisation, .. } if entrusted == Some(organisation) => Ok(()),
        _ => authority::handles(case, action, context),
    }
}

/// A party answers for itself; what it said elsewhere an officer records.
pub(super) fn answer(case: &Case, answer: Answer, context: &Context) -> Decided {
    const ACTION: &str = "answer-mediation";
    under_way(case, ACTION)?;
    match (context.side(), answer.means) {
        (Side::Officer, Means::Platform) => {
            return Err(Refusal::invalid("/means", Invalid::UnknownValue));
        }
        (Side::Officer, _) => authority::handles(case, ACTION, context)?,
        (side, Means::Platform) if side == answer.side && context.actor.plugin().is_none() => {}
        _ => return Err(Refusal::NotAllowed { action: ACTION }),
    }
    if !matches!(answer.side, Side::Consumer | Side::Respondent) {
        return Err(Refusal::invalid("/side", Invalid::UnknownValue));
    }
    Ok(vec![Event::MediationAnswered {
        side: answer.side,
        agrees: answer.agrees,
        delegation: answer.agrees && answer.delegation,
        means: answer.means,
    }])
}

pub(super) fn schedule(case: &Case, setting: Setting, context: &Context) -> Decided {
    const ACTION: &str = "schedule-mediation";
    conducts(case, ACTION, context)?;
    let mediation = under_way(case, ACTION)?;
    // Who has not answered yet is asked to come; who said no is not.
    if is_refused(case, mediation, context) {
        return Err(Refusal::Needs {
            what: "both-consents",
        });
    }
    room("sessions", mediation.sessions.len(), MAX_SESSIONS)?;
    validate::line("/mediator", &setting.mediator, MAX_LINE)?;
    not_recused(mediation, &setting.mediator)?;
    match (&setting.place, setting.mode) {
        (None, Mode::OnSite) => return Err(Refusal::invalid("/place", Invalid::Missing)),
        (Some(place), _) => validate::line("/place", place, MAX_LINE)?,
        (None, _) => {}
    }
    if let Some(earliest) = too_early(case, &setting, context) {
        let earliest = to_the_next_minute(earliest);
        return Err(Refusal::invalid("/at", Invalid::TooEarly { earliest }));
    }
    validate::day_about("/at", civil_date(setting.at), context.today())?;
    Ok(vec![Event::MediationScheduled {
        session: next(mediation.sessions.len()),
        mode: setting.mode,
        at: setting.at,
        place: setting.place,
        mediator: setting.mediator,
    }])
}

/// Whose refusal ends a mediation: either side's, by Order 20 only the respondent's. The
/// complainant may be asked to come all the same then.
pub(super) fn who_refuses(case: &Case, context: &Context) -> &'static [Side] {
    let procedure = context.rules.procedure(case.complaint_pack());
    match procedure.is_none_or(|it| it.either_side_refuses) {
        true => &[Side::Consumer, Side::Respondent],
        false => &[Side::Respondent],
    }
}

fn is_refused(case: &Case, mediation: &Mediation, context: &Context) -> bool {
    let mut sides = who_refuses(case, context).iter();
    sides.any(|side| mediation.answer(*side).is_some_and(|it| !it.agrees))
}

/// The earliest moment, where it is set before that. On site the parties are told in
/// advance (art. 20); who is called is mediated with at once, and that is set afterwards.
fn too_early(case: &Case, setting: &Setting, context: &Context) -> Option<Timestamp> {
    let earliest = match setting.mode {
        Mode::OnSite => Some(context.now),
        _ => case.milestones.mediation_begun(),
    };
    earliest.filter(|earliest| setting.at <= *earliest)
}

pub(super) fn record_session(
    case: &Case,
    session: u32,
    absent: Vec<Side>,
    note: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "record-session";
    conducts(case, ACTION, context)?;
    let mediation = under_way(case, ACTION)?;
    let found = set(mediation, session)?;
    not_recused(mediation, &found.mediator)?;
    if context.now < found.at {
        return Err(Refusal::Needs {
            what: "session-time",
        });
    }
    let party = |side: &Side| matches!(side, Side::Consumer | Side::Respondent);
    if !absent.iter().all(party) {
        return Err(Refusal::invalid("/absent", Invalid::UnknownValue));
    }
    let mut sides = absent.clone();
    sides.sort();
    sides.dedup();
    if sides.len() < absent.len() {
        return Err(Refusal::invalid("/absent", Invalid::Repeated));
    }
    // Nobody stays away who was not asked in advance (art. 20).
    if !sides.is_empty() && !found.was_announced() {
        return Err(Refusal::Needs {
            what: "announced-session",
        });
    }
    // Nobody is mediated with who did not agree to it (art. 18).
    let agrees = |side: &Side| mediation.answer(*side).is_some_and(|it| it.agrees);
    let mut present = [Side::Consumer, Side::Respondent].into_iter();
    if !present.all(|side| sides.contains(&side) || agrees(&side)) {
        return Err(Refusal::Needs {
            what: "both-consents",
        });
    }
    validate::prose("/note", &note, MAX_PROSE)?;
    Ok(vec![Event::SessionRecorded {
        session,
        absent: sides,
        note,
    }])
}

/// A session that was set, neither held nor cancelled.
fn set(mediation: &Mediation, session: u32) -> Result<&Session, Refusal> {
    let (what, id) = ("session", session.to_string());
    match mediation.sessions.iter().find(|it| it.seq == session) {
        None => Err(Refusal::Unknown { what, id }),
        Some(found) if !found.is_set() => Err(Refusal::NotOpen { what, id }),
        Some(found) => Ok(found),
    }
}

/// It does not take place: whoever is put off is told why. Or it was recorded wrongly: what
/// came of it counts no more, and may be recorded anew.
pub(super) fn cancel_session(
    case: &Case,
    session: u32,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "cancel-session";
    conducts(case, ACTION, context)?;
    let (what, id) = ("session", session.to_string());
    let mut sessions = open(case, ACTION)?.sessions.iter();
    match sessions.find(|it| it.seq == session) {
        None => return Err(Refusal::Unknown { what, id }),
        Some(it) if it.cancelled.is_some() => return Err(Refusal::NotOpen { what, id }),
        Some(_) => validate::prose("/reason", &reason, MAX_PROSE)?,
    }
    Ok(vec![Event::SessionCancelled { session, reason }])
}

/// Who was recused mediates no more (art. 21).
fn not_recused(mediation: &Mediation, mediator: &str) -> Result<(), Refusal> {
    match mediation.is_recused(mediator) {
        true => Err(Refusal::Needs {
            what: "other-mediator",
        }),
        false => Ok(()),
    }
}

/// To a consumer association, where both sides agree; it may not pass it on (art. 19).
pub(super) fn delegate(case: &Case, association: String, context: &Context) -> Decided {
    const ACTION: &str = "delegate-mediation";
    authority::handles(case, ACTION, context)?;
    let mediation = under_way(case, ACTION)?;
    validate::key("/association", &association)?;
    if case.is_respondent(&association) {
        return Err(Refusal::invalid("/association", Invalid::UnknownValue));
    }
    if let Some(standing) = &mediation.delegated_to {
        return Err(Refusal::Repeated {
            what: "delegation",
            id: standing.clone(),
        });
    }
    if !mediation.may_be_delegated() {
        return Err(Refusal::Needs {
            what: "both-consents-to-delegation",
        });
    }
    Ok(vec![Event::MediationDelegated { association }])
}

/// The association does not take it, or mediates no more; or the authority takes it back.
pub(super) fn end_delegation(case: &Case, reason: String, context: &Context) -> Decided {
    const ACTION: &str = "end-delegation";
    conducts(case, ACTION, context)?;
    let mediation = open(case, ACTION)?;
    if mediation.delegated_to.is_none() {
        return Err(Refusal::Needs { what: "delegation" });
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    let set = mediation.sessions.iter().filter(|it| it.is_set());
    let mut events: Vec<Event> = set
        .map(|it| Event::SessionCancelled {
            session: it.seq,
            reason: reason.clone(),
        })
        .collect();
    events.push(Event::DelegationEnded { reason });
    Ok(events)
}

/// Of one mediator (art. 21): who is not named is the only one that is still to mediate.
pub(super) fn request_recusal(
    case: &Case,
    mediator: Option<String>,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "request-recusal";
    only(ACTION, context, &[Side::Consumer, Side::Respondent])?;
    if context.actor.plugin().is_some() {
        return Err(Refusal::NotAllowed { action: ACTION });
    }
    let mediation = under_way(case, ACTION)?;
    room("recusals", mediation.recusals.len(), MAX_RECUSALS)?;
    validate::prose("/reason", &reason, MAX_PROSE)?;
    Ok(vec![Event::RecusalRequested {
        mediator: Some(meant(mediation, mediator)?),
        side: context.side(),
        reason,
    }])
}

/// The mediator who is meant: where nobody is set yet it may be anybody.
fn meant(mediation: &Mediation, named: Option<String>) -> Result<String, Refusal> {
    const FIELD: &str = "/mediator";
    let set = mediation.sessions.iter();
    let set = set.filter(|it| it.is_set() && !mediation.is_recused(&it.mediator));
    let set: BTreeSet<&str> = set.map(|it| it.mediator.as_str()).collect();
    match named {
        Some(named) => {
            validate::line(FIELD, &named, MAX_LINE)?;
            let known = set.is_empty() || set.contains(named.as_str());
            known
                .then_some(named)
                .ok_or_else(|| Refusal::invalid(FIELD, Invalid::UnknownValue))
        }
        None => match (set.len(), set.first()) {
            (1, Some(only)) => Ok((*only).to_owned()),
            _ => Err(Refusal::invalid(FIELD, Invalid::Missing)),
        },
    }
}

pub(super) fn decide_recusal(
    case: &Case,
    granted: bool,
    reason: String,
    context: &Context,
) -> Decided {
    const ACTION: &str = "decide-recusal";
    authority::handles(case, ACTION, context)?;
    let asked = open(case, ACTION)?.open_recusal();
    let asked = asked.ok_or(Refusal::Needs {
        what: "recusal-request",
    })?;
    // Nobody decides on herself.
    let own = context.actor.told_name();
    if own.is_some() && asked.mediator.as_deref() == own {
        return Err(Refusal::Needs {
            what: "other-decider",
        });
    }
    validate::prose("/reason", &reason, MAX_PROSE)?;
    Ok(vec![Event::RecusalDecided { granted, reason }])
}

/// The clock of mediation stands still while something is tested.
pub(super) fn begin_appraisal(
    case: &Case,
    body: String,
    chosen_by: ChosenBy,
    context: &Context,
) -> Decided {
    const ACTION: &str = "begin-appraisal";
    authority::handles(case, ACTION, context)?;
    let mediation = under_way(case, ACTION)?;
    let procedure = context.rules.procedure(case.complaint_pack());
    let may_name = procedure.is_some_and(|it| it.authority_names_tester);
    if chosen_by == ChosenBy::Regulator && !may_name {
        return Err(Refusal::invalid("/chosen_by", Invalid::UnknownValue));
    }
    validate::line("/body", &body, MAX_LINE)?;
    room("appraisals", mediation.appraisals.len(), MAX_APPRAISALS)?;
    if mediation.running_appraisal().is_some() {
        return Err(Refusal::Repeated {
            what: "appraisal",
            id: body,
        });
    }
    let from = context.today();
    let pause = Pause {
        from,
        to: None,
        why: "appraisal".to_owned(),
    };
    let mut events = vec![Event::AppraisalBegun {
        body,
        chosen_by,
        from,
    }];
    for period in periods::OF_MEDIATING {
        events.extend(clocks::paused(case, period, pause.clone(), context));
    }
    Ok(events)
}

pub(super) fn end_appraisal(case: &Case, result: String, context: &Context) -> Decided {
    const ACTION: &str = "end-appraisal";
    authority::handles(case, ACTION, context)?;
    if open(case, ACTION)?.running_appraisal().is_none() {
        return Err(Refusal::Needs {
            what: "running-appraisal",
        });
    }
    validate::prose("/result", &result, MAX_PROSE)?;
    let to = context.today();
    let mut events = vec![Event::AppraisalEnded { to, result }];
    for period in periods::OF_MEDIATING {
        events.extend(clocks::resumed(case, period, to, context));
    }
    Ok(events)
}
