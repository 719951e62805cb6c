//! A case as its events made it.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};

use super::actor::{Actor, Side};
use super::apply::FoldError;
use super::clocks::CaseClock;
use super::command::Command;
use super::complaint::Complaint;
use super::decide::{Context, joint};
use super::document::IssuedDocument;
use super::entries::{Evidence, LookUp, Message, Offer, OfferState, Opinion, Question, Timer};
use super::event::{Event, HandOverCause, Recorded};
use super::extension::ExtensionRequest;
use super::filing::Filing;
use super::handled::Handled;
use super::identity::CheckedIdentity;
use super::intake::Entered;
use super::joint::Part;
use super::link::Link;
use super::mediation::Mediation;
use super::milestones::Milestones;
use super::moves::Move;
use super::phase::{Closing, Confirmation, Phase};
use super::refusal::Refusal;
use super::representation::ActConsent;
use super::run::CaseRun;
use super::supervision::Supervision;
use super::terms::Terms;
use super::transfer::{Origin, Transfer};
use super::visit::Visit;
use crate::file::{File, FileKind, clock_deadline, clock_due};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::unit_id::UnitId;
use crate::text::Bilingual;

/// The fold of a case's events: all a command is decided on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Case {
    pub number: CaseNumber,
    /// Her account here; none where another filed for her and she has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub consumer_id: Option<String>,
    /// How it came in, where it went straight to the authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub entered: Option<Entered>,
    pub received_on: Date,
    pub filed_at: Timestamp,
    /// The procedure version in force on the day of receipt.
    pub procedure: String,
    /// How many events were folded: the version commands are checked against.
    pub version: u64,
    pub phase: Phase,
    pub filing: Filing,
    /// What complainants agreed to that others do for them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub act_consents: Vec<ActConsent>,
    /// The latest check of each person.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identities: Vec<CheckedIdentity>,
    pub handling: Handling,
    pub messages: Vec<Message>,
    pub questions: Vec<Question>,
    pub evidence: Vec<Evidence>,
    pub offers: Vec<Offer>,
    pub opinions: Vec<Opinion>,
    pub look_ups: Vec<LookUp>,
    pub timers: Vec<Timer>,
    pub runs: Vec<CaseRun>,
    /// By plugin ([`super::PluginIdentity::key`]): what each returned as memory last, Base64.
    pub memories: BTreeMap<String, String>,
    pub clocks: Vec<CaseClock>,
    pub mediation_requested: bool,
    /// The mediator's plugin handed over or failed: a person of the association is
    /// to go on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mediator_awaited: Option<Awaited>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalation_proposed: Option<Bilingual>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settlement: Option<Settlement>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confirmation: Option<Confirmation>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub complaint: Option<Complaint>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub supervisions: Vec<Supervision>,
    /// Extensions that wait for an approval.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<ExtensionRequest>,
    /// What other units have to do in it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<Part>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub visits: Vec<Visit>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub documents: Vec<IssuedDocument>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub links: Vec<Link>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closing: Option<Closing>,
    /// Who closed it; older files do not say.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub closed_by: Option<Actor>,
    /// The authority that handed it over, if one did.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<Origin>,
    /// Its supplements that were taken, by their sequence numbers.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub supplements: BTreeSet<u64>,
    #[serde(default, skip_serializing_if = "Milestones::is_empty")]
    pub milestones: Milestones,
}

/// Who answers for the respondent.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Handling {
    Plugin,
    /// A person is to take over and has not yet; the wait is counted from `since`.
    Awaited(Awaited),
    Person {
        agent: String,
        since: Timestamp,
    },
}

/// A wait for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Awaited {
    pub since: Timestamp,
    pub cause: AwaitedCause,
}

impl Awaited {
    pub(super) fn handed_over(since: Timestamp, cause: &HandOverCause) -> Awaited {
        let cause = AwaitedCause::HandedOver {
            cause: cause.clone(),
        };
        Awaited { since, cause }
    }
}

/// Why a person is awaited.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum AwaitedCause {
    /// The consumer asked for one.
    Requested,
    HandedOver {
        cause: HandOverCause,
    },
}

/// What both sides agreed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Settlement {
    pub offer: u32,
    pub terms: Terms,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub performed_on: Option<Date>,
    /// The day to perform by passed without performance recorded.
    #[serde(default)]
    pub overdue: bool,
}

impl Case {
    pub fn offer(&self, seq: u32) -> Option<&Offer> {
        self.offers.iter().find(|offer| offer.seq == seq)
    }

    pub fn open_offers(&self) -> impl Iterator<Item = &Offer> {
        self.offers
            .iter()
            .filter(|offer| offer.state == OfferState::Open)
    }

    pub fn question(&self, seq: u32) -> Option<&Question> {
        self.questions.iter().find(|question| question.seq == seq)
    }

    pub fn running_clock(&self, period: &str) -> Option<&CaseClock> {
        Handled::running_clock(self, period)
    }

    pub fn clock(&self, seq: u32) -> Option<&CaseClock> {
        Handled::clock(self, seq)
    }

