//! The facts of one report, and the figures made of such rows: nothing of the reporter,
//! and no word of what was reported.

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::columns::{day, maybe, number, text};
use super::derive::in_time;
use super::{Cell, Condition, Facts, Indicator, Located, Measure, PickedBy};
use crate::case::clocks::CaseClock;
use crate::case::time::civil_date;
use crate::clock::Reading;
use crate::file::FileKind;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::credit_code::CreditCode;
use crate::identifiers::unit_id::UnitId;
use crate::report::{EnforcementOutcome, Report, ReportClosing, ReportPhase};

/// One row. Days are civil days in Shanghai; what has not happened is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ReportFacts {
    pub number: CaseNumber,
    pub received_on: Date,
    pub named: bool,
    pub category: String,
    pub breach: String,
    pub reported_name: String,
    pub reported_credit_code: Option<CreditCode>,
    pub unit: UnitId,
    /// The decision whether an enforcement case is opened.
    pub verified_on: Option<Date>,
    pub opened: Option<bool>,
    /// Whether the last authority verified within its period, extended or not; `None`
    /// while that runs.
    pub verification_in_time: Option<bool>,
    pub verification_extended: bool,
    pub decided_on: Option<Date>,
    pub decision_in_time: Option<bool>,
    pub outcome: Option<EnforcementOutcome>,
    pub penalty_fen: Option<u64>,
    pub phase: ReportPhase,
    pub closing: Option<String>,
    pub closed_on: Option<Date>,
    /// `named`, `anonymous`, or `authority` where it was found and not reported; empty in
    /// rows that are older than the column.
    #[serde(default)]
    pub source: String,
}

impl ReportFacts {
    pub fn of(report: &Report) -> ReportFacts {
        let (filing, verification) = (&report.filing, report.verification.as_ref());
        let result = report
            .enforcement
            .as_ref()
            .and_then(|it| it.result.as_ref());
        let period = report.verification_period();
        let extended = |it: &CaseClock| it.is_of(period) && it.period != period;
        ReportFacts {
            number: report.number.clone(),
            received_on: report.received_on,
            named: report.reporter.is_named(),
            category: filing.category.clone(),
            breach: filing.breach.clone(),
            reported_name: filing.reported.name.clone(),
            reported_credit_code: filing.reported.credit_code.clone(),
            unit: report.unit.clone(),
            verified_on: verification.map(|it| civil_date(it.at)),
            opened: verification.map(|it| it.opens),
            verification_in_time: report.verification_clock().and_then(in_time),
            verification_extended: report.clocks.iter().any(extended),
            decided_on: result.map(|it| it.decided_on),
            decision_in_time: decided_in_time(report),
            outcome: result.map(|it| it.outcome),
            penalty_fen: result.map(|it| it.penalty_fen.get()),
            phase: report.phase,
            closing: report.closing.as_ref().map(|it| it.name().to_owned()),
            closed_on: report.closed_at.map(civil_date),
            source: report.reporter.kind().to_owned(),
        }
    }
}

/// Of a case that was decided what counts is the day of the decision, however late its
/// system told it.
fn decided_in_time(report: &Report) -> Option<bool> {
    let clock = report.decision_clock()?;
    let result = report.enforcement.as_ref()?.result.as_ref();
    let Some(result) = result else {
        return in_time(clock);
    };
    match &clock.reading {
        Reading::Ends { ends_on, .. } => Some(result.decided_on <= *ends_on),
        Reading::Paused { .. } => Some(true),
        // Before the earliest end it is in time, whatever the calendar says.
        Reading::AwaitingCalendar { .. } => {
            let earliest = clock.reading.work_to()?;
            (result.decided_on <= earliest).then_some(true)
        }
    }
}

impl ReportClosing {
    pub fn name(&self) -> &'static str {
        match self {
            ReportClosing::NotOpened => "not_opened",
            ReportClosing::Decided => "decided",
            ReportClosing::Declined { .. } => "declined",
            ReportClosing::Repeated { .. } => "repeated",
            ReportClosing::Merged { .. } => "merged",
        }
    }
}

impl EnforcementOutcome {
    pub fn name(self) -> &'static str {
        match self {
            EnforcementOutcome::Penalty => "penalty",
            EnforcementOutcome::NoPenalty => "no_penalty",
            EnforcementOutcome::NotEstablished => "not_established",
            EnforcementOutcome::Transferred => "transferred",
        }
    }
}

/// 举报按时核查率 (Penalty Procedure art. 18). Since the second version what was verified at
/// intake counts too.
const VERIFIED_ON_TIME: Indicator = Indicator {
    id: "verification-on-time",
    version: 2,
    measure: Measure::Share {
        of: Condition::Filled("verification_in_time"),
        counted: Condition::Is("verification_in_time", "true"),
    },
};

/// 立案率: of what was verified.
const OPENED: Indicator = Indicator {
    id: "reports-opened",
    version: 1,
    measure: Measure::Share {
        of: Condition::Filled("opened"),
        counted: Condition::Is("opened", "true"),
    },
};

/// Penalty Procedure art. 64.
const DECIDED_ON_TIME: Indicator = Indicator {
    id: "decision-on-time",
    version: 2,
    measure: Measure::Share {
        of: Condition::Filled("decision_in_time"),
        counted: Condition::Is("decision_in_time", "true"),
    },
};

impl Facts for ReportFacts {
    const KIND: FileKind = FileKind::Report;
    const TABLE: &'static str = "reports";

    const INDICATORS: &'static [Indicator] = &[VERIFIED_ON_TIME, OPENED, DECIDED_ON_TIME];

    const COLUMNS: &'static [&'static str] = &[
        "number",
        "received_on",
        "named",
        "category",
        "breach",
        "reported_name",
        "reported_credit_code",
        "unit",
        "verified_on",
        "opened",
        "verification_in_time",
        "verification_extended",
        "decided_on",
        "decision_in_time",
        "outcome",
        "penalty_fen",
        "phase",
        "closing",
        "closed_on",
        "source",
    ];

    const PICKED_BY: PickedBy = PickedBy {
        located: Located::AtUnit,
        day: "received_on",
        category: "category",
        respondent: &["reported_name", "reported_credit_code"],
    };

    fn cells(&self) -> Vec<Cell> {
        vec![
            text(&self.number),
            text(self.received_on),
            text(self.named),
            text(&self.category),
            text(&self.breach),
            text(&self.reported_name),
            maybe(self.reported_credit_code.as_ref()),
            text(&self.unit),
            day(self.verified_on),
            maybe(self.opened),
            maybe(self.verification_in_time),
            text(self.verification_extended),
            day(self.decided_on),
            maybe(self.decision_in_time),
            maybe(self.outcome.map(|it| it.name())),
            number(self.penalty_fen),
            text(self.phase.name()),
            maybe(self.closing.as_ref()),
            day(self.closed_on),
            text(&self.source),
        ]
    }
}
