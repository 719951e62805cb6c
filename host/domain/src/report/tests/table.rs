//! Whatever anyone does with a report in whatever order: it stands in the table of the
//! law (`schemas/rules/cn/report-table.json`).

use std::collections::BTreeSet;

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::flow::system;
use super::scene::{Scene, TOKEN, filing, issue, number, officer, reporter};
use crate::case::actor::Side;
use crate::case::document::{Delivery, Documented};
use crate::case::mediation::Means;
use crate::case::moves::ReturnReason;
use crate::case::supervision::Urgency;
use crate::case::{Actor, Command, Event};
use crate::law_table::{Act, Table, joint};
use crate::report::{EnforcementOutcome, EnforcementResult, Report, ReportPhase, Reporter};

const TABLE: &str = include_str!("../../../../../schemas/rules/cn/report-table.json");

fn units() -> impl Strategy<Value = &'static str> {
    prop_oneof![5 => Just("420106"), 1 => Just("420111"), 2 => Just("420100"), 1 => Just("420000")]
}

fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        3 => Just(reporter()),
        9 => (units(), prop_oneof![Just("o-1"), Just("o-2")]).prop_map(|(unit, id)| officer(id, unit)),
        2 => Just(Actor::Platform),
        2 => Just(system()),
        1 => Just(Actor::Consumer { id: TOKEN.into() }),
        1 => Just(Actor::Operator { id: "op".into() }),
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
        units().prop_map(move |unit| Command::Designate {
            unit: unit.parse().unwrap(),
            reason: why()
        }),
        Just(Command::TakeUp { reason: why() }),
        Just(Command::Supervise {
            urgency: Urgency::Urgent,
            matter: why()
        }),
        (1u32..3).prop_map(move |supervision| Command::AnswerSupervision {
            supervision,
            answer: why()
        }),
        (1u32..6).prop_map(|clock| Command::RemindClock { clock }),
        (1u32..6).prop_map(|clock| Command::ExpireClock { clock }),
    ]
}

fn handling() -> impl Strategy<Value = Command> {
    let why = || "理由".to_owned();
    prop_oneof![
            2 => any::<bool>().prop_map(move |opens| Command::VerifyReport { opens, reason: why() }),
            1 => Just(Command::DeclineReport { reason: why(), route: why() }),
            1 => Just(Command::MarkRepeated { of: number(9), reason: why() }),
            1 => Just(Command::MergeReport { into: number(9), reason: why() }),
            1 => Just(Command::MergeFacts { from: number(9), received_on: date(2026, 6, 1) }),
            2 => Just(Command::HandToEnforcement { system: why(), case_number: why(), partner: Some("cases".into()) }),
            1 => Just(Command::RecordEnforcement { result: EnforcementResult {
                outcome: EnforcementOutcome::NoPenalty,
                decided_on: date(2026, 5, 18),
                penalty_fen: Default::default(),
                decision: None,
                summary: why(),
            }}),
            2 => (1u32..4).prop_map(|clock| Command::PauseClock { clock, why: "hearing".into() }),
            2 => (1u32..4).prop_map(|clock| Command::ResumeClock { clock }),
            3 => (1u32..6).prop_map(move |clock| Command::RequestExtension { clock, reason: why() }),
            3 => (1u32..6, any::<bool>()).prop_map(move |(clock, granted)| Command::DecideExtension {
                clock, granted, reason: why(), days: None, minutes: None
            }),
            1 => (1u32..6).prop_map(move |clock| Command::DecideExtension {
                clock, granted: true, reason: why(), days: Some(20), minutes: Some(why())
            }),
            1 => Just(Command::NotifyReporter { means: Means::Sms, result: why() }),
            1 => Just(Command::ReadIdentity { reason: why(), document: None }),
            2 => prop_oneof![
                Just("report-registration"),
                Just("report-result-notice"),
                Just("dispatch-notice")
            ].prop_map(issue),
            1 => Just(Command::ServeDocument {
        document: 1,
        delivery: Delivery::now(Side::Consumer, Means::Letter),
    }),
            1 => Just(Command::AddNote { body: why() }),
            1 => Just(Command::SupplementReport { text: why(), evidence: Vec::new() }),
            1 => Just(Command::AcceptComplaint),
        ]
}

type Step = (Actor, Command, i64);

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let command = prop_oneof![2 => moves(), 3 => handling(), 2 => joint(units())];
    prop::collection::vec((actors(), command, 0i64..80), 10..50)
}

