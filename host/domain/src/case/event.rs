//! What happened in a case. Events are facts: they are kept for ever, and every
//! version that was ever written stays readable (see [`Event::read`]).

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use strum::{IntoStaticStr, VariantNames};

use super::actor::{Actor, PluginIdentity, Side};
use super::complaint::{EscalationCause, GroundFinding};
use super::correction::Correction;
use super::document::{Content, ServiceOutcome};
use super::entries::{Finding, Floor, LookUpOutcome, MessageBody, Subject};
use super::filing::{Claim, Consents, EvidenceReference, Filing};
use super::identity::IdentityCheck;
use super::intake::Intake;
use super::link::Relation;
use super::mediation::{ChosenBy, Means, Mode};
use super::moves::ReturnReason;
use super::phase::{Closing, Confirmation};
use super::representation::{Consented, Representation};
use super::run::RunSummary;
use super::supervision::{SupervisionCause, Urgency};
use super::terms::Terms;
use super::transfer::{ExternalStatus, Origin, Supplement};
use super::visit::Satisfaction;
use crate::clock::{Pause, Reading};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;
use crate::incident::{Commander, IncidentOpening};
use crate::inquiry::InquiryFiling;
use crate::jurisdiction::Jurisdiction;
use crate::report::{EnforcementResult, ReportFiling, Reporter};
use crate::text::Bilingual;

/// A fact with the moment and the actor: one entry of the case's ledger.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    pub at: Timestamp,
    pub by: Actor,
    pub event: Event,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, IntoStaticStr, VariantNames)]
