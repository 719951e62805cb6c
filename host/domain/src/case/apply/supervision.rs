//! Supervision, folded.

use jiff::Timestamp;

use crate::case::event::Event;
use crate::case::state::Case;
use crate::case::supervision::{Supervision, SupervisionAnswer, SupervisionCause};

impl Case {
    pub(super) fn apply_supervision(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::SupervisionOpened {
                seq,
                cause,
                by,
                urgency,
                matter,
                clock,
            } => {
                if let SupervisionCause::Nearing { clock, .. } = cause
                    && let Some(clock) = self.clock_mut(*clock)
                {
                    clock.reminded = true;
                }
                self.supervisions.push(Supervision {
                    seq: *seq,
                    cause: cause.clone(),
                    by: by.clone(),
                    urgency: *urgency,
                    matter: matter.clone(),
                    opened: at,
                    clock: *clock,
                    answer: None,
                });
            }
            Event::SupervisionAnswered { seq, answer, on } => {
                if let Some(supervision) = self.supervision_mut(*seq) {
                    supervision.answer = Some(SupervisionAnswer {
                        answer: answer.clone(),
                        on: *on,
                    });
                }
            }
            Event::SupervisionRaised {
                seq,
                to,
                urgency,
                clock,
            } => {
                if let Some(supervision) = self.supervision_mut(*seq) {
                    supervision.by = to.clone();
                    supervision.urgency = *urgency;
                    supervision.clock = *clock;
                }
            }
            _ => {}
        }
    }

    fn supervision_mut(&mut self, seq: u32) -> Option<&mut Supervision> {
        self.supervisions.iter_mut().find(|it| it.seq == seq)
    }
}
