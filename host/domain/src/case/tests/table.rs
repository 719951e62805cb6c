//! Whatever anyone does with a complaint in whatever order: it stands in the table of the
//! law (`schemas/rules/cn/complaint-table.json`), and all that the table says is done.

use std::collections::BTreeSet;

use jiff::Timestamp;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;

use super::acts::wishes;
use super::beginnings::{self, Beginning, DAYS};
use super::properties;
use crate::case::clocks::CaseClock;
use crate::case::command::Command;
use crate::case::decide::authority;
use crate::case::document::{Documented, forms};
use crate::case::event::{Event, Recorded};
use crate::case::representation::Standing;
use crate::case::{Actor, Case, Context, Phase, PluginIdentity, PluginRole, file};
use crate::law_table::acts::{UNITS, of_unit, rules};
use crate::law_table::samples::{ASSOCIATION, ELSEWHERE, RESPONDENT, plugin};
use crate::law_table::walk::{Setting, Step, Tabled, Walk, chances, issuer_of, officers};
use crate::law_table::{Seen, Table, ground_of};
use crate::report::Report;
use crate::rules::RuleBook;
use crate::units::UnitLevel;

const WALKS: usize = 330;
const TABLE: &str = include_str!("../../../../../schemas/rules/cn/complaint-table.json");

fn agent(organisation: &str) -> Actor {
    Actor::Agent {
        id: "a-1".into(),
        organisation: organisation.into(),
        name: "陈".into(),
    }
}

fn mediator(organisation: &str) -> Actor {
    Actor::Mediator {
        id: "m-1".into(),
        organisation: organisation.into(),
        name: "李".into(),
    }
}

fn external(authority: &str) -> Actor {
    Actor::External {
        authority: authority.into(),
        name: "上海市市场监督管理局".into(),
    }
}

fn partner() -> Actor {
    Actor::Partner {
        id: "hotline".into(),
        name: "12345热线".into(),
    }
}

/// Whose plugin it is besides: nobody's here.
fn anothers(role: PluginRole) -> PluginIdentity {
    PluginIdentity {
        organisation: "hanyang".into(),
        ..plugin(role)
    }
}

fn everybody() -> Vec<Actor> {
    let account = |id: &str| Actor::Consumer { id: id.into() };
    let mut all: Vec<Actor> = ["c-1", "c-2", "c-3", "c-9"].map(account).into();
    all.extend([RESPONDENT, "hanyang"].map(agent));
    all.extend([ASSOCIATION, "hankou-association"].map(mediator));
    all.extend([ELSEWHERE, "beijing"].map(external));
    let roles = [
        PluginRole::Resolver,
        PluginRole::Reviewer,
        PluginRole::Mediator,
    ];
    all.extend(roles.map(|role| Actor::Plugin(plugin(role))));
    all.push(Actor::Plugin(anothers(PluginRole::Resolver)));
    all.extend([
        partner(),
        Actor::Platform,
        Actor::Operator { id: "op".into() },
        Actor::Reporter {
            token: Some("r-1".into()),
        },
    ]);
    all.extend(officers(&UNITS));
    all
}

impl Tabled for Case {
    fn opener(actor: &Actor) -> Vec<&'static str> {
        vec![match actor {
            Actor::Consumer { .. } => "consumer",
            Actor::Officer { .. } => "intake_unit",
            Actor::Partner { .. } => "partner",
            Actor::External { .. } => "external_authority",
            _ => "stranger",
        }]
    }

    fn whos(&self, actor: &Actor, rules: &RuleBook) -> Vec<&'static str> {
        let is_party = |organisation: &str| organisation == RESPONDENT;
        vec![match actor {
            Actor::Officer { .. } => return self.officer(actor, rules),
            Actor::Consumer { id } => match self.standing(id) {
                Some(Standing::Represented(_)) => "represented",
                Some(Standing::Speaker(_) | Standing::Agent) => "consumer",
                None => "stranger",
            },
            Actor::Agent { organisation, .. } if is_party(organisation) => "respondent",
            Actor::Mediator { organisation, .. } => return self.association(organisation),
            Actor::Plugin(plugin) => match plugin.role {
                PluginRole::Resolver if is_party(&plugin.organisation) => "resolver",
                PluginRole::Reviewer => "reviewer",
                PluginRole::Mediator if self.is_mediated_by(&plugin.organisation) => {
                    "mediator_plugin"
                }
                _ => "stranger",
            },
            Actor::External { authority, .. } => return self.other_authority(authority),
            Actor::Platform => "platform",
            Actor::Operator { .. } => "operator",
            _ => "stranger",
        }]
    }

    fn all_clocks(&self) -> &[CaseClock] {
        &self.clocks
    }

    fn version_of_law(&self) -> &str {
        self.complaint_pack()
    }

    /// A unit above designates where two disagree, or at once (art. 33).
    fn ground(&self, command: &Command, events: &[Event]) -> Option<String> {
        let disputed = self
            .complaint
            .as_ref()
            .is_some_and(|it| it.dispute.is_some());
        match command {
            Command::Designate { .. } if disputed => Some("disagreement".to_owned()),
            Command::Designate { .. } => Some("at-once".to_owned()),
            _ => ground_of(command, events, &self.clocks),
        }
    }

    fn wishes(&self, now: Timestamp) -> Vec<Command> {
        wishes(self, now)
    }

    fn wordings(&self, rules: &RuleBook) -> Vec<&'static str> {
        let forms = Case::FORMS.iter().copied();
        forms.filter(|form| self.knows(form, rules)).collect()
    }

    fn issuing_unit(&self, form: &str) -> Option<String> {
        issuer_of(self, form)
    }

    fn check(&self, ledger: &[Recorded]) {
        properties::check(self, ledger);
    }
}

