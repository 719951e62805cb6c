//! From a command to events, or to the reason why not: of a report.

mod correction;
mod enforcement;
mod receive;
mod reporter;
mod verification;

pub use receive::receive;

use super::filing::Reporter;
use super::state::{Report, ReportPhase};
use crate::case::clocks::periods;
use crate::case::decide::{Decided, clocks, dispatch, documents, shared};
use crate::case::{Command, Context, Event, Refusal};

impl Report {
    /// What follows from `command`.
    pub(super) fn follow(&self, command: Command, context: &Context) -> Decided {
        let action = command.name();
        if !enforcement::is_told_by_its_system(&command, context) {
            shared::check_belongs(self, |token| self.is_hers(token), action, context)?;
        }
        match command {
            Command::Report { number, .. } => Err(Refusal::Repeated {
                what: "report",
                id: number.to_string(),
            }),
            Command::SupplementReport { text, evidence } => {
                reporter::supplement(self, text, evidence, context)
            }
            Command::CorrectFiling { correction, reason } => {
                correction::correct(self, *correction, reason, context)
            }
            Command::NotifyReporter { means, result } => {
                reporter::notify(self, means, result, context)
            }
            Command::ReadIdentity { reason, document } => {
                reporter::read_identity(self, reason, document, context)
            }
            Command::IssueDocument {
                form,
                number,
                content,
            } => documents::issue(self, form, number, content, context),
            Command::ServeDocument { document, delivery } => {
                reporter::serve(self, document, delivery, context)
            }
            Command::VerifyReport { opens, reason } => {
                verification::verify(self, opens, reason, context)
            }
            Command::DeclineReport { reason, route } => {
                verification::decline(self, reason, route, context)
            }
            Command::MarkRepeated { of, reason } => {
                verification::repeated(self, of, reason, context)
            }
            Command::MergeReport { into, reason } => {
                verification::merge(self, into, reason, context)
            }
            Command::MergeFacts { from, received_on } => {
                verification::merge_facts(self, from, received_on, context)
            }
            Command::HandToEnforcement {
                system,
                case_number,
                partner,
            } => enforcement::hand_over(self, system, case_number, partner, context),
            Command::RecordEnforcement { result } => enforcement::record(self, result, context),
            Command::DisputeHandling { with, reason } => {
                dispatch::dispute(self, with, reason, context)
            }
            Command::AgreeHandling => dispatch::agree(self, context),
            Command::PauseClock { clock, why } => enforcement::pause(self, clock, why, context),
            Command::ResumeClock { clock } => enforcement::resume(self, clock, context),
            other => shared::follow(self, other, context),
        }
    }

    fn is_hers(&self, token: Option<&str>) -> bool {
        match &self.reporter {
            Reporter::Named { token: own } => token == Some(own),
            Reporter::Anonymous => token.is_none(),
            Reporter::Authority { .. } => false,
        }
    }

    pub(super) fn in_phase(
        &self,
        action: &'static str,
        allowed: impl Fn(ReportPhase) -> bool,
    ) -> Result<(), Refusal> {
        let phase = self.phase.name();
        allowed(self.phase)
            .then_some(())
            .ok_or(Refusal::WrongPhase { action, phase })
    }
}

/// What an authority found itself has nobody who could be told or ask again.
fn has_reporter(report: &Report) -> Result<(), Refusal> {
    match report.reporter {
        Reporter::Authority { .. } => Err(Refusal::Needs { what: "reporter" }),
        Reporter::Named { .. } | Reporter::Anonymous => Ok(()),
    }
}

/// What ends with the file, or with its verification: every clock but those of what a
/// superior asked and of the notice that is still owed to the reporter.
fn ended(report: &Report, met: Option<&str>) -> Vec<Event> {
    clocks::ending(report)
        .filter(|clock| !clock.is_of(periods::REPORTER_NOTICE))
        .map(|clock| match met {
            Some(period) if clock.period == period => Event::ClockMet { clock: clock.seq },
            // What became of it is in the file for whoever sent it down.
            _ if clock.is_of(periods::REPORT_BACK) => Event::ClockMet { clock: clock.seq },
            _ => Event::ClockStopped { clock: clock.seq },
        })
        .collect()
}
