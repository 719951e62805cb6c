//! What only plugins do, and what the host does for them: look-ups, timers,
//! notes, and the record of each run.

use jiff::{SignedDuration, Timestamp, ToSpan};

use super::{Context, Decided, by_platform, room, while_automated};
use crate::case::actor::{Actor, PluginIdentity};
use crate::case::entries::{LookUp, LookUpOutcome, Timer};
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::run::RunSummary;
use crate::case::state::Case;
use crate::case::validate;

const MAX_LOOK_UPS: usize = 50;
const MAX_TIMERS: usize = 16;
/// A timer is for waiting, not for running on.
const MIN_WAIT: SignedDuration = SignedDuration::from_mins(1);
const MAX_NOTE_CHARS: usize = 2_000;

pub(super) fn request_look_up(
    case: &Case,
    key: String,
    name: String,
    path: String,
    context: &Context,
) -> Decided {
    let plugin = acting_plugin(context, "request-look-up")?;
    while_automated(case, "request-look-up", context)?;
    case.in_phase("request-look-up", |phase| phase != Phase::Closed)?;
    room("look-ups", case.look_ups.len(), MAX_LOOK_UPS)?;
    validate::key("/key", &key)?;
    validate::key("/name", &name)?;
    validate::line("/path", &path, 500)?;
    let pending =
        |look_up: &LookUp| look_up.key == key && !look_up.answered && look_up.by.is_plugin(plugin);
    if case.look_ups.iter().any(pending) {
        return Err(Refusal::Repeated {
            what: "look-up",
            id: key,
        });
    }
    Ok(vec![Event::LookUpRequested { key, name, path }])
}

pub(super) fn answer_look_up(
    case: &Case,
    key: String,
    requester: PluginIdentity,
    outcome: LookUpOutcome,
    context: &Context,
) -> Decided {
    by_platform("answer-look-up", context)?;
    let pending = |look_up: &LookUp| {
        look_up.key == key && !look_up.answered && look_up.by.is_plugin(&requester)
    };
    if !case.look_ups.iter().any(pending) {
        return Err(Refusal::Unknown {
            what: "look-up",
            id: key,
        });
    }
    Ok(vec![Event::LookUpAnswered {
        key,
        requester,
        outcome,
    }])
}

pub(super) fn set_timer(
    case: &Case,
    key: String,
    fires_at: Timestamp,
    context: &Context,
) -> Decided {
    acting_plugin(context, "set-timer")?;
    while_automated(case, "set-timer", context)?;
    case.in_phase("set-timer", |phase| {
        phase != Phase::Closed && !phase.is_with_regulator()
    })?;
    room("timers", case.timers.len(), MAX_TIMERS)?;
    validate::key("/key", &key)?;
    let latest = context
        .now
        .saturating_add((24 * 366).hours())
        .unwrap_or(Timestamp::MAX);
    if fires_at > latest {
        let latest = latest.to_string();
        return Err(Refusal::invalid("/fires_at", Invalid::TooLate { latest }));
    }
    let soonest = context.now.saturating_add(MIN_WAIT).unwrap_or(context.now);
    if fires_at < soonest {
        let earliest = soonest.to_string();
        return Err(Refusal::invalid(
            "/fires_at",
            Invalid::TooEarly { earliest },
        ));
    }
    Ok(vec![Event::TimerSet { key, fires_at }])
}

pub(super) fn cancel_timer(case: &Case, key: String, context: &Context) -> Decided {
    let plugin = acting_plugin(context, "cancel-timer")?;
    find_timer(case, &key, plugin)?;
    Ok(vec![Event::TimerCancelled { key }])
}

pub(super) fn fire_timer(
    case: &Case,
    key: String,
    owner: PluginIdentity,
    context: &Context,
) -> Decided {
    by_platform("fire-timer", context)?;
    let timer = find_timer(case, &key, &owner)?;
    if context.now < timer.fires_at {
        return Err(Refusal::NotExpired { period: key });
    }
    Ok(vec![Event::TimerFired { key, owner }])
}

fn find_timer<'a>(
    case: &'a Case,
    key: &str,
    plugin: &PluginIdentity,
) -> Result<&'a Timer, Refusal> {
    let owned = |timer: &&Timer| timer.key == key && timer.by.is_plugin(plugin);
    case.timers.iter().find(owned).ok_or(Refusal::Unknown {
        what: "timer",
        id: key.to_owned(),
    })
}

/// The respondent's plugin is told of its other settings, where it still answers.
pub(super) fn note_settings_changed(
    case: &Case,
    plugin: PluginIdentity,
    context: &Context,
) -> Decided {
    by_platform("note-settings-changed", context)?;
    let answers = case.is_automated()
        && case.is_respondent(&plugin.organisation)
        && !case.phase.is_with_regulator()
        && case.phase != Phase::Closed;
    Ok(answers
        .then_some(Event::SettingsChanged { plugin })
        .into_iter()
        .collect())
}

/// An internal note: it stays with the side that wrote it.
pub(super) fn add_note(case: &Case, body: String, context: &Context) -> Decided {
    // Nobody here would read one of the consumer, of another authority or of the host.
    if matches!(
        context.actor,
        Actor::Consumer { .. } | Actor::External { .. } | Actor::Platform
    ) {
        return Err(Refusal::NotAllowed { action: "add-note" });
    }
    case.in_phase("add-note", |phase| phase != Phase::Closed)?;
    note(body)
}

/// A note of whoever may write one in a file.
pub(crate) fn note(body: String) -> Decided {
    validate::prose("/body", &body, MAX_NOTE_CHARS)?;
    Ok(vec![Event::NoteAdded { body }])
}

/// The host writes down what a run was, whatever came of it.
pub(super) fn record_run(run: RunSummary, context: &Context) -> Decided {
    by_platform("record-run", context)?;
    Ok(vec![Event::PluginDecided { run }])
}

fn acting_plugin<'a>(
    context: &'a Context,
    action: &'static str,
) -> Result<&'a PluginIdentity, Refusal> {
    if context.actor.is_reviewer() {
        return Err(Refusal::NotAllowed { action });
    }
    context.actor.plugin().ok_or(Refusal::NotAllowed { action })
}