#[serde(tag = "type", content = "data", rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum Event {
    CaseFiled {
        number: CaseNumber,
        /// Her account here; none where another filed for her and she has none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consumer_id: Option<String>,
        received_on: Date,
        procedure: String,
        filing: Box<Filing>,
        /// Of what went straight to the authority; `None`: to be negotiated first.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        intake: Option<Intake>,
    },
    MessagePosted {
        seq: u32,
        body: MessageBody,
    },
    QuestionAsked {
        seq: u32,
        key: String,
        prompt: Bilingual,
        form: Option<Value>,
    },
    QuestionAnswered {
        question: u32,
        key: String,
        value: Value,
    },
    EvidenceAdded {
        seq: u32,
        question: Option<u32>,
        reference: EvidenceReference,
        /// A paper that the authority asked the complainant for: between the two of them.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        for_authority: bool,
    },
    ClaimRevised {
        claim: Claim,
    },
    /// Names, numbers or addresses were taken down wrongly.
    FilingCorrected {
        correction: Box<Correction>,
        reason: String,
    },
    RepresentationRecorded {
        representation: Box<Representation>,
    },
    /// A complainant agreed to what another does for her (Order 121 art. 12).
    ConsentRecorded {
        person: u32,
        to: Consented,
        /// The offer whose terms they are.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        offer: Option<u32>,
        /// `None`: she said so herself, here.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        evidence: Option<EvidenceReference>,
        given_on: Date,
    },
    OfferMade {
        seq: u32,
        terms: Terms,
        in_reply_to: Option<u32>,
        expires_at: Option<Timestamp>,
        note: Option<MessageBody>,
    },
    OfferAccepted {
        offer: u32,
        side: Side,
    },
    OfferDeclined {
        offer: u32,
        side: Side,
        note: Option<MessageBody>,
    },
    OfferWithdrawn {
        offer: u32,
    },
    OfferExpired {
        offer: u32,
    },
    OpinionGiven {
        subject: Subject,
        floor: Floor,
        findings: Vec<Finding>,
        summary: Bilingual,
    },
    PersonRequested,
    HandedOver {
        cause: HandOverCause,
        why: Bilingual,
    },
    TakenOver {
        agent: String,
    },
    /// The mediator's side of [`Event::HandedOver`].
    MediatorHandedOver {
        cause: HandOverCause,
        why: Bilingual,
    },
    MediationRequested {
        by: Side,
    },
    LookUpRequested {
        key: String,
        name: String,
        path: String,
    },
    LookUpAnswered {
        key: String,
        requester: PluginIdentity,
        outcome: LookUpOutcome,
    },
    TimerSet {
        key: String,
        fires_at: Timestamp,
    },
    TimerCancelled {
        key: String,
    },
    TimerFired {
        key: String,
        owner: PluginIdentity,
    },
    /// The respondent gave its plugin other settings.
    SettingsChanged {
        plugin: PluginIdentity,
    },
    NoteAdded {
        body: String,
    },
    SettlementReached {
        offer: u32,
        terms: Terms,
    },
    PerformanceFellDue,
    PerformanceRecorded {
        performed_on: Date,
        note: Option<MessageBody>,
    },
    OutcomeConfirmed {
        confirmation: Confirmation,
    },
    EscalationProposed {
        why: Bilingual,
    },
    Escalated {
        cause: EscalationCause,
        consents: Consents,
        reason: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        consumer_address: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        respondent_address: Option<String>,
    },
    ComplaintRegistered {
        cause: EscalationCause,
        received_on: Date,
        procedure: String,
        jurisdiction: Jurisdiction,
        /// The unit that has it first, where that is not the one with handling power.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
    },
    DossierSealed {
        digest: Digest,
        size: u64,
    },
    ComplaintAccepted,
    ComplaintRefused {
        ground: String,
        reason: String,
    },
    MaterialRequested {
        items: Vec<String>,
        due: Date,
    },
    MaterialProvided {
        note: String,
    },
    #[serde(alias = "complaint_dispatched")]
    FileDispatched {
        from: UnitId,
        to: UnitId,
        note: String,
        report_by: Option<Date>,
    },
    /// To whoever sent it down with a day to report back by.
    DispatchReported {
        text: String,
    },
    #[serde(alias = "complaint_returned")]
    FileReturned {
        from: UnitId,
        to: UnitId,
        reason: ReturnReason,
        note: String,
    },
    HandlingDisputed {
        with: UnitId,
        reason: String,
        since: Date,
    },
    HandlingAgreed {
        from: UnitId,
        unit: UnitId,
    },
    HandlingDesignated {
        from: UnitId,
        unit: UnitId,
        reason: String,
    },
    #[serde(alias = "complaint_taken_up")]
    FileTakenUp {
        from: UnitId,
        to: UnitId,
        reason: String,
    },
    MediationAnswered {
        side: Side,
        agrees: bool,
        delegation: bool,
        means: Means,
    },
    MediationScheduled {
        session: u32,
        mode: Mode,
        at: Timestamp,
        place: Option<String>,
        mediator: String,
    },
    SessionRecorded {
        session: u32,
        absent: Vec<Side>,
        note: String,
    },
    /// It does not take place.
    SessionCancelled {
        session: u32,
        reason: String,
    },
    MediationDelegated {
        association: String,
    },
    /// The authority goes on by itself: the association does not mediate, or no more.
    DelegationEnded {
        reason: String,
    },
    RecusalRequested {
        /// Whom, by name; absent in old entries, where it was who had the last session.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        mediator: Option<String>,
        side: Side,
        reason: String,
    },
    RecusalDecided {
        granted: bool,
        reason: String,
    },
    AppraisalBegun {
        body: String,
        chosen_by: ChosenBy,
        from: Date,
    },
    AppraisalEnded {
        to: Date,
        result: String,
    },
    /// By an agreement on what the authority or its mediator proposed.
    MediationEnded,
    MediationTerminated {
        ground: String,
        /// `None` where the facts of the case are the reason.
        reason: Option<String>,
    },
    TerminationNotified {
        means: Means,
    },
    /// The complainant was told of the decision on her complaint.
    DecisionNotified {
        means: Means,
    },
    SupervisionOpened {
        seq: u32,
        cause: SupervisionCause,
        by: UnitId,
        urgency: Urgency,
        matter: String,
        clock: u32,
    },
    SupervisionAnswered {
        seq: u32,
        answer: String,
        on: Date,
    },
    SupervisionRaised {
        seq: u32,
        to: UnitId,
        urgency: Urgency,
        clock: u32,
    },
    DocumentIssued {
        seq: u32,
        form: String,
        number: String,
        /// Absent of what parties draw up between themselves.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        unit: Option<UnitId>,
        issued_on: Date,
        content: Content,
    },
    DocumentServed {
        document: u32,
        to: Side,
        means: Means,
        note: Option<String>,
        #[serde(default, skip_serializing_if = "ServiceOutcome::is_delivered")]
        outcome: ServiceOutcome,
        /// When it took place, where it was entered later.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        took_place: Option<Timestamp>,
    },
    VisitRecorded {
        seq: u32,
        means: Means,
        /// `None`: she was not reached.
        satisfaction: Option<Satisfaction>,
        note: String,
    },
    /// Its authority takes back how it ended the file.
    DecisionRevoked {
        reason: String,
    },
    /// The file is handled once more: she was not satisfied, or the decision was revoked.
    ComplaintReopened,
    /// Another authority handed the file over.
    OriginRecorded {
        origin: Origin,
    },
    TransferredOut {
        seq: u32,
        to: String,
        name: String,
        reason: String,
        article: String,
    },
    TransferAcknowledged {
        transfer: u32,
        /// The file's number there.
        number: String,
    },
    TransferFailed {
        transfer: u32,
        why: String,
    },
    TransferWithdrawn {
        transfer: u32,
        reason: String,
    },
    ExternalStatusRecorded {
        transfer: u32,
        status: ExternalStatus,
    },
    SupplementTaken {
        supplement: Supplement,
    },
    ClockStarted {
        clock: u32,
        period: String,
        pack: String,
        start: Date,
        /// Where a decision set it and not the rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        length: Option<u32>,
        reading: Reading,
    },
    ClockMet {
        clock: u32,
    },
    ClockStopped {
        clock: u32,
    },
    ClockExpired {
        clock: u32,
        period: String,
    },
    ClockRecomputed {
        clock: u32,
        reading: Reading,
    },
    ClockPaused {
        clock: u32,
        pause: Pause,
        reading: Reading,
    },
    ClockResumed {
        clock: u32,
        /// The last day of the pause.
        to: Date,
        reading: Reading,
    },
    PluginDecided {
        run: RunSummary,
    },
    CaseClosed {
        closing: Closing,
    },
    CaseReopened {
        reason: String,
    },
    /// An officer found that another file belongs to this one.
    FileLinked {
        to: CaseNumber,
        relation: Relation,
        reason: String,
    },
    /// The same dispute, which came by another channel, is handled with this one; its
    /// evidence follows.
    ComplaintTakenIn {
        from: CaseNumber,
        statement: String,
    },
    /// It is handled under another number.
    ComplaintMerged {
        into: CaseNumber,
        reason: String,
    },
    /// Opens a report's file.
    ReportReceived {
        number: CaseNumber,
        reporter: Reporter,
        received_on: Date,
        procedure: String,
        filing: Box<ReportFiling>,
        jurisdiction: Jurisdiction,
    },
    ReportSupplemented {
        text: String,
        evidence: Vec<EvidenceReference>,
    },
    /// The decision whether an enforcement case is opened 立案.
    ReportVerified {
        opens: bool,
        reason: String,
    },
    EnforcementOpened,
    HandedToEnforcement {
        system: String,
        case_number: String,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        partner: Option<String>,
    },
    EnforcementDecided {
        result: EnforcementResult,
    },
    /// The authority has no power; the reporter is told where to go (art. 34).
    ReportDeclined {
        reason: String,
        route: String,
    },
    /// The same facts by the same person, reported before (art. 35).
    ReportRepeated {
        of: CaseNumber,
        reason: String,
    },
    /// It is handled with another report, which it adds to.
    ReportMerged {
        into: CaseNumber,
        reason: String,
    },
    /// New facts from a report that was merged into this one: the period begins anew.
    FactsMerged {
        from: CaseNumber,
    },
    ReporterNotified {
        means: Means,
        result: String,
    },
    /// Somebody of the handling unit looked up who the reporter is.
    IdentityRead {
        reason: String,
        /// The issued document that was drawn with it; what is kept of that has no name.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        document: Option<u32>,
    },
    ExtensionRequested {
        clock: u32,
        reason: String,
    },
    ExtensionDenied {
        clock: u32,
        reason: String,
    },
    /// A period goes on, by an approval.
    #[serde(alias = "verification_extended", alias = "decision_extended")]
    PeriodExtended {
        clock: u32,
        reason: String,
        /// The clock that goes on in its place; older entries do not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        to: Option<u32>,
        /// The record of the discussion, where it was decided collectively.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        minutes: Option<String>,
    },
    /// A party said elsewhere what follows; the officer who heard it records it.
    WordRecorded {
        side: Side,
        means: Means,
        /// By the complainant herself, though an agent acts for her.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        herself: bool,
    },
    /// What was found of a ground for refusal (art. 16).
    GroundWeighed {
        ground: String,
        finding: GroundFinding,
    },
    /// Whether name and number are one person's (art. 10 to 12, 16(6)).
    IdentityChecked {
        check: IdentityCheck,
    },
    /// Another unit is to have a part in the file.
    UnitInvited {
        seq: u32,
        unit: UnitId,
        by: UnitId,
        task: String,
        due: Date,
        /// By a unit above it; otherwise it is asked.
        ordered: bool,
    },
    InvitationAnswered {
        part: u32,
        agrees: bool,
        reason: String,
    },
    PartReported {
        part: u32,
        text: String,
        done: bool,
    },
    PartEnded {
        part: u32,
        reason: String,
    },
    /// The last day of a part passed before it was done.
    PartFellDue {
        part: u32,
    },
    /// Opens an inquiry's file.
    InquiryReceived {
        number: CaseNumber,
        asker: String,
        received_on: Date,
        procedure: String,
        filing: InquiryFiling,
        unit: UnitId,
    },
    InquiryAnswered {
        text: String,
        knowledge: Option<String>,
    },
    /// It belongs elsewhere (art. 44).
    InquiryRedirected {
        reason: String,
        route: String,
    },
    InquiryAskedAgain {
        text: String,
    },
    /// Opens an incident.
    IncidentOpened {
        number: CaseNumber,
        unit: UnitId,
        opening: IncidentOpening,
    },
    FilesGathered {
        files: Vec<CaseNumber>,
    },
    FileReleased {
        file: CaseNumber,
        reason: String,
    },
    IncidentLevelChanged {
        level: Urgency,
        reason: String,
    },
    CommanderChanged {
        commander: Commander,
    },
    TaskSet {
        seq: u32,
        unit: UnitId,
        what: String,
        due_at: Timestamp,
    },
    TaskReported {
        task: u32,
        text: String,
        done: bool,
    },
    /// A task's time passed before it was done.
    TaskFellDue {
        task: u32,
    },
    SituationReported {
        text: String,
        closed_files: u32,
    },
    IncidentClosed {
        summary: String,
    },
}

