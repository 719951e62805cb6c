//! An inquiry as its events made it.

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use crate::case::clocks::{CaseClock, ClockState, most_urgent, periods};
use crate::case::decide::dispatch::{Moving, Reach};
use crate::case::decide::joint;
use crate::case::extension::ExtensionRequest;
use crate::case::handled::Handled;
use crate::case::intake::Channel;
use crate::case::joint::Part;
use crate::case::moves::Move;
use crate::case::supervision::Supervision;
use crate::case::{Command, Context, Event, FoldError, Recorded, Refusal};
use crate::file::{File, FileKind, clock_deadline, clock_due};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::division_code::DivisionCode;
use crate::identifiers::unit_id::UnitId;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum InquiryKind {
    Consultation,
    Suggestion,
}

impl InquiryKind {
    pub fn name(self) -> &'static str {
        match self {
            InquiryKind::Consultation => "consultation",
            InquiryKind::Suggestion => "suggestion",
        }
    }

    /// The period of the service rules in which it is answered.
    pub fn period(self) -> &'static str {
        match self {
            InquiryKind::Consultation => periods::CONSULTATION_ANSWER,
            InquiryKind::Suggestion => periods::SUGGESTION_ANSWER,
        }
    }
}

/// An inquiry as it is sent, without who sends it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct InquiryFiling {
    pub kind: InquiryKind,
    /// Whose authority is asked.
    #[cfg_attr(feature = "openapi", schema(value_type = String))]
    pub division: DivisionCode,
    /// An object category of the 12315 classification, where one fits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub category: Option<String>,
    /// At most 2,000 characters.
    pub text: String,
    /// How it came, where an officer takes it down: `hotline`, `window` or `letter`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<Channel>,
}

/// The fold of an inquiry's events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Inquiry {
    pub number: CaseNumber,
    /// How many events were folded.
    pub version: u64,
    /// Who asked, by the token that stands for her.
    pub asker: String,
    pub received_on: Date,
    pub received_at: Timestamp,
    pub procedure: String,
    pub phase: InquiryPhase,
    pub filing: InquiryFiling,
    pub unit: UnitId,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub moves: Vec<Move>,
    pub clocks: Vec<CaseClock>,
    /// What she asked afterwards.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub questions: Vec<String>,
    /// The clocks of the answers that were not enough, by their numbers.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answered_by: Vec<u32>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supervisions: Vec<Supervision>,
    /// Extensions that wait for an approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionRequest>,
    /// What other units have to do in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<InquiryClosing>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum InquiryPhase {
    /// Waits for an answer.
    Asked,
    Closed,
}

impl InquiryPhase {
    pub fn name(self) -> &'static str {
        match self {
            InquiryPhase::Asked => "asked",
            InquiryPhase::Closed => "closed",
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Answer {
    pub at: Timestamp,
    pub unit: UnitId,
    pub text: String,
    /// The answered question of the knowledge base that it rests on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub knowledge: Option<String>,
}

/// How an inquiry ended.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum InquiryClosing {
    Answered,
    /// It belongs elsewhere; she is told where (art. 44).
    Redirected {
        reason: String,
        route: String,
    },
}

impl Inquiry {
    /// The period of the answer to what was asked last, as extended or not.
    pub fn answer_clock(&self) -> Option<&CaseClock> {
        let period = self.filing.kind.period();
        self.clocks.iter().rfind(|clock| clock.is_of(period))
    }

    /// Of the periods that bind the unit the one that ends first; the answer's, or that to
    /// send it on, binds on when it ran out, until there is an answer.
    pub fn binding(&self) -> Option<&CaseClock> {
        let period = self.filing.kind.period();
        let answer = self
            .clocks
            .iter()
            .rfind(|clock| clock.is_of(period) || clock.is_of(periods::INTAKE_DISPATCH))
            .filter(|_| self.phase == InquiryPhase::Asked);
        let owed = answer.filter(|clock| matches!(clock.state, ClockState::Expired { .. }));
        let running = self.clocks.iter().filter(|clock| clock.is_running());
        most_urgent(running.chain(owed).chain(self.owed_answers()))
    }
}

impl Handled for Inquiry {
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

impl Moving for Inquiry {
    fn reach(&self) -> Option<Reach> {
        (self.phase == InquiryPhase::Asked).then_some(Reach::Anywhere)
    }

    fn receipt_period(&self) -> &'static str {
        self.filing.kind.period()
    }
}

impl File for Inquiry {
    const KIND: FileKind = FileKind::Inquiry;

    fn number(&self) -> &CaseNumber {
        &self.number
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn open(first: &Recorded) -> Result<Inquiry, FoldError> {
        Inquiry::received(first)
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
