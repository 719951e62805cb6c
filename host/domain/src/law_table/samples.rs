//! One command of each kind: whatever kind of file it is for, on every other it is refused.

use jiff::{Timestamp, ToSpan};
use serde_json::json;

use super::acts::{day_after, decision, invite, why};
use super::walk::issue;
use crate::case::actor::Side;
use crate::case::complaint::GroundFinding;
use crate::case::correction::{Correction, OperatorCorrection};
use crate::case::document::Delivery;
use crate::case::entries::{Floor, LookUpOutcome, MessageBody, Subject};
use crate::case::event::HandOverCause;
use crate::case::filing::EvidenceReference;
use crate::case::identity::{IdentityCheck, Person};
use crate::case::link::Relation;
use crate::case::mediation::{ChosenBy, Means, Mode};
use crate::case::moves::ReturnReason;
use crate::case::phase::Confirmation;
use crate::case::representation::{Consenting, Representation};
use crate::case::run::RunSummary;
use crate::case::supervision::Urgency;
use crate::case::transfer::{ExternalStatus, Origin, Stage, Supplement, Supplied};
use crate::case::word::Word;
use crate::case::{Command, Filing, Intake, PluginIdentity, PluginRole};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::incident::Commander;
use crate::jurisdiction::Operator;
use crate::report::{EnforcementOutcome, EnforcementResult, ReportFiling, Reporter};
use crate::text::Bilingual;

pub(crate) const RESPONDENT: &str = "jianghan";
pub(crate) const ASSOCIATION: &str = "wuhan-association";
pub(crate) const ELSEWHERE: &str = "shanghai";
/// Keeps enforcement cases.
pub(crate) const SYSTEM: &str = "cases";

pub(crate) fn number(entropy: u64) -> CaseNumber {
    CaseNumber::compose(jiff::civil::date(2026, 5, 18), entropy)
}

pub(crate) fn plugin(role: PluginRole) -> PluginIdentity {
    let organisation = match role {
        PluginRole::Resolver => RESPONDENT,
        PluginRole::Reviewer | PluginRole::Mediator => ASSOCIATION,
    };
    PluginIdentity {
        role,
        organisation: organisation.to_owned(),
        id: format!("test.{}", role.name()),
        version: "1.0.0".to_owned(),
        digest: Digest::of(b"plugin"),
    }
}

fn both() -> Bilingual {
    Bilingual::new("理由", "a reason")
}

pub(crate) fn paper() -> EvidenceReference {
    EvidenceReference {
        sha256: Digest::of(b"paper"),
        media_type: "image/jpeg".into(),
        size: 5,
        name: "照片".into(),
    }
}

