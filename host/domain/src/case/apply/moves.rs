//! A file's way between units, folded.

use jiff::Timestamp;

use crate::case::actor::Actor;
use crate::case::event::Event;
use crate::case::moves::{HandlingDispute, MaterialRequest, Move, MoveKind, ReportedBack};
use crate::case::state::Case;
use crate::identifiers::unit_id::UnitId;

impl Case {
    pub(super) fn apply_move(&mut self, at: Timestamp, by: &Actor, event: &Event) {
        match event {
            Event::MaterialRequested { items, due } => {
                if let Some(complaint) = &mut self.complaint {
                    let next = MaterialRequest {
                        items: items.clone(),
                        due: *due,
                        at: Some(at),
                        by: Some(by.clone()),
                        provided: None,
                        provided_at: None,
                    };
                    let before = complaint.material.replace(next);
                    complaint.earlier_material.extend(before);
                }
            }
            Event::MaterialProvided { note } => {
                let complaint = self.complaint.as_mut();
                if let Some(request) = complaint.and_then(|it| it.material.as_mut()) {
                    request.provided = Some(note.clone());
                    request.provided_at = Some(at);
                }
            }
            other => {
                if let Some(complaint) = &mut self.complaint {
                    let way = Way {
                        unit: &mut complaint.unit,
                        moves: &mut complaint.moves,
                        dispute: &mut complaint.dispute,
                    };
                    way.fold(at, other);
                }
            }
        }
    }
}

/// Where a file is, how it came there, and who disagrees on that.
pub(crate) struct Way<'a> {
    pub unit: &'a mut UnitId,
    pub moves: &'a mut Vec<Move>,
    pub dispute: &'a mut Option<HandlingDispute>,
}

impl Way<'_> {
    /// What an event does to it, whatever kind of file it is.
    pub(crate) fn fold(self, at: Timestamp, event: &Event) {
        match event {
            Event::HandlingDisputed {
                with,
                reason,
                since,
            } => {
                *self.dispute = Some(HandlingDispute {
                    by: self.unit.clone(),
                    with: with.clone(),
                    reason: reason.clone(),
                    since: *since,
                });
            }
            other => {
                fold_report(self.moves, at, other);
                if let Some(step) = step_of(at, other) {
                    *self.unit = step.to.clone();
                    // Whoever has it now, the disagreement is over.
                    *self.dispute = None;
                    self.moves.push(step);
                }
            }
        }
    }
}

/// What was reported back belongs to the last time that a day was set for it.
pub(crate) fn fold_report(moves: &mut [Move], at: Timestamp, event: &Event) {
    let Event::DispatchReported { text } = event else {
        return;
    };
    let asked = moves.iter_mut().rfind(|step| step.report_by.is_some());
    if let Some(step) = asked {
        step.reported = Some(ReportedBack {
            at,
            text: text.clone(),
        });
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
        reported: None,
        reason: None,
    }
}
