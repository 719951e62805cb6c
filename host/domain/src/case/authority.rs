//! What of a case waits for the authority, and until when.

use jiff::civil::Date;

use super::actor::Side;
use super::clocks::{CaseClock, ClockState, most_urgent, periods};
use super::handled::Handled;
use super::mediation::Ending;
use super::phase::Phase;
use super::state::Case;
use super::time::civil_date;
use super::transfer::Transfer;

/// Periods between the parties: no act of the authority ends them.
const OF_THE_PARTIES: [&str; 4] = [
    periods::ODR_NEGOTIATION,
    periods::PERFORMANCE,
    periods::CONFIRMATION,
    periods::REOPENING,
];

/// Those in which the authority sends a file on, decides on it, and brings it to an end, the
/// first time or once more: each takes the place of the one before.
const OF_A_DECISION: [&str; 4] = [
    periods::INTAKE_DISPATCH,
    periods::ACCEPTANCE,
    periods::MEDIATION,
    periods::REDO,
];

/// In which it tells the parties what it decided.
const NOTICES: [&str; 2] = [periods::DECISION_NOTICE, periods::TERMINATION_NOTICE];

/// An act of the authority is awaited.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorityDue {
    /// The legal period that counts; `None` where none binds the authority now.
    pub period: Option<String>,
    /// The day to work to; `None` also while it is paused.
    pub on: Option<Date>,
}

impl Case {
    /// The period by which the authority that has the complaint is to act next;
    /// `None` where nothing of the case waits for it.
    pub fn authority_due(&self) -> Option<AuthorityDue> {
        self.complaint.as_ref()?;
        let clock = self.authority_clock();
        if clock.is_none() && self.turn() != Some(Side::Officer) {
            return None;
        }
        Some(AuthorityDue {
            period: clock.map(|clock| clock.period.clone()),
            on: clock.and_then(|clock| clock.reading.work_to()),
        })
    }

    /// The day since which nothing of a complaint waits for the authority: that of the latest
    /// turn it took. `None` where something does, and where no authority ever had the case.
    pub fn over_on(&self) -> Option<Date> {
        let complaint = self.complaint.as_ref()?;
        if self.authority_due().is_some() {
            return None;
        }
        let milestones = &self.milestones;
        let turns = [
            milestones.decided,
            milestones.settled_in_mediation,
            milestones.mediation_ended,
            milestones.closed,
            complaint.transfers.last().map(|transfer| transfer.at),
        ];
        let latest = turns.into_iter().flatten().max();
        Some(latest.map_or(complaint.received_on, civil_date))
    }

    fn authority_clock(&self) -> Option<&CaseClock> {
        let binding = self.clocks.iter().filter(|clock| self.binds(clock));
        most_urgent(binding.chain(self.owed_answers()))
    }

    fn binds(&self, clock: &CaseClock) -> bool {
        match clock.state {
            _ if OF_THE_PARTIES.contains(&clock.period.as_str()) => false,
            ClockState::Running => true,
            ClockState::Expired { .. } => self.is_still_owed(clock),
            ClockState::Met { .. } | ClockState::Stopped { .. } => false,
        }
    }

    /// A period that is over binds on while its act is owed: a notice until it is given, that of a decision until the
    /// next such period, of whoever has the file then; any other until the next step began
    /// another period.
    fn is_still_owed(&self, expired: &CaseClock) -> bool {
        if NOTICES.contains(&expired.period.as_str()) {
            return self.is_untold(expired);
        }
        // What a superior asked is owed by itself; what the rules urged is, in what they urged.
        let urges = expired.period.starts_with("supervision");
        let is_leaving = self.is_leaving();
        if urges || (self.turn() != Some(Side::Officer) && !is_leaving) {
            return false;
        }
        let decides = |it: &CaseClock| OF_A_DECISION.iter().any(|of| it.is_of(of));
        let mut later = self.clocks.iter().filter(|it| it.seq > expired.seq);
        if !decides(expired) {
            return later.all(|it| OF_THE_PARTIES.contains(&it.period.as_str()));
        }
        let is_undecided = is_leaving || matches!(self.phase, Phase::Registered | Phase::Accepted);
        is_undecided && !later.any(decides)
    }

    /// It was sent to another authority, which has not received it yet.
    pub(crate) fn is_leaving(&self) -> bool {
        let transfer = self.current_transfer();
        self.phase == Phase::Transferred && transfer.is_some_and(Transfer::is_under_way)
    }

    /// Whether somebody is still to be told of what this period is of: of the decision on
    /// acceptance while nothing has come of that, of the end of a mediation always.
    fn is_untold(&self, expired: &CaseClock) -> bool {
        let mut later = self.clocks.iter().filter(|it| it.seq > expired.seq);
        if later.any(|it| it.period == expired.period) {
            return false;
        }
        match expired.period == periods::TERMINATION_NOTICE {
            true => self.is_termination_untold(),
            false => {
                let complaint = self.complaint.as_ref();
                let is_untold =
                    complaint.is_some_and(|it| it.decision.is_some() && it.told.is_none());
                is_untold && matches!(self.phase, Phase::Accepted | Phase::Refused)
            }
        }
    }

    fn is_termination_untold(&self) -> bool {
        let ending = self.mediation().and_then(|it| it.ending.as_ref());
        matches!(ending, Some(Ending::Terminated { notified: None, .. }))
    }
}
