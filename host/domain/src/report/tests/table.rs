//! Whatever anyone does with a report in whatever order: it stands in the table of the law
//! (`schemas/rules/cn/report-table.json`), and all that the table says is done.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::acts::{self, DAYS};
use super::flow::system;
use super::scene::TOKEN;
use crate::case::clocks::CaseClock;
use crate::case::document::{Documented, forms};
use crate::case::{Actor, Command, Recorded};
use crate::law_table::acts::{UNITS, of_unit, rules};
use crate::law_table::walk::{Setting, Step, Tabled, Walk, chances, issuer_of, officers};
use crate::law_table::{Seen, Table};
use crate::report::{Report, ReportPhase, Reporter, receive};
use crate::rules::RuleBook;

const WALKS: usize = 150;
const TABLE: &str = include_str!("../../../../../schemas/rules/cn/report-table.json");

fn everybody() -> Vec<Actor> {
    let tokens = [Some(TOKEN.to_owned()), None, Some("b-2".to_owned())];
    let mut all: Vec<Actor> = tokens.map(|token| Actor::Reporter { token }).into();
    all.extend([
        Actor::Platform,
        Actor::Consumer { id: TOKEN.into() },
        Actor::Operator { id: "op".into() },
        Actor::Partner {
            id: "hotline".into(),
            name: "12345热线".into(),
        },
        system(),
        Actor::External {
            authority: "shanghai".into(),
            name: "上海市市场监督管理局".into(),
        },
    ]);
    all.extend(officers(&UNITS));
    all
}

impl Tabled for Report {
    fn opener(actor: &Actor) -> Vec<&'static str> {
        vec![match actor {
            Actor::Reporter { .. } => "reporter",
            Actor::Officer { .. } => "intake_unit",
            Actor::Partner { .. } => "partner",
            _ => "stranger",
        }]
    }

    fn whos(&self, actor: &Actor, rules: &RuleBook) -> Vec<&'static str> {
        let is_hers = |token: Option<&str>| match &self.reporter {
            Reporter::Named { token: own } => token == Some(own),
            Reporter::Anonymous => token.is_none(),
            Reporter::Authority { .. } => false,
        };
        vec![match actor {
            Actor::Officer { .. } => return of_unit(self, actor, rules),
            Actor::Reporter { token } if is_hers(token.as_deref()) => "reporter",
            Actor::Partner { id, .. } if self.handed_to() == Some(id) => "enforcement_system",
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
        acts::wishes(self, now)
    }

    fn wordings(&self, rules: &RuleBook) -> Vec<&'static str> {
        let forms = Report::FORMS.iter().copied();
        forms.filter(|form| self.knows(form, rules)).collect()
    }

    fn issuing_unit(&self, form: &str) -> Option<String> {
        issuer_of(self, form)
    }

    fn has_name(&self) -> bool {
        self.reporter.is_named()
    }

    fn check(&self, _ledger: &[Recorded]) {
        let closed = self.phase == ReportPhase::Closed;
        assert_eq!(closed, self.closing.is_some());
        assert_eq!(closed, self.closed_at.is_some());
        let running = |period: &str| {
            let clocks = self.clocks.iter().filter(|clock| clock.is_running());
            clocks.filter(|clock| clock.is_of(period)).count()
        };
        let verifying = running("report-verification") + running("lead-verification");
        let deciding = running("case-decision");
        assert!(verifying <= 1 && deciding <= 1);
        assert!(verifying == 0 || self.phase == ReportPhase::Verifying);
        assert!(deciding == 0 || self.phase == ReportPhase::Investigating);
        // Whoever reported by name is told afterwards, by the measure before 2026, and what
        // a superior asked is answered.
        let of_authority = [
            "report-verification",
            "lead-verification",
            "case-decision",
            "intake-dispatch",
        ];
        let waits = of_authority.iter().any(|period| running(period) > 0);
        assert!(!closed || !waits, "a closed report waits for nothing");
        assert!(
            running("intake-dispatch") <= 1,
            "it waits once for dispatch"
        );
        assert!(self.enforcement.is_none() || self.verification.as_ref().unwrap().opens);
    }
}

#[test]
fn a_report_goes_by_the_table_of_the_law_and_does_all_that_the_table_says() {
    let table = Table::read(TABLE);
    let setting = Setting {
        table: &table,
        everybody: everybody(),
    };
    let mut seen = Seen::default();
    let mut runner = TestRunner::deterministic();
    let strategy = chances(8..20);
    let beginnings = acts::all();
    for (turn, beginning) in beginnings.iter().cycle().take(WALKS).enumerate() {
        let mut steps = beginning.steps.clone();
        if turn < beginnings.len() {
            steps.push(Step::Everything);
        }
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        let at = (rules(), DAYS[beginning.day].parse().unwrap());
        let opens = (&beginning.by, &beginning.command());
        let walk: Walk<Report> = Walk::opened(&setting, &mut seen, at, opens, receive);
        walk.go(steps, &mut seen);
    }
    let missing = seen.missing(&table);
    assert!(missing.is_empty(), "never seen: {missing:#?}");
    let untried = seen.untried(Command::NAMES);
    assert!(untried.is_empty(), "never tried: {untried:?}");
}

#[test]
fn every_form_of_a_report_tells_of_some_row() {
    let table = Table::read(TABLE);
    let told: BTreeSet<&str> = Report::FORMS.iter().map(|it| forms::purpose(it)).collect();
    assert_eq!(table.documents(), told);
}

#[test]
fn every_row_names_periods_and_phases_that_exist_and_says_nothing_twice() {
    let packs = rules().procedures();
    let period = |name: &str| packs.iter().any(|it| it.periods.contains_key(name));
    let phase = |name: &str| serde_json::from_value::<ReportPhase>(name.into()).is_ok();
    Table::read(TABLE).is_sound(period, phase);
}
