//! Whatever anyone does with an inquiry in whatever order: it stands in its table
//! (`schemas/rules/cn/inquiry-table.json`), and all that the table says is done.

use jiff::Timestamp;
use jiff::civil::date;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::json;

use crate::case::clocks::CaseClock;
use crate::case::moves::ReturnReason;
use crate::case::{Actor, Command};
use crate::inquiry::{Inquiry, InquiryPhase, receive};
use crate::law_table::acts::{self, UNITS, decision, invite, of_unit, rules, why};
use crate::law_table::samples::{number, samples};
use crate::law_table::walk::{
    self, Setting, Step, Tabled, Walk, chances, officer, officers, supervised,
};
use crate::law_table::{Seen, Table};
use crate::officers::OfficerRole;
use crate::rules::RuleBook;

const WALKS: usize = 120;
const TABLE: &str = include_str!("../../../../../schemas/rules/cn/inquiry-table.json");
const ASKER: &str = "a-1";
const BEGINS: &str = "2026-05-18T01:00:00Z";

fn asker(token: &str) -> Actor {
    Actor::Reporter {
        token: Some(token.to_owned()),
    }
}

fn everybody() -> Vec<Actor> {
    let mut all = vec![
        asker(ASKER),
        asker("b-2"),
        Actor::Platform,
        Actor::Consumer { id: ASKER.into() },
        Actor::Operator { id: "op".into() },
        Actor::Partner {
            id: "hotline".into(),
            name: "12345热线".into(),
        },
    ];
    all.extend(officers(&UNITS));
    all
}

impl Tabled for Inquiry {
    fn opener(actor: &Actor) -> Vec<&'static str> {
        vec![match actor {
            Actor::Reporter { .. } => "asker",
            Actor::Officer { .. } => "intake_unit",
            Actor::Partner { .. } => "partner",
            _ => "stranger",
        }]
    }

    fn whos(&self, actor: &Actor, rules: &RuleBook) -> Vec<&'static str> {
        vec![match actor {
            Actor::Officer { .. } => return of_unit(self, actor, rules),
            Actor::Reporter { token } if token.as_ref() == Some(&self.asker) => "asker",
            Actor::Platform => "platform",
            _ => "stranger",
        }]
    }

    fn all_clocks(&self) -> &[CaseClock] {
        &self.clocks
    }

    fn version_of_law(&self) -> &str {
        &self.procedure
    }

    fn wishes(&self, now: Timestamp) -> Vec<Command> {
        let mut wishes = samples(now);
        wishes.extend(acts::wishes(self, now));
        wishes
    }
}

fn opens(kind: &str) -> Command {
    let asked = json!({"kind": kind, "division": "420106", "text": "外套可以退吗？"});
    Command::Inquire {
        number: number(7),
        asker: ASKER.into(),
        filing: serde_json::from_value(asked).unwrap(),
    }
}

fn beginnings() -> Vec<Vec<Step>> {
    let by = |unit: &str, command| Step::By(officer(unit, OfficerRole::Handler), command);
    let asks = |clock| Command::RequestExtension {
        clock,
        reason: why(),
    };
    let grants = |clock| {
        let head = officer("420106", OfficerRole::Head);
        Step::By(head, decision(clock, true))
    };
    let joins = Command::AnswerInvitation {
        part: 1,
        agrees: true,
        reason: why(),
    };
    let invites = invite("420111", BEGINS.parse().unwrap());
    let answer = || Command::AnswerInquiry {
        text: why(),
        knowledge: None,
    };
    let mut late = vec![by("420106", asks(1)), grants(1)];
    late.extend(vec![Step::Wait; 6]);
    let mut answered = supervised(2);
    answered.push(by("420106", answer()));
    let back = Command::ReturnToIntake {
        reason: ReturnReason::NotOurs,
        note: why(),
    };
    let head = || officer("420100", OfficerRole::Head);
    // The city has it itself, and more time for it.
    let taken_up = vec![
        Step::By(head(), Command::TakeUp { reason: why() }),
        by("420100", asks(2)),
        Step::By(head(), decision(2, true)),
    ];
    let invited = vec![by("420106", invites.clone()), Step::After(24 * 10)];
    let mut closed = vec![walk::urges(), by("420106", answer())];
    let closed_late = {
        closed.push(Step::Calendar);
        let mut late = closed.clone();
        late.push(Step::After(24 * 10));
        late
    };
    let expired = vec![
        Step::After(24 * 40),
        Step::By(Actor::Platform, Command::ExpireClock { clock: 1 }),
    ];
    let down = Command::Dispatch {
        to: "420106".parse().unwrap(),
        note: why(),
        report_by: Some(date(2026, 6, 20)),
    };
    let mut sent = taken_up[..1].to_vec();
    sent.push(by("420100", down));
    let to_station = Command::Dispatch {
        to: "420106-01".parse().unwrap(),
        note: why(),
        report_by: None,
    };
    let at_station = |waits: usize| {
        let mut steps = vec![Step::Wait; waits];
        steps.insert(0, by("420106", to_station.clone()));
        steps
    };
    let mut unheard = sent.clone();
    unheard.push(Step::After(24 * 40));
    let mut all = vec![
        sent,
        unheard,
        // The authority watches what is due at its station.
        at_station(1),
        at_station(2),
        invited,
        closed,
        closed_late,
        expired,
        vec![Step::Wait],
        vec![Step::Calendar],
        taken_up[..1].to_vec(),
        vec![by("420106", back.clone()), Step::After(24 * 10)],
        Vec::new(),
        vec![by("420106", answer())],
        vec![by("420106", asks(1)), grants(1)],
        late,
        vec![Step::Wait; 8],
        vec![by("420106", invites), by("420111", joins)],
        supervised(2),
        answered,
        vec![by("420106", back)],
        taken_up,
    ];
    all.extend(walk::urged(1, 2));
    all
}

#[test]
fn an_inquiry_goes_by_its_table_and_does_all_that_the_table_says() {
    let table = Table::read(TABLE);
    let setting = Setting {
        table: &table,
        everybody: everybody(),
    };
    let mut seen = Seen::default();
    let mut runner = TestRunner::deterministic();
    let strategy = chances(8..20);
    let beginnings = beginnings();
    for (turn, beginning) in beginnings.iter().cycle().take(WALKS).enumerate() {
        let kind = ["consultation", "suggestion"][turn / beginnings.len() % 2];
        let mut steps = beginning.clone();
        if turn < 2 * beginnings.len() {
            steps.push(Step::Everything);
        }
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        let at = (rules(), BEGINS.parse().unwrap());
        let opens = (&asker(ASKER), &opens(kind));
        let walk: Walk<Inquiry> = Walk::opened(&setting, &mut seen, at, opens, receive);
        walk.go(steps, &mut seen);
    }
    let missing = seen.missing(&table);
    assert!(missing.is_empty(), "never seen: {missing:#?}");
    let untried = seen.untried(Command::NAMES);
    assert!(untried.is_empty(), "never tried: {untried:?}");
}

#[test]
fn every_row_names_periods_and_phases_that_exist_and_says_nothing_twice() {
    let pack = rules().procedures().last().unwrap();
    let phase = |name: &str| serde_json::from_value::<InquiryPhase>(name.into()).is_ok();
    Table::read(TABLE).is_sound(|period| pack.periods.contains_key(period), phase);
}
