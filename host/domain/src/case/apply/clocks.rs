//! Clocks, folded.

use jiff::Timestamp;

use crate::case::clocks::{CaseClock, ClockState, periods};
use crate::case::event::Event;
use crate::case::phase::Phase;
use crate::case::state::Case;

impl Case {
    pub(super) fn apply_clock(&mut self, at: Timestamp, event: &Event) {
        fold_clock(&mut self.clocks, at, event);
        if let Event::ClockExpired { period, .. } = event
            && period == periods::ODR_NEGOTIATION
            && self.phase == Phase::Negotiating
        {
            self.phase = Phase::Open;
        }
    }
}

/// What an event does to the clocks of a file.
pub(crate) fn fold_clock(clocks: &mut Vec<CaseClock>, at: Timestamp, event: &Event) {
    if let Event::ClockStarted {
        clock,
        period,
        pack,
        start,
        length,
        reading,
    } = event
    {
        clocks.push(CaseClock {
            seq: *clock,
            period: period.clone(),
            pack: pack.clone(),
            start: *start,
            length: *length,
            pauses: Vec::new(),
            reading: reading.clone(),
            state: ClockState::Running,
            reminded: false,
        });
        return;
    }
    let Some(clock) = clock_of(event).and_then(|seq| find(clocks, seq)) else {
        return;
    };
    match event {
        Event::ClockMet { .. } => clock.state = ClockState::Met { at },
        Event::ClockStopped { .. } => clock.state = ClockState::Stopped { at },
        Event::ClockExpired { .. } => clock.state = ClockState::Expired { at },
        Event::ClockRecomputed { reading, .. } => clock.reading = reading.clone(),
        Event::ClockPaused { pause, reading, .. } => {
            clock.pauses.push(pause.clone());
            clock.reading = reading.clone();
        }
        Event::ClockResumed { to, reading, .. } => {
            if let Some(pause) = clock.pauses.last_mut() {
                pause.to = Some(*to);
            }
            clock.reading = reading.clone();
        }
        _ => {}
    }
}

/// The clock that an event is about.
fn clock_of(event: &Event) -> Option<u32> {
    match event {
        Event::ClockMet { clock }
        | Event::ClockStopped { clock }
        | Event::ClockExpired { clock, .. }
        | Event::ClockRecomputed { clock, .. }
        | Event::ClockPaused { clock, .. }
        | Event::ClockResumed { clock, .. } => Some(*clock),
        _ => None,
    }
}

pub(crate) fn find(clocks: &mut [CaseClock], seq: u32) -> Option<&mut CaseClock> {
    clocks.iter_mut().find(|clock| clock.seq == seq)
}
