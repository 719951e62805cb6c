//! What may be done alike with every file that units handle.

use jiff::civil::{Date, date};
use jiff::{Timestamp, ToSpan};

use crate::calendar::{DayOff, YearCalendar};
use crate::case::actor::Side;
use crate::case::decide::dispatch::Moving;
use crate::case::document::{Delivery, ServiceOutcome};
use crate::case::mediation::Means;
use crate::case::moves::ReturnReason;
use crate::case::supervision::Urgency;
use crate::case::time::civil_date;
use crate::case::{Actor, Command};
use crate::rules::RuleBook;
use crate::text::Bilingual;

/// A county with a station, its neighbour, their city, the province, and another city.
pub(crate) const UNITS: [&str; 6] = [
    "420106",
    "420106-01",
    "420111",
    "420100",
    "420000",
    "420200",
];

/// The built-in rules with the station, read once.
pub(crate) fn rules() -> &'static RuleBook {
    static RULES: std::sync::LazyLock<RuleBook> = std::sync::LazyLock::new(|| {
        let station = serde_json::json!({"id": "420106-01", "level": "station",
            "name": "中南市场监督管理所", "parent": "420106"});
        let rules = RuleBook::builtin().unwrap();
        rules
            .with_unit(serde_json::from_value(station).unwrap())
            .unwrap()
    });
    &RULES
}

/// The same, once every Wednesday of the year is a day off.
pub(crate) fn amended() -> &'static RuleBook {
    static RULES: std::sync::LazyLock<RuleBook> = std::sync::LazyLock::new(|| {
        let days = date(2026, 1, 7)
            .series(7.days())
            .take_while(|day| day.year() == 2026);
        let days_off = days.map(|date| DayOff {
            date,
            name: Bilingual::new("休息日", "a day of rest"),
            statutory: false,
        });
        let year = YearCalendar {
            year: 2026,
            source: "test".into(),
            days_off: days_off.collect(),
            make_up_days: Vec::new(),
        };
        rules().with_year(year).unwrap()
    });
    &RULES
}

pub(crate) fn why() -> String {
    "理由".to_owned()
}

pub(crate) fn day_after(now: Timestamp, days: i64) -> Date {
    civil_date(now).checked_add(days.days()).unwrap()
}

/// What an officer is to a file by her unit.
pub(crate) fn of_unit(file: &impl Moving, actor: &Actor, rules: &RuleBook) -> Vec<&'static str> {
    let Actor::Officer { unit, .. } = actor else {
        return Vec::new();
    };
    let (own, handling) = (unit.parse().unwrap(), file.unit());
    let mut whos = Vec::new();
    if handling == Some(&own) {
        whos.push("handling_unit");
    } else if handling.is_some_and(|unit| rules.units().is_below(unit, &own)) {
        whos.push("superior_unit");
    }
    if file.dispute().is_some_and(|dispute| dispute.with == own) {
        whos.push("disputed_unit");
    }
    if file
        .parts()
        .iter()
        .any(|part| part.unit == own && part.lets_see())
    {
        whos.push("assisting_unit");
    }
    if whos.is_empty() {
        whos.push("other_unit");
    }
    whos
}

pub(crate) fn wishes(file: &impl Moving, now: Timestamp) -> Vec<Command> {
    let mut wishes = moves(now);
    wishes.extend(supervision(file));
    wishes.extend(clocks(file));
    wishes.extend(joint(file, now));
    wishes
}

fn moves(now: Timestamp) -> Vec<Command> {
    let mut moves = vec![
        Command::TakeUp { reason: why() },
        Command::ReportBack { text: why() },
        Command::Dispatch {
            to: "420106".parse().unwrap(),
            note: why(),
            report_by: Some(day_after(now, 3)),
        },
        Command::Dispatch {
            to: "420106-01".parse().unwrap(),
            note: why(),
            report_by: Some(day_after(now, 3)),
        },
    ];
    for unit in ["420106", "420106-01", "420111"] {
        moves.push(Command::Dispatch {
            to: unit.parse().unwrap(),
            note: why(),
            report_by: None,
        });
        moves.push(Command::Designate {
            unit: unit.parse().unwrap(),
            reason: why(),
        });
    }
    let reasons = [
        ReturnReason::ElementsMissing,
        ReturnReason::Unclear,
        ReturnReason::WrongType,
        ReturnReason::AddressUnknown,
        ReturnReason::AnsweredByKnowledge,
        ReturnReason::HandledAlready,
        ReturnReason::Withdrawn,
        ReturnReason::NotOurs,
        ReturnReason::Other,
    ];
    let returns = reasons.map(|reason| Command::ReturnToIntake {
        reason,
        note: why(),
    });
    moves.extend(returns);
    moves
}

fn supervision(file: &impl Moving) -> Vec<Command> {
    let levels = [Urgency::General, Urgency::Urgent, Urgency::ExtremelyUrgent];
    let mut acts = Vec::from(levels.map(|urgency| Command::Supervise {
        urgency,
        matter: why(),
    }));
    let open = file.supervisions().iter().filter(|it| it.answer.is_none());
    acts.extend(open.map(|it| Command::AnswerSupervision {
        supervision: it.seq,
        answer: why(),
    }));
    acts
}

fn clocks(file: &impl Moving) -> Vec<Command> {
    let mut acts = vec![Command::RecomputeClocks];
    for clock in file.clocks().iter().filter(|it| it.is_running()) {
        let clock = clock.seq;
        acts.push(Command::RemindClock { clock });
        acts.push(Command::ExpireClock { clock });
        acts.push(Command::RequestExtension {
            clock,
            reason: why(),
        });
        acts.extend([false, true].map(|granted| decision(clock, granted)));
    }
    acts
}

pub(crate) fn decision(clock: u32, granted: bool) -> Command {
    Command::DecideExtension {
        clock,
        granted,
        reason: why(),
        days: None,
        minutes: None,
    }
}

fn joint(file: &impl Moving, now: Timestamp) -> Vec<Command> {
    let mut acts = vec![Command::AddNote { body: why() }];
    acts.extend(["420111", "420106-01"].map(|unit| invite(unit, now)));
    for part in file.parts() {
        let part = part.seq;
        acts.push(Command::EndPart {
            part,
            reason: why(),
        });
        acts.push(Command::NotePartOverdue { part });
        for yes in [false, true] {
            acts.push(Command::AnswerInvitation {
                part,
                agrees: yes,
                reason: why(),
            });
            acts.push(Command::ReportPart {
                part,
                text: why(),
                done: yes,
            });
        }
    }
    acts
}

/// To either side, and whatever comes of it.
pub(crate) fn deliveries() -> Vec<Delivery> {
    let outcomes = [
        ServiceOutcome::Delivered,
        ServiceOutcome::Refused,
        ServiceOutcome::Unreachable,
    ];
    let sides = [Side::Consumer, Side::Respondent].into_iter();
    let brought = sides.flat_map(|to| {
        outcomes.map(|outcome| Delivery {
            outcome,
            ..Delivery::now(to, Means::Letter)
        })
    });
    brought.collect()
}

pub(crate) fn invite(unit: &str, now: Timestamp) -> Command {
    Command::InviteUnit {
        unit: unit.parse().unwrap(),
        task: why(),
        due: day_after(now, 7),
    }
}
