//! What waits in a file for somebody who does not handle it: an approval that was asked for,
//! and an answer to a supervision.

use jiff::civil::Date;

use super::clocks::{CaseClock, ClockState, periods};
use super::handled::Handled;
use super::supervision::SupervisionCause;
use crate::identifiers::unit_id::UnitId;

/// Something that is waited for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Waiting {
    /// The number of the clock that is to be extended, or of the supervision.
    pub seq: u32,
    /// Who is to decide, or who waits for the answer.
    pub unit: UnitId,
    pub due: Date,
}

/// A file of which units wait for one another's word.
pub trait Inbox {
    /// Extensions that were asked for and not decided on, with the day to work to of the period
    /// that is to be extended. While that stands still it cannot be extended, and nobody
    /// waits.
    fn approvals(&self) -> Vec<Waiting>;

    /// Supervisions without an answer, with the day it is due. Those whose matter is past
    /// are waited for no longer; in a file that is over only what a superior asked is.
    fn answers(&self, is_over: bool) -> Vec<Waiting>;

    /// Who is to say which of two authorities handles it, once they did not agree in time:
    /// the unit that is told of that.
    fn designation(&self) -> Option<Waiting>;

    /// Whether any of it can ever have been: units handle the file.
    fn is_handled(&self) -> bool;
}

impl<F: Handled> Inbox for F {
    fn approvals(&self) -> Vec<Waiting> {
        let clocks = self.extensions().iter().filter_map(|it| {
            let clock = self.clock(it.clock)?;
            clock.is_running().then_some(clock)
        });
        clocks
            .filter_map(|clock| {
                Some(Waiting {
                    seq: clock.seq,
                    unit: approver(self, clock)?,
                    due: clock.reading.work_to()?,
                })
            })
            .collect()
    }

    fn answers(&self, is_over: bool) -> Vec<Waiting> {
        let open = self.supervisions().iter().filter(|it| it.answer.is_none());
        open.filter_map(|it| {
            let clock = self.clock(it.clock).filter(|clock| {
                // What could not be raised any further named the clock that would have been
                // the next; that is another's.
                let asked = !is_over || it.cause == SupervisionCause::Superior;
                clock.is_of(it.urgency.period()) && is_owed(clock, asked)
            })?;
            Some(Waiting {
                seq: it.seq,
                unit: it.by.clone(),
                due: clock.reading.work_to()?,
            })
        })
        .collect()
    }

    fn designation(&self) -> Option<Waiting> {
        let mut periods = self.clocks().iter().rev();
        let latest = periods.find(|clock| clock.is_of(periods::HANDLING_DISPUTE))?;
        let told = self.supervisions().iter().find(|it| match &it.cause {
            SupervisionCause::Overdue { clock, .. } => *clock == latest.seq,
            _ => false,
        })?;
        Some(Waiting {
            seq: told.seq,
            // However far up it is urged, that is the common superior's to say.
            unit: told.first.as_ref().unwrap_or(&told.by).clone(),
            due: latest.reading.work_to()?,
        })
    }

    fn is_handled(&self) -> bool {
        self.unit().is_some()
    }
}

/// It runs, or ran out and is the last there is: at the top a supervision is raised no
/// further and stays to be answered while that is still asked.
fn is_owed(clock: &CaseClock, asked: bool) -> bool {
    match clock.state {
        ClockState::Running => true,
        ClockState::Expired { .. } => asked,
        ClockState::Met { .. } | ClockState::Stopped { .. } => false,
    }
}

/// Whoever may approve it (`decide/extension.rs` refuses all others). More time for an answer
/// is given by the unit that waits for it, unless that has the file by now; all else by the
/// head of the authority, because a station has none.
fn approver(file: &impl Handled, clock: &CaseClock) -> Option<UnitId> {
    let own = file.unit()?;
    let mut supervisions = file.supervisions().iter();
    match supervisions.find(|it| it.clock == clock.seq && clock.is_of(it.urgency.period())) {
        Some(supervision) => Some(supervision.by.clone()).filter(|by| by != own),
        None => Some(own.authority()),
    }
}
