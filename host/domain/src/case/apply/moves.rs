//! A file's way between units, folded.

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::moves::{HandlingDispute, MaterialRequest, Move, MoveKind};
use crate::case::state::Case;
use crate::identifiers::unit_id::UnitId;

impl Case {
    pub(super) fn apply_move(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::MaterialRequested { items, due } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.material = Some(MaterialRequest {
                        items: items.clone(),
                        due: *due,
                        provided: None,
                    });
                }
            }
            Event::MaterialProvided { note } => {
                let complaint = self.complaint.as_mut();
                if let Some(request) = complaint.and_then(|it| it.material.as_mut()) {
                    request.provided = Some(note.clone());
                }
            }
            Event::HandlingDisputed {
                with,
                reason,
                since,
            } => {
                if let Some(complaint) = &mut self.complaint {
                    complaint.dispute = Some(HandlingDispute {
                        by: complaint.unit.clone(),
                        with: with.clone(),
                        reason: reason.clone(),
                        since: *since,
                    });
                }
            }
            other => {
                if let Some(step) = step_of(at, other) {
                    self.moved(step);
                }
            }
        }
    }

    fn moved(&mut self, step: Move) {
        if let Some(complaint) = &mut self.complaint {
            complaint.unit = step.to.clone();
            // Whoever has it now, the disagreement is over.
            complaint.dispute = None;
            complaint.moves.push(step);
        }
    }
}

/// The step between units that an event is, whatever kind of file goes it.
pub(crate) fn step_of(at: Timestamp, event: &Event) -> Option<Move> {
    Some(match event {
        Event::FileDispatched {
            from,
            to,
            note,
            report_by,
        } => Move {
            report_by: *report_by,
            ..step(at, from, to, MoveKind::Dispatched, note)
        },
        Event::FileReturned {
            from,
            to,
            reason,
            note,
        } => Move {
            reason: Some(*reason),
            ..step(at, from, to, MoveKind::Returned, note)
        },
        Event::HandlingAgreed { from, unit } => step(at, from, unit, MoveKind::Agreed, ""),
        Event::HandlingDesignated { from, unit, reason } => {
            step(at, from, unit, MoveKind::Designated, reason)
        }
        Event::FileTakenUp { from, to, reason } => step(at, from, to, MoveKind::TakenUp, reason),
        _ => return None,
    })
}

fn step(at: Timestamp, from: &UnitId, to: &UnitId, why: MoveKind, note: &str) -> Move {
    Move {
        from: from.clone(),
        to: to.clone(),
        why,
        note: note.to_owned(),
        at,
        report_by: None,
        reason: None,
    }
}
