//! Whatever anyone does with a complaint in whatever order: it stands in the table
//! of the law (`schemas/rules/cn/complaint-table.json`): from which phase, by whom,
//! to which phase, and which clocks it starts and ends.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::properties;
use super::scene::{
    Scene, account, agent, consumer, filing, mandate, neighbours, offer, officer_of, plugin,
    reference,
};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::complaint::GroundFinding;
use crate::case::document::{Content, Documented};
use crate::case::event::Event;
use crate::case::intake::{Channel, RegisterAt};
use crate::case::link::Relation;
use crate::case::mediation::{ChosenBy, Means, Mode};
use crate::case::moves::ReturnReason;
use crate::case::phase::Confirmation;
use crate::case::representation::{Consenting, Representation, Standing};
use crate::case::supervision::Urgency;
use crate::case::transfer::{ExternalStatus, Stage};
use crate::case::visit::Satisfaction;
use crate::case::word::Word;
use crate::case::{Actor, Case, Intake, PluginRole};
use crate::identifiers::case_number::CaseNumber;
use crate::identifiers::digest::Digest;
use crate::law_table::{Act, Table, joint};
use crate::officers::OfficerRole;

const TABLE: &str = include_str!("../../../../../schemas/rules/cn/complaint-table.json");

fn table() -> Table {
    Table::read(TABLE)
}

fn mediator() -> Actor {
    Actor::Mediator {
        id: "m-1".into(),
        organisation: "wuhan-association".into(),
        name: "李".into(),
    }
}

fn external() -> Actor {
    Actor::External {
        authority: "shanghai".into(),
        name: "上海市市场监督管理局".into(),
    }
}

/// Units of one county, its neighbour, its city and its province.
fn units() -> impl Strategy<Value = &'static str> {
    prop_oneof![
        4 => Just("420106"), 2 => Just("420111"), 2 => Just("420100"), 1 => Just("420000"),
        1 => Just("420200")
    ]
}

fn named(id: &str, unit: &str) -> Actor {
    Actor::Officer {
        id: id.into(),
        unit: unit.into(),
        name: "周".into(),
        role: OfficerRole::Head,
    }
}

fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(consumer()),
        1 => prop_oneof![Just(account("c-3")), Just(account("c-9"))],
        4 => Just(agent()),
        9 => (units(), prop_oneof![Just("o-1"), Just("o-2")]).prop_map(|(unit, id)| named(id, unit)),
        1 => Just(mediator()),
        1 => Just(plugin(PluginRole::Resolver)),
        2 => Just(Actor::Platform),
        2 => Just(external()),
    ]
}

