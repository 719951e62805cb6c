//! From a command to events, or to the reason why not: of a report.

mod enforcement;
mod extension;
mod receive;
mod reporter;
mod verification;

pub use receive::receive;

use super::filing::Reporter;
use super::state::{Report, ReportPhase};
use crate::case::decide::{Decided, authority, clocks, dispatch, plugins, supervision};
use crate::case::{Actor, Command, Context, Event, Refusal};
use crate::clock::OnExpiry;

impl Report {
    /// What follows from `command`.
    pub(super) fn follow(&self, command: Command, context: &Context) -> Decided {
        let action = command.name();
        self.check_belongs(action, context)?;
        match command {
            Command::Report { number, .. } => Err(Refusal::Repeated {
                what: "report",
                id: number.to_string(),
            }),
            Command::SupplementReport { text, evidence } => {
                reporter::supplement(self, text, evidence, context)
            }
            Command::NotifyReporter { means, result } => {
                reporter::notify(self, means, result, context)
            }
            Command::ReadIdentity { reason } => reporter::read_identity(self, reason, context),
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
            Command::MergeFacts { from } => verification::merge_facts(self, from, context),
            Command::HandToEnforcement {
                system,
                case_number,
            } => enforcement::hand_over(self, system, case_number, context),
            Command::RecordEnforcement { result } => enforcement::record(self, result, context),
            Command::PauseClock { clock, why } => enforcement::pause(self, clock, why, context),
            Command::ResumeClock { clock } => enforcement::resume(self, clock, context),
            Command::RequestExtension { clock, reason } => {
                extension::request(self, clock, reason, context)
            }
            Command::DecideExtension {
                clock,
                granted,
                reason,
            } => extension::decide(self, clock, granted, reason, context),
            other => self.follow_shared(other, action, context),
        }
    }

    /// What is done with every file of the regulator alike.
    fn follow_shared(&self, command: Command, action: &'static str, context: &Context) -> Decided {
        match command {
            Command::Dispatch {
                to,
                note,
                report_by,
            } => dispatch::dispatch(self, to, note, report_by, context),
            Command::ReturnToIntake { reason, note } => {
                dispatch::send_back(self, reason, note, context)
            }
            Command::Designate { unit, reason } => dispatch::designate(self, unit, reason, context),
            Command::TakeUp { reason } => dispatch::take_up(self, reason, context),
            Command::Supervise { urgency, matter } => {
                self.in_phase(action, |phase| phase != ReportPhase::Closed)?;
                supervision::supervise(self, urgency, matter, context)
            }
            Command::AnswerSupervision {
                supervision,
                answer,
            } => supervision::answer(self, supervision, answer, context),
            Command::AddNote { body } => {
                authority::handles(self, action, context)?;
                plugins::note(body)
            }
            Command::RemindClock { clock } => supervision::remind(self, clock, context),
            Command::ExpireClock { clock } => expire(self, clock, context),
            Command::RecomputeClocks => clocks::recompute(self, context),
            _ => Err(Refusal::NotAllowed { action }),
        }
    }

    /// The reporter herself, the unit that handles it, those above it, and time.
    fn check_belongs(&self, action: &'static str, context: &Context) -> Result<(), Refusal> {
        let belongs = match context.actor {
            Actor::Reporter { token } => match &self.reporter {
                Reporter::Named { token: own } => token.as_ref() == Some(own),
                Reporter::Anonymous => token.is_none(),
            },
            Actor::Officer { .. } => {
                authority::handles(self, action, context).is_ok()
                    || authority::superior(self, action, context).is_ok()
            }
            Actor::Platform => true,
            _ => false,
        };
        belongs.then_some(()).ok_or(Refusal::NotAllowed { action })
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

fn expire(report: &Report, seq: u32, context: &Context) -> Decided {
    let (clock, expired) = clocks::expired(report, seq, context)?;
    let mut events = vec![expired];
    match clocks::on_expiry(clock, context) {
        OnExpiry::Supervise => events.extend(supervision::overdue(report, clock, context)),
        OnExpiry::RaiseSupervision => events.extend(supervision::raised(report, clock, context)),
        _ => {}
    }
    Ok(events)
}

/// What ends with the file: every clock, those of supervisions too.
fn ended(report: &Report, met: Option<&str>) -> Vec<Event> {
    let running = report.clocks.iter().filter(|clock| clock.is_running());
    running
        .map(|clock| match met {
            Some(period) if clock.period == period => Event::ClockMet { clock: clock.seq },
            _ => Event::ClockStopped { clock: clock.seq },
        })
        .collect()
}
