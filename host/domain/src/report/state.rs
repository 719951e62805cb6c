//! A report as its events made it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::filing::{ReportFiling, Reporter};
use crate::case::actor::Actor;
use crate::case::clocks::{CaseClock, ClockState, most_urgent, periods};
use crate::case::decide::dispatch::{Moving, Reach};
use crate::case::decide::joint;
use crate::case::document::IssuedDocument;
use crate::case::extension::ExtensionRequest;
use crate::case::filing::EvidenceReference;
use crate::case::handled::Handled;
use crate::case::joint::Part;
use crate::case::mediation::Means;
use crate::case::moves::{HandlingDispute, Move};
use crate::case::supervision::Supervision;
use crate::case::{Command, Context, Event, FoldError, Recorded, Refusal};
use crate::file::{File, FileKind, clock_deadline, clock_due};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;
use crate::jurisdiction::Jurisdiction;
use crate::money::Fen;

/// The fold of a report's events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    pub number: CaseNumber,
    /// How many events were folded.
    pub version: u64,
    pub received_on: Date,
    pub received_at: Timestamp,
    /// The officer who took it down; none where it came by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub taken_down_by: Option<Actor>,
    /// The procedure version in force on the day of receipt.
    pub procedure: String,
    pub phase: ReportPhase,
    pub reporter: Reporter,
    pub filing: ReportFiling,
    pub jurisdiction: Jurisdiction,
    /// The unit that handles it.
    pub unit: UnitId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    /// Another authority that is said to be competent instead.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub dispute: Option<HandlingDispute>,
    pub clocks: Vec<CaseClock>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supplements: Vec<Supplement>,
    /// Extensions that wait for an approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionRequest>,
    /// What other units have to do in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub verification: Option<Verification>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub enforcement: Option<Enforcement>,
    /// Reports that were merged into this one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub merged: Vec<CaseNumber>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supervisions: Vec<Supervision>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<IssuedDocument>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<ReportClosing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReportPhase {
    /// Being verified 核查.
    Verifying,
    /// An enforcement case was opened 立案.
    Investigating,
    Closed,
}

impl ReportPhase {
    pub fn name(self) -> &'static str {
        match self {
            ReportPhase::Verifying => "verifying",
            ReportPhase::Investigating => "investigating",
            ReportPhase::Closed => "closed",
        }
    }
}

/// How a report ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum ReportClosing {
    /// Verified; no enforcement case was opened 不予立案.
    NotOpened,
    /// The enforcement case was decided.
    Decided,
    /// The authority has no power; `route` says who may have.
    Declined {
        reason: String,
        route: String,
    },
    Repeated {
        of: CaseNumber,
    },
    Merged {
        into: CaseNumber,
    },
}

impl Report {
    /// Where its enforcement case is kept.
    pub fn handed(&self) -> Option<&HandOver> {
        self.enforcement.as_ref()?.handed.as_ref()
    }

    /// The partner whose system keeps its enforcement case.
    pub fn handed_to(&self) -> Option<&str> {
        self.handed()?.partner.as_deref()
    }
}

/// More that the reporter had to say.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Supplement {
    pub at: Timestamp,
    pub text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<EvidenceReference>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verification {
    pub opens: bool,
    pub reason: String,
    pub at: Timestamp,
}

/// The enforcement case that a report led to.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enforcement {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub handed: Option<HandOver>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<EnforcementResult>,
}

/// Where the case is kept, and under which number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOver {
    pub system: String,
    pub case_number: String,
    /// The partner whose system it is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partner: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum EnforcementOutcome {
    Penalty,
    /// A breach, and no penalty by law.
    NoPenalty,
    /// The breach could not be established.
    NotEstablished,
    /// To another authority or to the police.
    Transferred,
}

/// How the enforcement case ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct EnforcementResult {
    pub outcome: EnforcementOutcome,
    #[cfg_attr(feature = "openapi", schema(value_type = String, format = Date))]
    pub decided_on: Date,
    /// Fines and confiscations 罚没款, in fen.
    #[serde(default)]
    #[cfg_attr(feature = "openapi", schema(value_type = u64))]
    pub penalty_fen: Fen,
    /// The number of the decision.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<String>,
    pub summary: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Notice {
    pub at: Timestamp,
    pub means: Means,
    pub result: String,
}

impl Report {
    /// The period in which what it says is verified.
    pub fn verification_period(&self) -> &'static str {
        match self.reporter {
            Reporter::Authority { .. } => periods::LEAD_VERIFICATION,
            Reporter::Named { .. } | Reporter::Anonymous => periods::REPORT_VERIFICATION,
        }
    }

    /// The period in which the authority verifies, as extended or not.
    pub fn verification_clock(&self) -> Option<&CaseClock> {
        self.clocks
            .iter()
            .rfind(|clock| clock.is_of(self.verification_period()))
    }

    /// The period in which the enforcement case is decided, as extended or not.
    pub fn decision_clock(&self) -> Option<&CaseClock> {
        self.clocks
            .iter()
            .rfind(|clock| clock.is_of(periods::CASE_DECISION))
    }

    /// Of the periods that bind the authority the one that ends first; one that ran out
    /// binds on while its act is owed.
    pub fn binding(&self) -> Option<&CaseClock> {
        let owed = match self.phase {
            ReportPhase::Verifying => self.clocks.iter().rfind(|clock| {
                clock.is_of(self.verification_period()) || clock.is_of(periods::INTAKE_DISPATCH)
            }),
            ReportPhase::Investigating => self.decision_clock(),
            ReportPhase::Closed => None,
        };
        let owed = owed.filter(|clock| matches!(clock.state, ClockState::Expired { .. }));
        let running = self.clocks.iter().filter(|clock| clock.is_running());
        most_urgent(running.chain(owed).chain(self.owed_answers()))
    }
}

impl Handled for Report {
    fn unit(&self) -> Option<&UnitId> {
        Some(&self.unit)
    }

    fn pack(&self) -> &str {
        &self.procedure
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn clocks(&self) -> &[CaseClock] {
        &self.clocks
    }

    fn moves(&self) -> &[Move] {
        &self.moves
    }

    fn supervisions(&self) -> &[Supervision] {
        &self.supervisions
    }

    fn extensions(&self) -> &[ExtensionRequest] {
        &self.extensions
    }

    fn parts(&self) -> &[Part] {
        &self.parts
    }
}

impl Moving for Report {
    fn reach(&self) -> Option<Reach> {
        match self.phase {
            ReportPhase::Verifying => Some(Reach::Anywhere),
            ReportPhase::Investigating => Some(Reach::OwnStations),
            ReportPhase::Closed => None,
        }
    }

    fn receipt_period(&self) -> &'static str {
        self.verification_period()
    }

    fn dispute(&self) -> Option<&HandlingDispute> {
        self.dispute.as_ref()
    }
}

impl File for Report {
    const KIND: FileKind = FileKind::Report;

    fn number(&self) -> &CaseNumber {
        &self.number
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn open(first: &Recorded) -> Result<Report, FoldError> {
        Report::received(first)
    }

    fn apply(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        self.fold_in(recorded)
    }

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        self.follow(command, context)
    }

    fn next_deadline(&self) -> Option<Timestamp> {
        let part = joint::next_due(self).map(|(at, _)| at);
        clock_deadline(&self.clocks).into_iter().chain(part).min()
    }

    fn due(&self, now: Timestamp) -> Option<Command> {
        clock_due(&self.clocks, now).or_else(|| joint::due(self, now))
    }
}
