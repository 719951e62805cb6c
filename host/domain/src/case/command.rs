//! What someone wants done with a file.

use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::Value;
use strum::{IntoStaticStr, VariantNames};

use super::actor::{PluginIdentity, Side};
use super::complaint::{EscalationRequest, GroundFinding};
use super::correction::Correction;
use super::document::{Content, Delivery};
use super::entries::{Finding, Floor, LookUpOutcome, MessageBody, Subject};
use super::event::HandOverCause;
use super::filing::{Claim, EvidenceReference, Filing};
use super::identity::IdentityCheck;
use super::intake::Intake;
use super::link::Relation;
use super::mediation::{ChosenBy, Means, Mode};
use super::moves::ReturnReason;
use super::phase::Confirmation;
use super::representation::{Consenting, Representation};
use super::run::RunSummary;
use super::supervision::Urgency;
use super::terms::Terms;
use super::transfer::{ExternalStatus, Origin, Supplement};
use super::visit::Satisfaction;
use super::word::Word;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::identifiers::unit_id::UnitId;
use crate::incident::{Commander, IncidentOpening};
use crate::inquiry::InquiryFiling;
use crate::report::{EnforcementResult, ReportFiling, Reporter};
use crate::text::Bilingual;

#[derive(Debug, Clone, PartialEq, IntoStaticStr, VariantNames)]
#[strum(serialize_all = "kebab-case")]
pub enum Command {
    File {
        number: CaseNumber,
        filing: Box<Filing>,
        /// Of those whose accounts were verified before.
        identities: Vec<IdentityCheck>,
    },
    /// Straight to the authority, without negotiation here.
    FileComplaint {
        number: CaseNumber,
        filing: Box<Filing>,
        intake: Intake,
        consumer_id: Option<String>,
        /// Of those whose accounts were verified before, or whose numbers were entered.
        identities: Vec<IdentityCheck>,
    },
    PostMessage {
        body: MessageBody,
    },
    Ask {
        key: String,
        prompt: Bilingual,
        form: Option<Value>,
    },
    Answer {
        question: u32,
        value: Value,
    },
    AddEvidence {
        question: Option<u32>,
        reference: EvidenceReference,
    },
    ReviseClaim {
        claim: Claim,
    },
    /// What was taken down wrongly of the parties.
    CorrectFiling {
        correction: Box<Correction>,
        reason: String,
    },
    /// Who acts for whom from now on: papers that were completed, another power, others
    /// who complain too.
    RecordRepresentation {
        representation: Box<Representation>,
    },
    /// What somebody who is represented agrees to.
    RecordConsent {
        /// The complainant's number within the case, from 1.
        person: u32,
        to: Consenting,
        evidence: Option<EvidenceReference>,
        /// `None`: today.
        given_on: Option<Date>,
    },
    MakeOffer {
        terms: Terms,
        in_reply_to: Option<u32>,
        expires_at: Option<Timestamp>,
        note: Option<MessageBody>,
    },
    AcceptOffer {
        offer: u32,
    },
    DeclineOffer {
        offer: u32,
        note: Option<MessageBody>,
    },
    WithdrawOffer {
        offer: u32,
    },
    ExpireOffer {
        offer: u32,
    },
    GiveOpinion {
        subject: Subject,
        floor: Floor,
        findings: Vec<Finding>,
        summary: Bilingual,
    },
    RequestPerson,
    HandOver {
        cause: HandOverCause,
        why: Bilingual,
    },
    HandOverMediation {
        cause: HandOverCause,
        why: Bilingual,
    },
    TakeOver,
    RequestMediation,
    RequestLookUp {
        key: String,
        name: String,
        path: String,
    },
    AnswerLookUp {
        key: String,
        requester: PluginIdentity,
        outcome: LookUpOutcome,
    },
    SetTimer {
        key: String,
        fires_at: Timestamp,
    },
    CancelTimer {
        key: String,
    },
    FireTimer {
        key: String,
        owner: PluginIdentity,
    },
    NoteSettingsChanged {
        plugin: PluginIdentity,
    },
    AddNote {
        body: String,
    },
    NotePerformanceDue,
    RecordPerformance {
        performed_on: Date,
        note: Option<MessageBody>,
    },
    Confirm {
        confirmation: Confirmation,
    },
    ProposeEscalation {
        why: Bilingual,
    },
    Escalate {
        request: EscalationRequest,
    },
    SealDossier {
        digest: Digest,
        size: u64,
    },
    AcceptComplaint,
    RefuseComplaint {
        ground: String,
        reason: String,
    },
    RequestMaterial {
        items: Vec<String>,
        due: Date,
    },
    ProvideMaterial {
        note: String,
    },
    Dispatch {
        to: UnitId,
        note: String,
        report_by: Option<Date>,
    },
    /// What became of a file, to whoever sent it down with a day to report back by.
    ReportBack {
        text: String,
    },
    ReturnToIntake {
        reason: ReturnReason,
        note: String,
    },
    DisputeHandling {
        with: UnitId,
        reason: String,
    },
    AgreeHandling,
    Designate {
        unit: UnitId,
        reason: String,
    },
    TakeUp {
        reason: String,
    },
    AnswerMediation {
        side: Side,
        agrees: bool,
        delegation: bool,
        means: Means,
    },
    ScheduleMediation {
        mode: Mode,
        at: Timestamp,
        place: Option<String>,
        mediator: String,
    },
    RecordSession {
        session: u32,
        absent: Vec<Side>,
        note: String,
    },
    /// It does not take place; another may be set.
    CancelSession {
        session: u32,
        reason: String,
    },
    DelegateMediation {
        association: String,
    },
    /// Takes it back from the association, or gives it back.
    EndDelegation {
        reason: String,
    },
    RequestRecusal {
        /// Whom, by name; of several that are set it must be said.
        mediator: Option<String>,
        reason: String,
    },
    DecideRecusal {
        granted: bool,
        reason: String,
    },
    BeginAppraisal {
        body: String,
        chosen_by: ChosenBy,
    },
    EndAppraisal {
        result: String,
    },
    TerminateMediation {
        ground: String,
        reason: String,
    },
    NotifyTermination {
        means: Means,
    },
    /// The complainant was told of the decision on her complaint.
    NotifyDecision {
        means: Means,
    },
    Supervise {
        urgency: Urgency,
        matter: String,
    },
    AnswerSupervision {
        supervision: u32,
        answer: String,
    },
    IssueDocument {
        form: String,
        number: String,
        content: Content,
    },
    ServeDocument {
        document: u32,
        delivery: Delivery,
    },
    RecordVisit {
        means: Means,
        satisfaction: Option<Satisfaction>,
        note: String,
    },
    /// Takes back how the unit ended the file.
    RevokeDecision {
        reason: String,
    },
    /// Another authority hands a file over, or once more, as it stands there by now.
    Receive {
        number: CaseNumber,
        filing: Box<Filing>,
        /// What it was there when it was handed over last.
        before: Option<Box<Filing>>,
        origin: Origin,
    },
    TransferOut {
        to: String,
        name: String,
        reason: String,
        article: String,
    },
    AcknowledgeTransfer {
        transfer: u32,
        number: String,
    },
    FailTransfer {
        transfer: u32,
        why: String,
    },
    WithdrawTransfer {
        reason: String,
    },
    RecordExternalStatus {
        status: ExternalStatus,
    },
    TakeSupplement {
        supplement: Supplement,
    },
    RemindClock {
        clock: u32,
    },
    ExpireClock {
        clock: u32,
    },
    RecomputeClocks,
    RecordRun {
        run: Box<RunSummary>,
    },
    Withdraw,
    /// The two settled it between themselves, she says: how.
    SettleElsewhere {
        note: String,
    },
    Reopen {
        reason: String,
    },
    /// What a party said elsewhere than here.
    RecordWord {
        side: Side,
        means: Means,
        /// By the complainant herself, though an agent acts for her.
        herself: bool,
        word: Box<Word>,
    },
    /// What was found of a ground for refusal.
    WeighGround {
        ground: String,
        finding: GroundFinding,
    },
    /// What an adapter said of a person's name and number.
    CheckIdentity {
        check: IdentityCheck,
    },
    LinkFile {
        to: CaseNumber,
        relation: Relation,
        reason: String,
    },
    /// The same dispute that came by another channel is handled with this one.
    TakeInComplaint {
        from: CaseNumber,
        statement: String,
        evidence: Vec<EvidenceReference>,
    },
    /// Closes it: the same dispute is handled under another number.
    MergeComplaint {
        into: CaseNumber,
        reason: String,
    },
    /// A lead came to light, and its report is opened beside this.
    NoteLead {
        report: CaseNumber,
        lead: String,
    },
    /// Opens a report's file.
    Report {
        number: CaseNumber,
        reporter: Reporter,
        filing: Box<ReportFiling>,
    },
    SupplementReport {
        text: String,
        evidence: Vec<EvidenceReference>,
    },
    VerifyReport {
        opens: bool,
        reason: String,
    },
    HandToEnforcement {
        system: String,
        case_number: String,
        /// The partner whose system it is, which tells the result itself.
        partner: Option<String>,
    },
    RecordEnforcement {
        result: EnforcementResult,
    },
    DeclineReport {
        reason: String,
        route: String,
    },
    MarkRepeated {
        of: CaseNumber,
        reason: String,
    },
    MergeReport {
        into: CaseNumber,
        reason: String,
    },
    MergeFacts {
        from: CaseNumber,
        /// When the report with the new facts came.
        received_on: Date,
    },
    NotifyReporter {
        means: Means,
        result: String,
    },
    ReadIdentity {
        reason: String,
        /// The issued document that it is read for, to be drawn with it.
        document: Option<u32>,
    },
    RequestExtension {
        clock: u32,
        reason: String,
    },
    DecideExtension {
        clock: u32,
        granted: bool,
        reason: String,
        days: Option<u32>,
        minutes: Option<String>,
    },
    PauseClock {
        clock: u32,
        why: String,
    },
    ResumeClock {
        clock: u32,
    },
    InviteUnit {
        unit: UnitId,
        task: String,
        due: Date,
    },
    AnswerInvitation {
        part: u32,
        agrees: bool,
        reason: String,
    },
    ReportPart {
        part: u32,
        text: String,
        done: bool,
    },
    EndPart {
        part: u32,
        reason: String,
    },
    NotePartOverdue {
        part: u32,
    },
    /// Opens an inquiry's file.
    Inquire {
        number: CaseNumber,
        asker: String,
        filing: InquiryFiling,
    },
    AnswerInquiry {
        text: String,
        knowledge: Option<String>,
    },
    RedirectInquiry {
        reason: String,
        route: String,
    },
    AskAgain {
        text: String,
    },
    OpenIncident {
        number: CaseNumber,
        opening: IncidentOpening,
    },
    GatherFiles {
        files: Vec<CaseNumber>,
    },
    ReleaseFile {
        file: CaseNumber,
        reason: String,
    },
    ChangeIncidentLevel {
        level: Urgency,
        reason: String,
    },
    ChangeCommander {
        commander: Commander,
    },
    SetTask {
        unit: UnitId,
        what: String,
        due_at: Timestamp,
    },
    ReportTask {
        task: u32,
        text: String,
        done: bool,
    },
    NoteTaskOverdue {
        task: u32,
    },
    ReportSituation {
        text: String,
        closed_files: u32,
    },
    CloseIncident {
        summary: String,
    },
}

impl Command {
    /// What the command does, in a word for errors and logs.
    pub fn name(&self) -> &'static str {
        self.into()
    }

    /// The names of all commands.
    pub const NAMES: &[&str] = Command::VARIANTS;
}
