//! A complaint's way between units, folded.

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
            Event::ComplaintDispatched {
                from,
                to,
                note,
                report_by,
            } => {
                self.moved(Move {
                    report_by: *report_by,
                    ..step(at, from, to, MoveKind::Dispatched, note)
                });
            }
            Event::ComplaintReturned { from, to, note, .. } => {
                self.moved(step(at, from, to, MoveKind::Returned, note));
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
            Event::HandlingAgreed { from, unit } => {
                self.moved(step(at, from, unit, MoveKind::Agreed, ""));
            }
            Event::HandlingDesignated { from, unit, reason } => {
                self.moved(step(at, from, unit, MoveKind::Designated, reason));
            }
            Event::ComplaintTakenUp { from, to, reason } => {
                self.moved(step(at, from, to, MoveKind::TakenUp, reason));
            }
            _ => {}
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

fn step(at: Timestamp, from: &UnitId, to: &UnitId, why: MoveKind, note: &str) -> Move {
    Move {
        from: from.clone(),
        to: to.clone(),
        why,
        note: note.to_owned(),
        at,
        report_by: None,
    }
}
