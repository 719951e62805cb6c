//! What the regulator's acts on a file depend on, whatever kind of file it is.

use super::clocks::{CaseClock, ClockState};
use super::extension::ExtensionRequest;
use super::joint::Part;
use super::moves::Move;
use super::supervision::{Supervision, SupervisionCause};
use crate::identifiers::unit_id::UnitId;

/// A file that units of the regulator handle.
pub(crate) trait Handled {
    /// The unit that has it; `None` while no unit does.
    fn unit(&self) -> Option<&UnitId>;
    /// The rule pack by which the regulator handles it.
    fn pack(&self) -> &str;
    fn phase_name(&self) -> &'static str;
    fn clocks(&self) -> &[CaseClock];
    fn moves(&self) -> &[Move];
    fn supervisions(&self) -> &[Supervision];
    fn extensions(&self) -> &[ExtensionRequest];
    fn parts(&self) -> &[Part];

    fn clock(&self, seq: u32) -> Option<&CaseClock> {
        self.clocks().iter().find(|clock| clock.seq == seq)
    }

    /// The clock of a period that runs, or of its extension.
    fn running_clock(&self, period: &str) -> Option<&CaseClock> {
        let mut running = self.clocks().iter().filter(|clock| clock.is_running());
        running.find(|clock| clock.is_of(period))
    }

    /// What a superior asked and nobody answered in time, all the way up: it is owed on.
    fn owed_answers(&self) -> impl Iterator<Item = &CaseClock> {
        let open = self.supervisions().iter().filter(|it| it.answer.is_none());
        let asked = open.filter(|it| it.cause == SupervisionCause::Superior);
        asked.filter_map(|it| {
            let clock = self.clock(it.clock)?;
            let is_over = matches!(clock.state, ClockState::Expired { .. });
            (is_over && clock.is_of(it.urgency.period())).then_some(clock)
        })
    }
}