/// Why a case left the plugin's hands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "cause", rename_all = "snake_case")]
pub enum HandOverCause {
    /// The plugin's own decision.
    Plugin,
    /// The plugin's run failed; the outcome has a name.
    Failure { outcome: String },
    /// No plugin is active for the respondent.
    NoPlugin,
}

impl Event {
    /// The event's type as the ledger writes it.
    pub fn kind(&self) -> &'static str {
        self.into()
    }

    /// Every event type.
    pub const KINDS: &[&str] = Event::VARIANTS;

    /// The version this program writes of every event type.
    pub const VERSION: u32 = 1;

    /// The payload as the ledger keeps it, without the type.
    pub fn payload(&self) -> Result<Value, serde_json::Error> {
        let mut tagged = serde_json::to_value(self)?;
        Ok(tagged
            .get_mut("data")
            .map(Value::take)
            .unwrap_or(Value::Null))
    }

    /// Reads an event of any version that was ever written.
    pub fn read(kind: &str, version: u32, payload: Value) -> Result<Event, EventError> {
        let unreadable = |source| EventError::Unreadable {
            kind: kind.to_owned(),
            version,
            source,
        };
        if version != Event::VERSION {
            return Err(EventError::UnknownVersion {
                kind: kind.to_owned(),
                version,
            });
        }
        let mut tagged = serde_json::Map::new();
        tagged.insert("type".to_owned(), Value::String(kind.to_owned()));
        if !payload.is_null() {
            tagged.insert("data".to_owned(), payload);
        }
        serde_json::from_value(Value::Object(tagged)).map_err(unreadable)
    }
}

/// A ledger entry that this program cannot read.
#[derive(Debug, thiserror::Error)]
pub enum EventError {
    #[error(
        "event {kind} has version {version}, which this program does not know: use a newer one"
    )]
    UnknownVersion { kind: String, version: u32 },
    #[error("event {kind} version {version} is not as it was written: {source}")]
    Unreadable {
        kind: String,
        version: u32,
        source: serde_json::Error,
    },
}
