//! Supervision, folded.

use jiff::Timestamp;

use super::clocks;
use crate::case::actor::Actor;
use crate::case::clocks::CaseClock;
use crate::case::event::Event;
use crate::case::supervision::{Supervision, SupervisionAnswer, SupervisionCause};

/// What an event does to the supervisions of a file, and to the clocks they warn of.
pub(crate) fn fold_supervision(
    supervisions: &mut Vec<Supervision>,
    clocks: &mut [CaseClock],
    at: Timestamp,
    by: &Actor,
    event: &Event,
) {
    match event {
        Event::SupervisionOpened {
            seq,
            cause,
            by: unit,
            urgency,
            matter,
            clock,
        } => {
            if let SupervisionCause::Nearing { clock, .. } = cause
                && let Some(clock) = clocks::find(clocks, *clock)
            {
                clock.reminded = true;
            }
            supervisions.push(Supervision {
                seq: *seq,
                cause: cause.clone(),
                by: unit.clone(),
                first: Some(unit.clone()),
                urgency: *urgency,
                matter: matter.clone(),
                asked_by: asked_by(cause, by),
                opened: at,
                clock: *clock,
                answer: None,
            });
        }
        Event::SupervisionAnswered { seq, answer, on } => {
            if let Some(supervision) = find(supervisions, *seq) {
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
            if let Some(supervision) = find(supervisions, *seq) {
                supervision.by = to.clone();
                supervision.urgency = *urgency;
                supervision.clock = *clock;
            }
        }
        Event::PeriodExtended {
            clock,
            to: Some(to),
            ..
        } => {
            let mut running = supervisions.iter_mut();
            if let Some(supervision) = running.find(|it| it.clock == *clock) {
                supervision.clock = *to;
            }
        }
        _ => {}
    }
}

/// What the rules open nobody asked for.
fn asked_by(cause: &SupervisionCause, by: &Actor) -> Option<String> {
    let asked = *cause == SupervisionCause::Superior;
    by.person().filter(|_| asked).map(str::to_owned)
}

fn find(supervisions: &mut [Supervision], seq: u32) -> Option<&mut Supervision> {
    supervisions.iter_mut().find(|it| it.seq == seq)
}
