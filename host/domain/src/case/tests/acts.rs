//! What is done with a complaint in no order: acts at random for tests of properties.

use super::scene::{mandate, neighbours, offer, reference};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::complaint::GroundFinding;
use crate::case::document::{Content, Delivery};
use crate::case::identity::{IdentityCheck, Person};
use crate::case::link::Relation;
use crate::case::mediation::{ChosenBy, Means, Mode};
use crate::case::moves::ReturnReason;
use crate::case::phase::Confirmation;
use crate::case::representation::{Consenting, Representation};
use crate::case::supervision::Urgency;
use crate::case::transfer::{ExternalStatus, Stage};
use crate::case::visit::Satisfaction;
use crate::case::word::Word;
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use jiff::SignedDuration;
use jiff::civil::date;
use proptest::prelude::*;

/// Units of one county, its neighbour, its city and its province.
pub(super) fn units() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("420106"), 2 => Just("420111"), 2 => Just("420100"), 1 => Just("420000"),
        1 => Just("420200")
    ]
}

pub(super) fn moves() -> impl Strategy<Value = Command> {
    let why = || "理由".to_owned();
    prop_oneof![
        units().prop_map(move |to| Command::Dispatch {
            to: to.parse().unwrap(),
            note: why(),
            report_by: None
        }),
        Just(Command::ReturnToIntake {
            reason: ReturnReason::NotOurs,
            note: why()
        }),
        units().prop_map(move |with| Command::DisputeHandling {
            with: with.parse().unwrap(),
            reason: why()
        }),
        Just(Command::AgreeHandling),
        units().prop_map(move |unit| Command::Designate {
            unit: unit.parse().unwrap(),
            reason: why()
        }),
        Just(Command::TakeUp { reason: why() }),
        Just(Command::RequestMaterial {
            items: vec!["身份证明".into()],
            due: date(2026, 6, 30)
        }),
        Just(Command::ProvideMaterial { note: why() }),
    ]
}

pub(super) fn transfers() -> impl Strategy<Value = Command> {
    let stage = prop_oneof![
        4 => Just(Stage::Accepted), 1 => Just(Stage::Refused), 1 => Just(Stage::Closed)
    ];
    let why = || "理由".to_owned();
    prop_oneof![
        1 => Just(transfer_out()),
        2 => Just(Command::AcknowledgeTransfer { transfer: 1, number: "沪1号".into() }),
        3 => (1u32..3).prop_map(move |transfer| Command::FailTransfer { transfer, why: why() }),
        3 => Just(Command::WithdrawTransfer { reason: why() }),
        4 => (1u64..6, stage).prop_map(|(sequence, stage)| Command::RecordExternalStatus {
            status: ExternalStatus {
                sequence,
                at: jiff::Timestamp::UNIX_EPOCH,
                file_number: "沪1号".into(),
                stage,
                ground: None,
                result: None,
                text: None,
            }
        }),
    ]
}

pub(super) fn transfer_out() -> Command {
    Command::TransferOut {
        to: "shanghai".into(),
        name: "上海市市场监督管理局".into(),
        reason: "住所地在上海".into(),
        article: "41".into(),
    }
}

pub(super) fn mediation() -> impl Strategy<Value = Command> {
    let why = || "理由".to_owned();
    let start: jiff::Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    let side = prop_oneof![Just(Side::Consumer), Just(Side::Respondent)];
    let means = prop_oneof![Just(Means::Platform), Just(Means::Phone)];
    prop_oneof![
        4 => (side, means, any::<bool>()).prop_map(|(side, means, delegation)| {
            Command::AnswerMediation { side, agrees: true, delegation, means }
        }),
        3 => (1i64..60).prop_map(move |days| Command::ScheduleMediation {
            mode: Mode::Phone,
            at: start.checked_add(SignedDuration::from_hours(24 * days)).unwrap(),
            place: None,
            mediator: "周敏".into(),
        }),
        2 => (1u32..3).prop_map(move |session| Command::RecordSession {
            session,
            absent: Vec::new(),
            note: why()
        }),
        1 => Just(Command::DelegateMediation { association: "wuhan-association".into() }),
        1 => Just(Command::RequestRecusal { reason: why() }),
        2 => Just(Command::DecideRecusal { granted: true, reason: why() }),
        1 => Just(Command::BeginAppraisal { body: why(), chosen_by: ChosenBy::Parties }),
        2 => Just(Command::EndAppraisal { result: why() }),
        3 => (1u64..500).prop_map(offer),
        3 => (1u32..4).prop_map(|offer| Command::AcceptOffer { offer }),
        1 => prop_oneof![Just("no-deal"), Just("time-limit")].prop_map(move |ground| {
            Command::TerminateMediation { ground: ground.into(), reason: why() }
        }),
        2 => Just(Command::NotifyTermination { means: Means::Sms }),
    ]
}

/// Three who complain together, one of them elected, with an agent who may settle.
pub(super) fn acting_for_others() -> Representation {
    Representation {
        agent: Some(mandate(&["settle"])),
        joint: Some(neighbours(&[1])),
    }
}

pub(super) fn consents() -> impl Strategy<Value = Command> {
    let to = prop_oneof![
        2 => Just(Consenting::Withdraw),
        5 => (1u32..4).prop_map(|offer| Consenting::AcceptOffer { offer })
    ];
    (2u32..4, to).prop_map(|(person, to)| Command::RecordConsent {
        person,
        to,
        evidence: Some(reference()),
        given_on: None,
    })
}

