//! What the regulator's acts on a file depend on, whatever kind of file it is.

use super::clocks::CaseClock;
use super::extension::ExtensionRequest;
use super::joint::Part;
use super::moves::Move;
use super::supervision::Supervision;
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
}
