//! Clocks, folded.

use jiff::Timestamp;

use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_clock(&mut self, at: Timestamp, event: &Event) {
        match event {
            Event::ClockStarted {
                clock,
                period,
                pack,
                start,
                reading,
            } => {
                self.clocks.push(CaseClock {
                    seq: *clock,
                    period: period.clone(),
                    pack: pack.clone(),
                    start: *start,
                    pauses: Vec::new(),
                    reading: reading.clone(),
                    state: ClockState::Running,
                    reminded: false,
                });
            }
            Event::ClockMet { clock } => self.set_clock(*clock, ClockState::Met { at }),
            Event::ClockStopped { clock } => self.set_clock(*clock, ClockState::Stopped { at }),
            Event::ClockExpired { clock, period } => {
                self.set_clock(*clock, ClockState::Expired { at });
                if period == periods::ODR_NEGOTIATION && self.phase == Phase::Negotiating {
                    self.phase = Phase::Open;
                }
            }
            Event::ClockRecomputed { clock, reading } => {
                if let Some(clock) = self.clock_mut(*clock) {
                    clock.reading = reading.clone();
                }
            }
            Event::ClockPaused {
                clock,
                pause,
                reading,
            } => {
                if let Some(clock) = self.clock_mut(*clock) {
                    clock.pauses.push(pause.clone());
                    clock.reading = reading.clone();
                }
            }
            Event::ClockResumed { clock, to, reading } => {
                if let Some(clock) = self.clock_mut(*clock) {
                    if let Some(pause) = clock.pauses.last_mut() {
                        pause.to = Some(*to);
                    }
                    clock.reading = reading.clone();
                }
            }
            _ => {}
        }
    }

    pub(super) fn clock_mut(&mut self, seq: u32) -> Option<&mut CaseClock> {
        self.clocks.iter_mut().find(|clock| clock.seq == seq)
    }

    fn set_clock(&mut self, seq: u32, state: ClockState) {
        if let Some(clock) = self.clock_mut(seq) {
            clock.state = state;
        }
    }
}