/// What parties do after a settlement, and what an officer hears of them.
pub(super) fn words() -> impl Strategy<Value = Command> {
    let why = || "理由".to_owned();
    let confirmation = prop_oneof![
        2 => Just(Confirmation::Solved), 1 => Just(Confirmation::NotSolved)
    ];
    let said = prop_oneof![
        4 => (1u32..4).prop_map(|offer| Word::AcceptOffer { offer }),
        2 => Just(Word::RecordPerformance { performed_on: date(2026, 5, 18) }),
        2 => confirmation.clone().prop_map(|confirmation| Word::Confirm { confirmation }),
        1 => Just(Word::Reopen { reason: why() }),
        1 => Just(Word::Withdraw),
        1 => Just(Word::ProvideMaterial { note: why() }),
        1 => Just(Word::RequestRecusal { reason: why() }),
    ];
    let side = prop_oneof![Just(Side::Consumer), Just(Side::Respondent)];
    let finding = any::<Option<bool>>().prop_map(move |applies| GroundFinding {
        applies,
        reason: why(),
        speaks_for: Vec::new(),
        speaks_against: Vec::new(),
    });
    prop_oneof![
        5 => (side, said).prop_map(|(side, word)| Command::RecordWord {
            side,
            means: Means::Phone,
            word: Box::new(word),
        }),
        2 => finding.prop_map(|finding| Command::WeighGround {
            ground: "no-power".into(),
            finding,
        }),
        1 => any::<bool>().prop_map(|confirmed| Command::CheckIdentity {
            check: identity_check(Person::Complainant { person: 1 }, confirmed)
        }),
        2 => confirmation.prop_map(|confirmation| Command::Confirm { confirmation }),
        2 => Just(Command::RecordPerformance { performed_on: date(2026, 5, 18), note: None }),
        1 => Just(Command::Reopen { reason: "没有解决".into() }),
        1 => Just(Command::AddEvidence { question: None, reference: reference() }),
    ]
}

/// What an adapter may say of a person.
pub(super) fn identity_check(of: Person, confirmed: bool) -> IdentityCheck {
    IdentityCheck {
        of,
        method: "service".into(),
        token: confirmed.then(|| Digest::of(b"number").to_string()),
        same_name: confirmed.then_some(true),
    }
}

pub(super) fn decisions() -> impl Strategy<Value = Command> {
    prop_oneof![
            4 => Just(Command::AcceptComplaint),
            1 => Just(Command::RefuseComplaint { ground: "no-power".into(), reason: "无权".into() }),
            1 => Just(Command::Withdraw),
            4 => consents(),
            1 => Just(Command::RecordRepresentation {
                representation: Box::new(acting_for_others())
            }),
            2 => Just(Command::Supervise { urgency: Urgency::Urgent, matter: "请办理".into() }),
            3 => (1u32..3).prop_map(|supervision| Command::AnswerSupervision {
                supervision,
                answer: "已办理".into()
            }),
            2 => prop_oneof![
                Just(None),
                Just(Some(Satisfaction::Satisfied)),
                Just(Some(Satisfaction::Unsatisfied))
            ].prop_map(|satisfaction| Command::RecordVisit {
                means: Means::Phone,
                satisfaction,
                note: "已回访".into()
            }),
            2 => prop_oneof![Just("complaint-registration"), Just("complaint-acceptance")].prop_map(
                |form| Command::IssueDocument {
                    form: form.into(),
                    number: "〔2026〕1号".into(),
                    content: Content {
                        values: Digest::of(b"values"),
                        pdf: Digest::of(b"pdf"),
                        size: 3,
                    },
                }
            ),
            3 => Just(Command::ServeDocument {
        document: 1,
        delivery: Delivery::now(Side::Consumer, Means::Sms),
    }),
            1 => Just(Command::LinkFile {
                to: CaseNumber::compose(date(2026, 5, 18), 9),
                relation: Relation::SamePerson,
                reason: "同一电话".into()
            }),
            1 => Just(Command::TakeInComplaint {
                from: CaseNumber::compose(date(2026, 5, 18), 77),
                statement: "又来电反映".into(),
                evidence: Vec::new(),
            }),
            1 => Just(Command::MergeComplaint {
                into: CaseNumber::compose(date(2026, 5, 18), 77),
                reason: "同一纠纷".into(),
            }),
            1 => Just(Command::NoteLead {
                report: CaseNumber::compose(date(2026, 5, 18), 8),
                lead: "货架上有过期食品".into()
            }),
            2 => (1u32..9).prop_map(request_extension),
            2 => (1u32..9, any::<bool>()).prop_map(|(clock, granted)| extension(clock, granted)),
            2 => (1u32..9).prop_map(|clock| Command::RemindClock { clock }),
            2 => (1u32..9).prop_map(|clock| Command::ExpireClock { clock }),
        ]
}

pub(super) fn request_extension(clock: u32) -> Command {
    Command::RequestExtension {
        clock,
        reason: "尚需调查".into(),
    }
}

pub(super) fn extension(clock: u32, granted: bool) -> Command {
    Command::DecideExtension {
        clock,
        granted,
        reason: "情况属实".into(),
        days: None,
        minutes: None,
    }
}
