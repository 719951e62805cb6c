//! Joint handling, folded.

use jiff::Timestamp;

use super::moves::step_of;
use crate::case::event::Event;
use crate::case::joint::{Part, PartReport, PartState};

/// What an event does to the parts that other units have in a file.
pub(crate) fn fold_part(parts: &mut Vec<Part>, at: Timestamp, event: &Event) {
    if let Event::UnitInvited {
        seq,
        unit,
        by,
        task,
        due,
        ordered,
    } = event
    {
        parts.push(Part {
            seq: *seq,
            unit: unit.clone(),
            by: by.clone(),
            task: task.clone(),
            due: *due,
            state: match ordered {
                true => PartState::Joined,
                false => PartState::Asked,
            },
            reports: Vec::new(),
            overdue: false,
        });
        return;
    }
    if let Some(step) = step_of(at, event) {
        let whole = parts.iter_mut().filter(|it| it.unit == step.to);
        for part in whole.filter(|it| it.is_open()) {
            part.state = PartState::Ended {
                reason: String::new(),
            };
        }
        return;
    }
    let Some(part) = part_of(event).and_then(|seq| parts.iter_mut().find(|it| it.seq == seq))
    else {
        return;
    };
    match event {
        Event::InvitationAnswered { agrees: true, .. } => part.state = PartState::Joined,
        Event::InvitationAnswered { reason, .. } => {
            part.state = PartState::Declined {
                reason: reason.clone(),
            };
        }
        Event::PartReported { text, done, .. } => {
            part.reports.push(PartReport {
                at,
                text: text.clone(),
            });
            if *done {
                part.state = PartState::Done;
            }
        }
        Event::PartEnded { reason, .. } => {
            part.state = PartState::Ended {
                reason: reason.clone(),
            };
        }
        Event::PartFellDue { .. } => part.overdue = true,
        _ => {}
    }
}

fn part_of(event: &Event) -> Option<u32> {
    match event {
        Event::InvitationAnswered { part, .. }
        | Event::PartReported { part, .. }
        | Event::PartEnded { part, .. }
        | Event::PartFellDue { part } => Some(*part),
        _ => None,
    }
}
