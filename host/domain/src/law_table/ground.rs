//! The ground that an act names, of a list that the law or this platform has: read out of
//! what it was told to do, or of what happened.

use serde::Serialize;
use serde_json::Value;

use crate::case::clocks::CaseClock;
use crate::case::document::forms;
use crate::case::{Command, Event};

/// The ground of an act on a file with these clocks.
pub(crate) fn of(command: &Command, events: &[Event], clocks: &[CaseClock]) -> Option<String> {
    if matches!(command, Command::RevokeDecision { .. }) {
        // The pauses are those that the period had.
        return None;
    }
    of_command(command, clocks)
        .or_else(|| events.iter().rev().find_map(of_event))
        .or_else(|| events.iter().find_map(of_clock))
}

/// What a party said elsewhere; the period that an extension or a reminder is of.
fn of_command(command: &Command, clocks: &[CaseClock]) -> Option<String> {
    match command {
        Command::RecordWord { word, .. } => Some(word_of(&**word)),
        Command::RequestExtension { clock, .. }
        | Command::DecideExtension { clock, .. }
        | Command::RemindClock { clock } => {
            let clock = clocks.iter().find(|it| it.seq == *clock);
            clock.map(|clock| clock.period.clone())
        }
        _ => None,
    }
}

fn of_event(event: &Event) -> Option<String> {
    Some(match event {
        Event::ComplaintRefused { ground, .. }
        | Event::MediationTerminated { ground, .. }
        | Event::GroundWeighed { ground, .. } => ground.clone(),
        Event::FileReturned { reason, .. } => word_of(reason),
        Event::ComplaintRegistered { cause, .. } => word_of(cause),
        Event::AppraisalBegun { chosen_by, .. } => word_of(chosen_by),
        Event::OutcomeConfirmed { confirmation } => word_of(confirmation),
        Event::VisitRecorded {
            satisfaction: None, ..
        } => "not_reached".to_owned(),
        Event::VisitRecorded {
            satisfaction: Some(satisfaction),
            ..
        } => word_of(satisfaction),
        Event::ExternalStatusRecorded { status, .. } => word_of(&status.stage),
        Event::FileLinked { relation, .. } => word_of(relation),
        Event::DocumentIssued { form, .. } => forms::purpose(form).to_owned(),
        Event::DocumentServed { outcome, .. } => outcome.name().to_owned(),
        Event::ReportVerified { opens: true, .. } => "case-filed".to_owned(),
        Event::ReportVerified { opens: false, .. } => "no-case-filed".to_owned(),
        Event::EnforcementDecided { result } => word_of(&result.outcome),
        _ => return None,
    })
}

fn of_clock(event: &Event) -> Option<String> {
    match event {
        Event::ClockExpired { period, .. } => Some(period.clone()),
        Event::ClockPaused { pause, .. } => Some(pause.why.clone()),
        _ => None,
    }
}

/// The word by which a value is written down; of one with fields, that of its kind.
fn word_of(value: &impl Serialize) -> String {
    let written = serde_json::to_value(value).unwrap();
    let word = match &written {
        Value::Object(fields) => &fields["kind"],
        word => word,
    };
    word.as_str().unwrap().to_owned()
}
