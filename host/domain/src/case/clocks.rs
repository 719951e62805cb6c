//! The legal clocks of a case.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::clock::{Pause, Reading};

/// One period that runs or ran in a case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CaseClock {
    /// Counted from 1 within the case.
    pub seq: u32,
    /// The period's id in the rule pack.
    pub period: String,
    /// The version of the rule pack that gives the period.
    pub pack: String,
    pub start: Date,
    /// Its length, where a decision set it and not the rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub length: Option<u32>,
    pub pauses: Vec<Pause>,
    pub reading: Reading,
    pub state: ClockState,
    /// Whether the unit above was told that the end is near.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub reminded: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ClockState {
    Running,
    /// What it waited for happened.
    Met {
        at: Timestamp,
    },
    Expired {
        at: Timestamp,
    },
    /// It lost its object: the case went another way.
    Stopped {
        at: Timestamp,
    },
}

impl CaseClock {
    pub fn is_running(&self) -> bool {
        matches!(self.state, ClockState::Running)
    }

    /// Whether it is this period, or an extension of it.
    pub fn is_of(&self, period: &str) -> bool {
        self.period == period || periods::extended(&self.period) == period
    }

    /// It runs, or was met, and a calendar says when it ends or ended that is not published.
    pub fn awaits_calendar(&self) -> bool {
        let counts = matches!(self.state, ClockState::Running | ClockState::Met { .. });
        counts && matches!(self.reading, Reading::AwaitingCalendar { .. })
    }

    /// The moment the period is over; `None` while a calendar is missing.
    pub fn expires_at(&self) -> Option<Timestamp> {
        self.reading.expires_at()
    }

    /// When the unit above is told that the end is near, where the rules say so.
    pub fn reminds_at(&self) -> Option<Timestamp> {
        self.reading.reminds_at().filter(|_| !self.reminded)
    }
}

/// Of clocks that bind the one by which to act first: where a calendar is missing by the
/// earliest that it can end. One that stands still is last.
pub(crate) fn most_urgent<'a>(
    binding: impl Iterator<Item = &'a CaseClock>,
) -> Option<&'a CaseClock> {
    binding.min_by_key(|clock| {
        let day = clock.reading.work_to();
        (day.is_none(), day)
    })
}

/// Period ids that the engine of a case starts and stops itself.
pub mod periods {
    /// The period that an extension goes on from; itself where it is none. Rule packs
    /// name extensions so (a test holds them to it).
    pub fn extended(period: &str) -> &str {
        let shorter = period.strip_suffix("-extension").unwrap_or(period);
        shorter.strip_suffix("-further").unwrap_or(shorter)
    }

    pub const ODR_NEGOTIATION: &str = "odr-negotiation";
    pub const ACCEPTANCE: &str = "acceptance";
    /// How long until the complainant is told of that decision (art. 15).
    pub const DECISION_NOTICE: &str = "decision-notice";
    pub const MEDIATION: &str = "mediation";
    pub const REPORT_VERIFICATION: &str = "report-verification";
    /// Of a lead that was found while a complaint was mediated (art. 27).
    pub const LEAD_VERIFICATION: &str = "lead-verification";
    pub const CASE_DECISION: &str = "case-decision";
    /// To whoever reported by name; in the measure before 2026 only.
    pub const REPORTER_NOTICE: &str = "reporter-notice";
    /// How long an answer to a consultation may take; a rule of the service.
    pub const CONSULTATION_ANSWER: &str = "consultation-answer";
    /// How long an answer to a suggestion may take; a rule of the service.
    pub const SUGGESTION_ANSWER: &str = "suggestion-answer";
    pub const TERMINATION_NOTICE: &str = "termination-notice";
    pub const HANDLING_DISPUTE: &str = "handling-dispute";
    /// How long a file that is handled once more may take; a rule of the service.
    pub const REDO: &str = "redo";
    /// An extension of it.
    pub const REDO_EXTENSION: &str = "redo-extension";
    /// In which it is mediated: the first time, and once more.
    pub const OF_MEDIATING: [&str; 3] = [MEDIATION, REDO, REDO_EXTENSION];
    /// In which it is decided whether it is accepted: on receipt, where it is to be sent on
    /// first, and once more.
    pub const OF_DECIDING: [&str; 3] = [INTAKE_DISPATCH, ACCEPTANCE, REDO];
    /// How long a file that came back may lie at intake; a rule of the service.
    pub const INTAKE_DISPATCH: &str = "intake-dispatch";
    /// Of who has the file: each ends where that changes.
    pub const OF_SENDING: [&str; 3] = [INTAKE_DISPATCH, REPORT_BACK, HANDLING_DISPUTE];
    /// Until the day that whoever sent a file down set for reporting back.
    pub const REPORT_BACK: &str = "report-back";
    /// How long a settlement that names no day may take; a rule of the service.
    pub const PERFORMANCE: &str = "performance";
    /// How long the consumer is asked to confirm; a rule of the service.
    pub const CONFIRMATION: &str = "confirmation";
    /// How long after its end a case may be reopened; a rule of the service.
    pub const REOPENING: &str = "reopening";

    /// Periods that authorities give each other; they are nobody else's.
    pub fn is_among_authorities(period: &str) -> bool {
        period.starts_with("supervision") || period == REPORT_BACK
    }
}
