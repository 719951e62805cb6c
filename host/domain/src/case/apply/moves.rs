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
                self.move_to(at, from, to, MoveKind::Dispatched, note);
                let complaint = self.complaint.as_mut();
                if let Some(step) = complaint.and_then(|it| it.moves.last_mut()) {
                    step.report_by = *report_by;
                }
            }
            Event::ComplaintReturned { from, to, note, .. } => {
                self.move_to(at, from, to, MoveKind::Returned, note);
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
                self.move_to(at, from, unit, MoveKind::Agreed, "");
            }
            Event::HandlingDesignated { from, unit, reason } => {
                self.move_to(at, from, unit, MoveKind::Designated, reason);
            }
            Event::ComplaintTakenUp { from, to, reason } => {
                self.move_to(at, from, to, MoveKind::TakenUp, reason);
            }
            _ => {}
        }
    }

    fn move_to(&mut self, at: Timestamp, from: &UnitId, to: &UnitId, why: MoveKind, note: &str) {
        let Some(complaint) = &mut self.complaint else {
            return;
        };
        complaint.moves.push(Move {
            from: from.clone(),
            to: to.clone(),
            why,
            note: note.to_owned(),
            at,
            report_by: None,
        });
        complaint.unit = to.clone();
        // Whoever has it now, the disagreement is over.
        complaint.dispute = None;
    }
}
