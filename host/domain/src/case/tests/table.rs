//! Whatever anyone does with a complaint in whatever order: it stands in the table
//! of the law (`schemas/rules/cn/complaint-table.json`): from which phase, by whom,
//! to which phase, and which clocks it starts and ends.

use std::collections::BTreeSet;

use jiff::civil::date;
use jiff::{SignedDuration, ToSpan};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

use super::acts::{
    acting_for_others, decisions, extension, mediation, moves, request_extension, transfer_out,
    transfers, units, words,
};
use super::properties;
use super::scene::{Scene, account, agent, consumer, filing, offer, officer_of, plugin};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::document::Documented;
use crate::case::event::Event;
use crate::case::intake::{Channel, RegisterAt};
use crate::case::mediation::{ChosenBy, Means, Mode};
use crate::case::phase::Confirmation;
use crate::case::representation::Standing;
use crate::case::supervision::Urgency;
use crate::case::visit::Satisfaction;
use crate::case::{Actor, Case, Intake, PluginRole};
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
        2 => vec![(officer_of("420100"), transfer_out(), 1)],
        6 => vec![
            (officer_of("420100"), transfer_out(), 1),
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