    /// The respondent's plugin answers, until a person is asked for.
    pub fn is_automated(&self) -> bool {
        self.handling == Handling::Plugin
    }

    /// Performance was claimed or its day has passed: only then can she say that
    /// the settlement did not solve it.
    pub fn may_be_unsolved(&self) -> bool {
        let overdue = self.settlement.as_ref().is_some_and(|it| it.overdue);
        self.phase == Phase::Performed || overdue
    }

    /// The end of the day to perform by, while performance is awaited.
    pub fn performance_due(&self) -> Option<Timestamp> {
        let settlement = self
            .settlement
            .as_ref()
            .filter(|_| self.phase == Phase::Settled)?;
        if settlement.overdue {
            return None;
        }
        settlement
            .terms
            .perform_by
            .and_then(super::time::end_of_day)
    }

    /// The mediation of the complaint, once it was accepted.
    pub fn mediation(&self) -> Option<&Mediation> {
        self.complaint.as_ref()?.mediation.as_ref()
    }

    /// The latest hand-over to another authority.
    pub fn current_transfer(&self) -> Option<&Transfer> {
        self.complaint.as_ref()?.transfers.last()
    }

    /// The latest hand-over to this authority.
    pub fn transfer_to(&self, authority: &str) -> Option<&Transfer> {
        let mut transfers = self.complaint.as_ref()?.transfers.iter();
        transfers.rfind(|it| it.to == authority)
    }

    /// Whether the file is, or is to be, where this transfer takes it.
    pub fn is_with(&self, transfer: u32) -> bool {
        let current = self.current_transfer();
        current.is_some_and(|it| it.seq == transfer && !it.is_withdrawn())
    }

    /// It was accepted, and both sides may still agree: until the mediation's end,
    /// and in the step that ends it.
    pub(super) fn is_in_mediation(&self) -> bool {
        matches!(self.phase, Phase::Accepted | Phase::Terminated)
    }

    /// The procedure in force when the authority received the complaint.
    pub fn complaint_pack(&self) -> &str {
        self.complaint
            .as_ref()
            .map_or(self.procedure.as_str(), |complaint| &complaint.procedure)
    }

    /// Whose turn it is, for the status a person reads.
    pub fn turn(&self) -> Option<Side> {
        match self.phase {
            Phase::Negotiating => Some(self.negotiation_turn()),
            Phase::Open | Phase::Performed => Some(Side::Consumer),
            Phase::Settled => Some(Side::Respondent),
            Phase::Registered | Phase::Accepted | Phase::Terminated => Some(Side::Officer),
            Phase::Refused => Some(Side::Consumer),
            // Where it could not be handed over, a person is to say what now.
            Phase::Transferred => self
                .current_transfer()
                .is_some_and(Transfer::has_failed)
                .then_some(Side::Officer),
            Phase::Closed => None,
        }
    }

    fn negotiation_turn(&self) -> Side {
        let asked = self
            .questions
            .iter()
            .any(|question| question.answer.is_none());
        let offered = self
            .open_offers()
            .any(|offer| !offer.accepted_by.contains(&Side::Consumer));
        if asked || offered {
            Side::Consumer
        } else {
            Side::Respondent
        }
    }
}

impl File for Case {
    const KIND: FileKind = FileKind::Dispute;

    fn number(&self) -> &CaseNumber {
        &self.number
    }

    fn version(&self) -> u64 {
        self.version
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn open(first: &Recorded) -> Result<Case, FoldError> {
        Case::opened(first)
    }

    fn apply(&mut self, recorded: &Recorded) -> Result<(), FoldError> {
        self.fold_in(recorded)
    }

    fn decide(&self, command: Command, context: &Context) -> Result<Vec<Event>, Refusal> {
        self.follow(command, context)
    }

    /// A clock, an offer's expiry, the day to perform by.
    fn next_deadline(&self) -> Option<Timestamp> {
        let offers = self.open_offers().filter_map(|offer| offer.expires_at);
        offers
            .chain(clock_deadline(&self.clocks))
            .chain(self.performance_due())
            .chain(joint::next_due(self).map(|(at, _)| at))
            .min()
    }

    fn due(&self, now: Timestamp) -> Option<Command> {
        let past = |at: Option<Timestamp>| at.is_some_and(|at| at <= now);
        if let Some(command) = clock_due(&self.clocks, now) {
            return Some(command);
        }
        if let Some(offer) = self.open_offers().find(|offer| past(offer.expires_at)) {
            return Some(Command::ExpireOffer { offer: offer.seq });
        }
        if past(self.performance_due()) {
            return Some(Command::NotePerformanceDue);
        }
        joint::due(self, now)
    }
}

impl Handled for Case {
    fn unit(&self) -> Option<&UnitId> {
        self.complaint.as_ref().map(|it| &it.unit)
    }

    fn pack(&self) -> &str {
        self.complaint_pack()
    }

    fn phase_name(&self) -> &'static str {
        self.phase.name()
    }

    fn clocks(&self) -> &[CaseClock] {
        &self.clocks
    }

    fn moves(&self) -> &[Move] {
        self.complaint.as_ref().map_or(&[], |it| &it.moves)
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