fn moves() -> impl Strategy<Value = Command> {
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

fn transfers() -> impl Strategy<Value = Command> {
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

fn transfer_out() -> Command {
    Command::TransferOut {
        to: "shanghai".into(),
        name: "上海市市场监督管理局".into(),
        reason: "住所地在上海".into(),
        article: "41".into(),
    }
}

fn mediation() -> impl Strategy<Value = Command> {
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
fn acting_for_others() -> Representation {
    Representation {
        agent: Some(mandate(&["settle"])),
        joint: Some(neighbours(&[1])),
    }
}

fn consents() -> impl Strategy<Value = Command> {
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
fn words() -> impl Strategy<Value = Command> {
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
        2 => confirmation.prop_map(|confirmation| Command::Confirm { confirmation }),
        2 => Just(Command::RecordPerformance { performed_on: date(2026, 5, 18), note: None }),
        1 => Just(Command::Reopen { reason: "没有解决".into() }),
        1 => Just(Command::AddEvidence { question: None, reference: reference() }),
    ]
}

fn decisions() -> impl Strategy<Value = Command> {
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
            to: Side::Consumer,
            means: Means::Sms,
            note: None
        }),
        1 => Just(Command::LinkFile {
            to: CaseNumber::compose(date(2026, 5, 18), 9),
            relation: Relation::SamePerson,
            reason: "同一电话".into()
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

fn request_extension(clock: u32) -> Command {
    Command::RequestExtension {
        clock,
        reason: "尚需调查".into(),
    }
}

fn extension(clock: u32, granted: bool) -> Command {
    Command::DecideExtension {
        clock,
        granted,
        reason: "情况属实".into(),
        days: None,
        minutes: None,
    }
}

type Step = (Actor, Command, i64);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let command = prop_oneof![
        3 => decisions(), 3 => moves(), 6 => mediation(), 2 => transfers(), 2 => joint(units()),
        3 => words()
    ];
    prop::collection::vec((actors(), command, 0i64..60), 10..70)
}

/// Who an actor is to this complaint, in the table's words.
fn role_of(case: &Case, scene: &Scene, actor: &Actor) -> Option<&'static str> {
    let handling = &case.complaint.as_ref()?.unit;
    Some(match actor {
        Actor::Consumer { id } => match case.standing(id) {
            Some(Standing::Represented(_)) => "represented",
            _ => "consumer",
        },
        Actor::Agent { .. } => "respondent",
        Actor::Mediator { .. } => "entrusted_association",
        Actor::Platform => "platform",
        Actor::External { .. } => "external_authority",
        Actor::Officer { unit, .. } => {
            let unit = unit.parse().unwrap();
            if unit == *handling {
                "handling_unit"
            } else if scene.rules.units().is_below(handling, &unit) {
                "superior_unit"
            } else if case.parts.iter().any(|part| part.unit == unit) {
                "assisting_unit"
            } else {
                "other_unit"
            }
        }
        Actor::Plugin(_) => "plugin",
        Actor::Operator { .. } | Actor::Partner { .. } | Actor::Reporter { .. } => return None,
    })
}

/// What chance alone rarely comes to: a mediation that both sides agreed to, two
/// authorities that disagree, and a file that another authority is to have.
fn beginning(turn: u32) -> Vec<Step> {
    let answer = |side| Command::AnswerMediation {
        side,
        agrees: true,
        delegation: true,
        means: Means::Phone,
    };
    let by_unit = |command| (officer_of("420106"), command, 1);
    let start: jiff::Timestamp = "2026-05-18T01:00:00Z".parse().unwrap();
    match turn % 10 {
        8 => settled_and_closed(),
        9 => vec![
            by_unit(Command::AcceptComplaint),
            by_unit(answer(Side::Consumer)),
            by_unit(Command::BeginAppraisal {
                body: "湖北省纤维检验局".into(),
                chosen_by: ChosenBy::Regulator,
            }),
            by_unit(Command::EndAppraisal {
                result: "不合格".into(),
            }),
        ],
        0 => vec![
            by_unit(Command::AcceptComplaint),
            by_unit(answer(Side::Consumer)),
            by_unit(answer(Side::Respondent)),
        ],
        4 => vec![
            by_unit(Command::AcceptComplaint),
            by_unit(answer(Side::Consumer)),
            by_unit(answer(Side::Respondent)),
            by_unit(Command::ScheduleMediation {
                mode: Mode::Phone,
                at: start.checked_add(SignedDuration::from_hours(12)).unwrap(),
                place: None,
                mediator: "周敏".into(),
            }),
            (
                officer_of("420106"),
                Command::RecordSession {
                    session: 1,
                    absent: Vec::new(),
                    note: "双方到场".into(),
                },
                24,
            ),
        ],
        5 => vec![
            by_unit(Command::RefuseComplaint {
                ground: "no-power".into(),
                reason: "无权处理".into(),
            }),
            by_unit(Command::RecordVisit {
                means: Means::Phone,
                satisfaction: Some(Satisfaction::Unsatisfied),
                note: "已回访".into(),
            }),
        ],
        1 => vec![by_unit(Command::DisputeHandling {
            with: "420111".parse().unwrap(),
            reason: "住所地在该区".into(),
        })],
        2 => vec![by_unit(transfer_out())],
        6 => vec![
            by_unit(transfer_out()),
            (
                Actor::Platform,
                Command::FailTransfer {
                    transfer: 1,
                    why: "无法送达".into(),
                },
                1,
            ),
        ],
        3 => vec![
            (
                named("o-2", "420100"),
                Command::Supervise {
                    urgency: Urgency::General,
                    matter: "请办理".into(),
                },
                1,
            ),
            by_unit(request_extension(2)),
            (named("o-2", "420100"), extension(2, true), 1),
            by_unit(Command::InviteUnit {
                unit: "420111".parse().unwrap(),
                task: "到仓库查看".into(),
                due: date(2026, 5, 25),
            }),
            (
                officer_of("420111"),
                Command::AnswerInvitation {
                    part: 1,
                    agrees: true,
                    reason: String::new(),
                },
                1,
            ),
        ],
        7 => vec![
            (
                officer_of("420100"),
                Command::InviteUnit {
                    unit: "420111".parse().unwrap(),
                    task: "到仓库查看".into(),
                    due: date(2026, 5, 25),
                },
                1,
            ),
            (
                officer_of("420111"),
                Command::ReportPart {
                    part: 1,
                    text: "已查看".into(),
                    done: false,
                },
                1,
            ),
        ],
        _ => Vec::new(),
    }
}

/// A settlement of the parties' own, performed, confirmed, and found unsolved after all.
fn settled_and_closed() -> Vec<Step> {
    let by_unit = |command| (officer_of("420106"), command, 1);
    let yes = |side| {
        by_unit(Command::AnswerMediation {
            side,
            agrees: true,
            delegation: false,
            means: Means::Phone,
        })
    };
    vec![
        by_unit(Command::AcceptComplaint),
        yes(Side::Consumer),
        yes(Side::Respondent),
        (agent(), offer(100), 1),
        (consumer(), Command::AcceptOffer { offer: 1 }, 1),
        (
            agent(),
            Command::RecordPerformance {
                performed_on: date(2026, 5, 18),
                note: None,
            },
            1,
        ),
        (
            consumer(),
            Command::Confirm {
                confirmation: Confirmation::Solved,
            },
            1,
        ),
        (
            consumer(),
            Command::Reopen {
                reason: "又坏了".into(),
            },
            1,
        ),
    ]
}

/// A complaint, and the action that made it one.
type Opened = (Scene, &'static str);

/// Mostly of a case that was negotiated; else from the web, or entered at the city.
fn opened(table: &Table, turn: u32) -> Opened {
    let mut filing = filing();
    filing.consents.delegated_mediation = true;
    let called = Intake {
        channel: Channel::Hotline,
        caller: Some("13800138000".parse().unwrap()),
        register_at: RegisterAt::IntakeUnit,
        ..Intake::default()
    };
    let sent = Intake {
        channel: Channel::Partner,
        reference: Some("12345-1".into()),
        ..Intake::default()
    };
    let partner = Actor::Partner {
        id: "hotline".into(),
        name: "12345热线".into(),
    };
    let direct = match turn % 12 {
        6 => Scene::direct_with(partner, sent, filing, None),
        7 => Scene::direct_with(consumer(), Intake::default(), filing, None),
        8 => Scene::direct_with(officer_of("420100"), called, filing, Some("c-1")),
        turn @ (9 | 10) => {
            filing.representation = Some(Box::new(acting_for_others()));
            let mut scene = Scene::filed_with(filing).unwrap();
            scene.escalates();
            if turn == 10 {
                scene
                    .does(&officer_of("420106"), Command::AcceptComplaint)
                    .unwrap();
            }
            return (scene, "escalate");
        }
        _ => {
            let mut scene = Scene::filed_with(filing).unwrap();
            scene.escalates();
            return (scene, "escalate");
        }
    };
    let scene = direct.unwrap();
    let row = table.rows.iter().find(|row| row.action == "file-complaint");
    let row = row.unwrap();
    assert!(row.leads_to.iter().any(|it| it == scene.case.phase.name()));
    for clock in &scene.case.clocks {
        assert!(row.starts.contains(&clock.period), "{}", clock.period);
    }
    (scene, "file-complaint")
}

/// Takes the steps; the actions that were carried out.
fn walk(table: &Table, (mut scene, first): Opened, steps: Vec<Step>) -> BTreeSet<&'static str> {
    let mut done = BTreeSet::from([first]);
    for (actor, command, hours) in steps {
        scene.now = scene.now.checked_add(hours.hours()).unwrap();
        let (before, length) = (scene.case.clone(), scene.ledger.len());
        let action = command.name();
        if scene.does(&actor, command).is_err() {
            assert_eq!(before, scene.case, "a refused command leaves no trace");
            continue;
        }
        let events: Vec<Event> = scene.ledger[length..]
            .iter()
            .map(|recorded| recorded.event.clone())
            .collect();
        if action != "expire-clock" {
            let act = Act {
                action,
                role: role_of(&before, &scene, &actor).unwrap_or("nobody"),
                from: before.phase.name(),
                events: &events,
            };
            table.hold(&act, &scene.case);
        }
        properties::check(&scene.case, &scene.ledger);
        done.insert(action);
    }
    done
}

#[test]
fn nothing_happens_to_a_complaint_that_the_table_of_the_law_does_not_have() {
    let table = table();
    let mut runner = TestRunner::deterministic();
    let strategy = steps();
    let mut done = BTreeSet::new();
    for turn in 0..900 {
        let mut steps = beginning(turn);
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        done.extend(walk(&table, opened(&table, turn), steps));
    }
    let missing = table.missing(&done);
    assert!(missing.is_empty(), "never carried out: {missing:?}");
}

#[test]
fn every_row_names_periods_phases_and_documents_that_exist() {
    let scene = Scene::filed();
    let pack = scene.rules.procedure(&scene.case.procedure).unwrap();
    for row in table().rows {
        for period in row.starts.iter().chain(&row.ends) {
            assert!(pack.periods.contains_key(period), "{period}");
        }
        if let Some(document) = &row.document {
            assert!(Case::FORMS.contains(&document.as_str()), "{document}");
        }
        for phase in row.phases.iter().chain(&row.leads_to) {
            serde_json::from_value::<crate::case::Phase>(phase.as_str().into()).unwrap();
        }
    }
}