/// A coat, and a shop that is a member here.
pub(crate) fn filing() -> Filing {
    serde_json::from_value(json!({
        "consumer": {"name": "王小明", "phone": "13800138000", "address": "武汉市武昌区中北路1号"},
        "respondent": {"organisation": RESPONDENT, "name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}},
        "category": "clothing", "problem": "quality",
        "claim": {"remedies": [{"kind": "refund", "amount_fen": 12900}], "reason": "衣服开线"},
        "statement": "在店里买的外套，穿了两天袖口开线。",
        "consents": {"delegated_mediation": true}
    }))
    .unwrap()
}

/// An operator of another province.
pub(crate) fn operator_elsewhere() -> Operator {
    serde_json::from_value(json!({"kind": "ordinary", "domicile": "310101"})).unwrap()
}

pub(crate) fn report_filing() -> ReportFiling {
    serde_json::from_value(json!({
        "reported": {"name": "江汉百货", "address": "武汉市武昌区中南路2号",
            "operator": {"kind": "ordinary", "place_of_business": "420106", "domicile": "420111"}},
        "act_place": "420106", "category": "food", "breach": "food-safety",
        "lead": "货架上有过期三个月的奶粉在售，有照片和小票。"
    }))
    .unwrap()
}

/// One of each kind.
pub(crate) fn samples(now: Timestamp) -> Vec<Command> {
    let mut samples = of_dispute(now);
    samples.extend(of_plugins(now));
    samples.extend(of_complaint(now));
    samples.extend(of_mediation(now));
    samples.extend(of_units(now));
    samples.extend(of_report(now));
    samples.extend(of_inquiry());
    samples.extend(of_incident(now));
    samples
}

fn of_dispute(now: Timestamp) -> Vec<Command> {
    vec![
        Command::File {
            number: number(7),
            filing: Box::new(filing()),
            identities: Vec::new(),
        },
        Command::PostMessage {
            body: MessageBody::Written(why()),
        },
        Command::Ask {
            key: "size".into(),
            prompt: both(),
            form: Some(json!({"type": "object"})),
        },
        Command::Answer {
            question: 1,
            value: json!({}),
        },
        Command::AddEvidence {
            question: None,
            reference: paper(),
        },
        Command::ReviseClaim {
            claim: filing().claim,
        },
        Command::RecordRepresentation {
            representation: Box::new(Representation::default()),
        },
        Command::RecordConsent {
            person: 2,
            to: Consenting::Withdraw,
            evidence: Some(paper()),
            given_on: None,
        },
        Command::MakeOffer {
            terms: serde_json::from_value(json!({"remedies": [{"kind": "repair"}]})).unwrap(),
            in_reply_to: None,
            expires_at: None,
            note: None,
        },
        Command::AcceptOffer { offer: 1 },
        Command::DeclineOffer {
            offer: 1,
            note: None,
        },
        Command::WithdrawOffer { offer: 1 },
        Command::ExpireOffer { offer: 1 },
        Command::RequestPerson,
        Command::TakeOver,
        Command::RequestMediation,
        Command::AddNote { body: why() },
        Command::NotePerformanceDue,
        Command::RecordPerformance {
            performed_on: day_after(now, 0),
            note: None,
        },
        Command::Confirm {
            confirmation: Confirmation::Solved,
        },
        Command::Withdraw,
        Command::SettleElsewhere { note: why() },
        Command::Reopen { reason: why() },
    ]
}

fn of_plugins(now: Timestamp) -> Vec<Command> {
    let key = || "again".to_owned();
    let resolver = || plugin(PluginRole::Resolver);
    let run = RunSummary {
        id: "run".into(),
        plugin: resolver(),
        answers: 1,
        saw_version: 1,
        outcome: "answered".into(),
        refusal: None,
        record: Digest::of(b"record"),
        input: Digest::of(b"input"),
        output: None,
        fuel: 1,
        peak_memory: 1,
        reasons: Vec::new(),
        memory: None,
    };
    vec![
        Command::GiveOpinion {
            subject: Subject::Claim,
            floor: Floor::Met,
            findings: Vec::new(),
            summary: both(),
        },
        Command::HandOver {
            cause: HandOverCause::Plugin,
            why: both(),
        },
        Command::HandOverMediation {
            cause: HandOverCause::Plugin,
            why: both(),
        },
        Command::RequestLookUp {
            key: key(),
            name: "orders".into(),
            path: "/1".into(),
        },
        Command::AnswerLookUp {
            key: key(),
            requester: resolver(),
            outcome: LookUpOutcome::Failed { why: why() },
        },
        Command::SetTimer {
            key: key(),
            fires_at: now.checked_add(1.hour()).unwrap(),
        },
        Command::CancelTimer { key: key() },
        Command::FireTimer {
            key: key(),
            owner: resolver(),
        },
        Command::NoteSettingsChanged { plugin: resolver() },
        Command::ProposeEscalation { why: both() },
        Command::RecordRun { run: Box::new(run) },
    ]
}

fn of_complaint(now: Timestamp) -> Vec<Command> {
    let origin = Origin {
        authority: ELSEWHERE.into(),
        name: "上海市市场监督管理局".into(),
        number: "沪1号".into(),
        digest: Digest::of(b"dossier"),
        size: 7,
    };
    let mut received = filing();
    received.respondent.organisation = None;
    let supplement = Supplement {
        sequence: 1,
        at: now,
        from: Side::Consumer,
        what: Supplied::Message(MessageBody::Written(why())),
    };
    vec![
        Command::FileComplaint {
            number: number(7),
            filing: Box::new(filing()),
            intake: Intake::default(),
            consumer_id: None,
            identities: Vec::new(),
        },
        Command::Escalate {
            request: Default::default(),
        },
        Command::SealDossier {
            digest: Digest::of(b"dossier"),
            size: 7,
        },
        Command::AcceptComplaint,
        refuse("no-power"),
        weigh("no-power"),
        Command::CorrectFiling {
            correction: Box::new(renamed("江城服装有限公司")),
            reason: why(),
        },
        Command::CheckIdentity {
            check: identity_check(Person::Complainant { person: 1 }, true),
        },
        Command::RequestMaterial {
            items: vec!["身份证明".into()],
            due: day_after(now, 5),
        },
        Command::ProvideMaterial { note: why() },
        Command::DisputeHandling {
            with: "420111".parse().unwrap(),
            reason: why(),
        },
        Command::AgreeHandling,
        visit(None),
        Command::RecordWord {
            side: Side::Consumer,
            means: Means::Phone,
            herself: false,
            word: Box::new(Word::Withdraw),
        },
        Command::LinkFile {
            to: number(9),
            relation: Relation::SameMatter,
            reason: why(),
        },
        Command::TakeInComplaint {
            from: number(6),
            statement: why(),
            evidence: vec![paper()],
        },
        Command::MergeComplaint {
            into: number(6),
            reason: why(),
        },
        Command::NoteLead {
            report: number(8),
            lead: why(),
        },
        Command::Receive {
            number: number(7),
            filing: Box::new(received),
            before: None,
            origin,
        },
        Command::TransferOut {
            to: ELSEWHERE.into(),
            name: "上海市市场监督管理局".into(),
            reason: why(),
            article: "41".into(),
        },
        Command::AcknowledgeTransfer {
            transfer: 1,
            number: "沪1号".into(),
        },
        Command::FailTransfer {
            transfer: 1,
            why: why(),
        },
        Command::WithdrawTransfer { reason: why() },
        status(1, Stage::Note),
        Command::TakeSupplement { supplement },
    ]
}

/// The operator has another name than was taken down.
pub(crate) fn renamed(name: &str) -> Correction {
    let respondent = OperatorCorrection {
        name: Some(name.to_owned()),
        ..OperatorCorrection::default()
    };
    Correction {
        respondent: Some(respondent),
        ..Correction::default()
    }
}

pub(crate) fn refuse(ground: &str) -> Command {
    Command::RefuseComplaint {
        ground: ground.to_owned(),
        reason: why(),
    }
}

pub(crate) fn weigh(ground: &str) -> Command {
    Command::WeighGround {
        ground: ground.to_owned(),
        finding: GroundFinding {
            applies: None,
            reason: why(),
            speaks_for: Vec::new(),
            speaks_against: Vec::new(),
        },
    }
}

/// What an adapter may say of a person.
pub(crate) fn identity_check(of: Person, confirmed: bool) -> IdentityCheck {
    IdentityCheck {
        of,
        method: "service".into(),
        token: confirmed.then(|| Digest::of(b"number").to_string()),
        same_name: confirmed.then_some(true),
    }
}

pub(crate) fn terminate(ground: &str) -> Command {
    Command::TerminateMediation {
        ground: ground.to_owned(),
        reason: why(),
    }
}

pub(crate) fn visit(satisfaction: Option<crate::case::visit::Satisfaction>) -> Command {
    Command::RecordVisit {
        means: Means::Phone,
        satisfaction,
        note: why(),
    }
}

pub(crate) fn status(sequence: u64, stage: Stage) -> Command {
    Command::RecordExternalStatus {
        status: ExternalStatus {
            sequence,
            at: Timestamp::UNIX_EPOCH,
            file_number: "沪1号".into(),
            stage,
            ground: None,
            result: None,
            text: None,
        },
    }
}

fn of_mediation(now: Timestamp) -> Vec<Command> {
    vec![
        Command::AnswerMediation {
            side: Side::Consumer,
            agrees: true,
            delegation: true,
            means: Means::Platform,
        },
        Command::ScheduleMediation {
            mode: Mode::Phone,
            at: now.checked_add(1.hour()).unwrap(),
            place: None,
            mediator: "周敏".into(),
        },
        Command::RecordSession {
            session: 1,
            absent: Vec::new(),
            note: why(),
        },
        Command::CancelSession {
            session: 1,
            reason: why(),
        },
        Command::DelegateMediation {
            association: ASSOCIATION.into(),
        },
        Command::EndDelegation { reason: why() },
        Command::RequestRecusal {
            mediator: Some("周敏".into()),
            reason: why(),
        },
        Command::DecideRecusal {
            granted: false,
            reason: why(),
        },
        Command::BeginAppraisal {
            body: why(),
            chosen_by: ChosenBy::Parties,
        },
        Command::EndAppraisal { result: why() },
        terminate("no-deal"),
        Command::RevokeDecision { reason: why() },
        Command::NotifyTermination { means: Means::Sms },
        Command::NotifyDecision {
            means: Means::Phone,
        },
    ]
}

fn of_units(now: Timestamp) -> Vec<Command> {
    vec![
        Command::Dispatch {
            to: "420106".parse().unwrap(),
            note: why(),
            report_by: None,
        },
        Command::ReportBack { text: why() },
        Command::ReturnToIntake {
            reason: ReturnReason::NotOurs,
            note: why(),
        },
        Command::Designate {
            unit: "420106".parse().unwrap(),
            reason: why(),
        },
        Command::TakeUp { reason: why() },
        Command::Supervise {
            urgency: Urgency::General,
            matter: why(),
        },
        Command::AnswerSupervision {
            supervision: 1,
            answer: why(),
        },
        issue("dispatch-notice"),
        Command::ServeDocument {
            document: 1,
            delivery: Delivery::now(Side::Consumer, Means::Letter),
        },
        Command::RemindClock { clock: 1 },
        Command::ExpireClock { clock: 1 },
        Command::RecomputeClocks,
        Command::RequestExtension {
            clock: 1,
            reason: why(),
        },
        decision(1, true),
        invite("420111", now),
        Command::AnswerInvitation {
            part: 1,
            agrees: true,
            reason: why(),
        },
        Command::ReportPart {
            part: 1,
            text: why(),
            done: false,
        },
        Command::EndPart {
            part: 1,
            reason: why(),
        },
        Command::NotePartOverdue { part: 1 },
    ]
}

fn of_report(now: Timestamp) -> Vec<Command> {
    vec![
        Command::Report {
            number: number(7),
            reporter: Reporter::Anonymous,
            filing: Box::new(report_filing()),
        },
        Command::SupplementReport {
            text: why(),
            evidence: Vec::new(),
        },
        Command::VerifyReport {
            opens: true,
            reason: why(),
        },
        Command::HandToEnforcement {
            system: why(),
            case_number: "〔2026〕1号".into(),
            partner: Some(SYSTEM.into()),
        },
        decided(now, EnforcementOutcome::Penalty),
        Command::DeclineReport {
            reason: why(),
            route: why(),
        },
        Command::MarkRepeated {
            of: number(9),
            reason: why(),
        },
        Command::MergeReport {
            into: number(9),
            reason: why(),
        },
        Command::MergeFacts {
            from: number(9),
            received_on: day_after(now, 0),
        },
        Command::NotifyReporter {
            means: Means::Sms,
            result: why(),
        },
        Command::ReadIdentity {
            reason: why(),
            document: None,
        },
        stay(1, "hearing"),
        Command::ResumeClock { clock: 1 },
    ]
}

pub(crate) fn decided(now: Timestamp, outcome: EnforcementOutcome) -> Command {
    Command::RecordEnforcement {
        result: EnforcementResult {
            outcome,
            decided_on: day_after(now, 0),
            penalty_fen: Default::default(),
            decision: None,
            summary: why(),
        },
    }
}

pub(crate) fn stay(clock: u32, why: &str) -> Command {
    Command::PauseClock {
        clock,
        why: why.to_owned(),
    }
}

fn of_inquiry() -> Vec<Command> {
    let asked = json!({"kind": "consultation", "division": "420106", "text": "外套可以退吗？"});
    vec![
        Command::Inquire {
            number: number(7),
            asker: "a-1".into(),
            filing: serde_json::from_value(asked).unwrap(),
        },
        Command::AnswerInquiry {
            text: why(),
            knowledge: None,
        },
        Command::RedirectInquiry {
            reason: why(),
            route: why(),
        },
        Command::AskAgain { text: why() },
    ]
}

fn of_incident(now: Timestamp) -> Vec<Command> {
    let opening = json!({"level": "urgent", "title": "某批次奶粉", "gathered_by": "batch",
        "subject": "20260401A", "commander": {"id": "o-9", "name": "郑"}});
    vec![
        Command::OpenIncident {
            number: number(7),
            opening: serde_json::from_value(opening).unwrap(),
        },
        Command::GatherFiles {
            files: vec![number(9)],
        },
        Command::ReleaseFile {
            file: number(9),
            reason: why(),
        },
        Command::ChangeIncidentLevel {
            level: Urgency::General,
            reason: why(),
        },
        Command::ChangeCommander {
            commander: Commander {
                id: "o-8".into(),
                name: "吴".into(),
            },
        },
        task("420106", now),
        Command::ReportTask {
            task: 1,
            text: why(),
            done: true,
        },
        Command::NoteTaskOverdue { task: 1 },
        Command::ReportSituation {
            text: why(),
            closed_files: 0,
        },
        Command::CloseIncident { summary: why() },
    ]
}

pub(crate) fn task(unit: &str, now: Timestamp) -> Command {
    Command::SetTask {
        unit: unit.parse().unwrap(),
        what: why(),
        due_at: now.checked_add(4.hours()).unwrap(),
    }
}

#[test]
fn there_is_one_of_each_kind() {
    let now = "2026-05-18T01:00:00Z".parse().unwrap();
    let mut names: Vec<&str> = samples(now).iter().map(Command::name).collect();
    let mut all = Command::NAMES.to_vec();
    names.sort_unstable();
    all.sort_unstable();
    assert_eq!(names, all);
}