/// What chance alone rarely comes to: a case whose period stands still, one whose period
/// is extended, units that take part, and a period that nears its end.
fn beginning(turn: u32) -> Vec<Step> {
    let by_unit = |command| (officer("o-1", "420106"), command, 1);
    let opens = Command::VerifyReport {
        opens: true,
        reason: "属实".into(),
    };
    let invite = |unit: &str| Command::InviteUnit {
        unit: unit.parse().unwrap(),
        task: "到仓库查看".into(),
        due: date(2026, 5, 25),
    };
    match turn % 4 {
        0 => vec![
            by_unit(opens),
            by_unit(Command::PauseClock {
                clock: 2,
                why: "hearing".into(),
            }),
        ],
        1 => vec![
            by_unit(opens),
            by_unit(Command::RequestExtension {
                clock: 2,
                reason: "案情复杂".into(),
            }),
            (
                officer("o-2", "420106"),
                Command::DecideExtension {
                    clock: 2,
                    granted: true,
                    reason: "同意".into(),
                    days: None,
                    minutes: None,
                },
                1,
            ),
        ],
        2 => vec![
            by_unit(invite("420111")),
            (
                officer("o-1", "420111"),
                Command::AnswerInvitation {
                    part: 1,
                    agrees: true,
                    reason: String::new(),
                },
                1,
            ),
            (
                officer("o-1", "420111"),
                Command::ReportPart {
                    part: 1,
                    text: "已查看".into(),
                    done: false,
                },
                1,
            ),
        ],
        // Three working days before the end of verification, in every other of these.
        _ if turn % 8 == 3 => vec![(Actor::Platform, Command::RemindClock { clock: 1 }, 24 * 17)],
        _ => Vec::new(),
    }
}

fn role_of(scene: &Scene, actor: &Actor) -> &'static str {
    match actor {
        Actor::Reporter { .. } => "reporter",
        Actor::Platform => "platform",
        Actor::Partner { .. } => "enforcement_system",
        Actor::Officer { unit, .. } => {
            let unit = unit.parse().unwrap();
            if unit == scene.report.unit {
                "handling_unit"
            } else if scene.rules.units().is_below(&scene.report.unit, &unit) {
                "superior_unit"
            } else if scene.report.parts.iter().any(|part| part.unit == unit) {
                "assisting_unit"
            } else {
                "other_unit"
            }
        }
        _ => "nobody",
    }
}

/// What holds of every report.
fn check(report: &Report) {
    let closed = report.phase == ReportPhase::Closed;
    assert_eq!(closed, report.closing.is_some());
    assert_eq!(closed, report.closed_at.is_some());
    let running = |period: &str| {
        let clocks = report.clocks.iter().filter(|clock| clock.is_running());
        clocks.filter(|clock| clock.is_of(period)).count()
    };
    let verifying = running("report-verification") + running("lead-verification");
    let deciding = running("case-decision");
    assert!(verifying <= 1 && deciding <= 1);
    assert!(verifying == 0 || report.phase == ReportPhase::Verifying);
    assert!(deciding == 0 || report.phase == ReportPhase::Investigating);
    let open = report.clocks.iter().filter(|clock| clock.is_running());
    assert!(
        !closed || open.count() == 0,
        "a closed report waits for nothing"
    );
    assert!(report.enforcement.is_none() || report.verification.as_ref().unwrap().opens);
}

/// Now and then the authority found it itself.
fn opened(turn: u32) -> Scene {
    if turn % 5 != 4 {
        return Scene::received();
    }
    let found = Reporter::Authority {
        complaint: number(3),
    };
    Scene::of(found, &officer("o-1", "420106"), filing()).unwrap()
}

fn walk(table: &Table, mut scene: Scene, steps: Vec<Step>) -> BTreeSet<&'static str> {
    let mut done = BTreeSet::new();
    for (actor, command, hours) in steps {
        scene.now = scene.now.checked_add(hours.hours()).unwrap();
        let (before, length) = (scene.report.clone(), scene.ledger.len());
        let (action, role) = (command.name(), role_of(&scene, &actor));
        if scene.does(&actor, command).is_err() {
            assert_eq!(before, scene.report, "a refused command leaves no trace");
            continue;
        }
        let events = scene.ledger[length..].iter().map(|it| it.event.clone());
        let events: Vec<Event> = events.collect();
        if action != "expire-clock" {
            let act = Act {
                action,
                role,
                from: before.phase.name(),
                events: &events,
            };
            table.hold(&act, &scene.report);
        }
        check(&scene.report);
        done.insert(action);
    }
    done
}

#[test]
fn nothing_happens_to_a_report_that_the_table_of_the_law_does_not_have() {
    let table = Table::read(TABLE);
    let mut runner = TestRunner::deterministic();
    let strategy = steps();
    let mut done = BTreeSet::new();
    for turn in 0..600 {
        let mut steps = beginning(turn);
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        done.extend(walk(&table, opened(turn), steps));
    }
    let missing = table.missing(&done);
    assert!(missing.is_empty(), "never carried out: {missing:?}");
}

#[test]
fn every_row_names_periods_and_phases_that_exist() {
    let scene = Scene::received();
    let pack = scene.rules.procedure(&scene.report.procedure).unwrap();
    for row in Table::read(TABLE).rows {
        for period in row.starts.iter().chain(&row.ends) {
            assert!(pack.periods.contains_key(period), "{period}");
        }
        for phase in row.phases.iter().chain(&row.leads_to) {
            serde_json::from_value::<ReportPhase>(phase.as_str().into()).unwrap();
        }
        if let Some(document) = row.document {
            assert!(Report::FORMS.contains(&document.as_str()), "{document}");
        }
    }
}