impl Case {
    /// A city or the province that has the file, or is above the unit that has it, is one
    /// that sends it on besides (art. 41).
    fn officer(&self, actor: &Actor, rules: &RuleBook) -> Vec<&'static str> {
        let mut whos = of_unit(self, actor, rules);
        let own = authority::unit_of(actor).and_then(|own| rules.units().get(&own));
        let is_high =
            own.is_some_and(|it| matches!(it.level, UnitLevel::City | UnitLevel::Province));
        let has_it = whos
            .iter()
            .any(|it| matches!(*it, "handling_unit" | "superior_unit"));
        if is_high && has_it {
            whos.push("sending_unit");
        }
        whos
    }

    /// Asked in by the consumer, entrusted by the authority, or both.
    fn association(&self, organisation: &str) -> Vec<&'static str> {
        let entrusted = self.mediation().and_then(|it| it.delegated_to.as_deref());
        let is = [
            ("association", self.mediation_requested),
            ("entrusted_association", entrusted == Some(organisation)),
        ];
        or_stranger(is)
    }

    /// One that it was sent on to, the one that it came from, or both.
    fn other_authority(&self, authority: &str) -> Vec<&'static str> {
        let gave = self.origin.as_ref();
        let is = [
            ("external_authority", self.transfer_to(authority).is_some()),
            (
                "authority_of_origin",
                gave.is_some_and(|it| it.authority == authority),
            ),
        ];
        or_stranger(is)
    }
}

fn or_stranger(is: [(&'static str, bool); 2]) -> Vec<&'static str> {
    let whos = is.into_iter().filter(|(_, is)| *is);
    let whos: Vec<_> = whos.map(|(who, _)| who).collect();
    match whos.is_empty() {
        true => vec!["stranger"],
        false => whos,
    }
}

fn opened<'t>(setting: &'t Setting<'t>, seen: &mut Seen, beginning: &Beginning) -> Walk<'t, Case> {
    let (now, by) = (DAYS[beginning.day].parse().unwrap(), beginning.opens.by());
    let command = beginning.opens.command();
    if !matches!(command, Command::File { .. }) {
        return Walk::opened(setting, seen, (rules(), now), (&by, &command), file);
    }
    let context = Context {
        now,
        actor: &by,
        rules: rules(),
    };
    let events = file(command, &context).unwrap();
    Walk::before(setting, rules(), now, &by, events)
}

#[test]
fn a_complaint_goes_by_the_table_of_the_law_and_does_all_that_the_table_says() {
    let table = Table::read(TABLE);
    let setting = Setting {
        table: &table,
        everybody: everybody(),
    };
    let mut seen = Seen::default();
    let mut runner = TestRunner::deterministic();
    let strategy = chances(8..20);
    let beginnings = beginnings::all();
    for (turn, beginning) in beginnings.iter().cycle().take(WALKS).enumerate() {
        let mut steps = beginning.steps.clone();
        if turn < beginnings.len() {
            steps.push(Step::Everything);
        }
        steps.extend(strategy.new_tree(&mut runner).unwrap().current());
        opened(&setting, &mut seen, beginning).go(steps, &mut seen);
    }
    let missing = seen.missing(&table);
    assert!(missing.is_empty(), "never seen: {missing:#?}");
    let untried = seen.untried(Command::NAMES);
    assert!(untried.is_empty(), "never tried: {untried:?}");
}

#[test]
fn the_grounds_of_the_table_are_the_items_of_each_version_of_the_law() {
    let table = Table::read(TABLE);
    for pack in rules().procedures() {
        let (version, refusals) = (&pack.version, &pack.refusal_grounds);
        table.has_all_grounds(&["refuse-complaint"], version, refusals);
        let weighed = [refusals.as_slice(), &pack.later_grounds].concat();
        table.has_all_grounds(&["weigh-ground"], version, &weighed);
        let ends = [
            "terminate-mediation",
            "withdraw",
            "accept-offer",
            "expire-clock",
        ];
        table.has_all_grounds(&ends, version, &pack.termination_grounds);
    }
}

#[test]
fn every_form_of_a_complaint_tells_of_some_row() {
    let table = Table::read(TABLE);
    let told: BTreeSet<&str> = Case::FORMS.iter().map(|it| forms::purpose(it)).collect();
    assert_eq!(table.documents(), told);
    let known = |form: &String| {
        Case::FORMS.contains(&form.as_str()) || Report::FORMS.contains(&form.as_str())
    };
    for pack in rules().procedures() {
        assert!(pack.forms.iter().all(known), "{}", pack.version);
    }
}

#[test]
fn every_row_names_periods_and_phases_that_exist_and_says_nothing_twice() {
    let pack = rules().procedures().last().unwrap();
    let phase = |name: &str| serde_json::from_value::<Phase>(name.into()).is_ok();
    Table::read(TABLE).is_sound(|period| pack.periods.contains_key(period), phase);
}
