//! Whose identity was checked, by whom, and what becomes of it.

use super::scene::{Scene, account, agent, consumer, filing, mandate, officer, officer_of};
use crate::case::command::Command;
use crate::case::event::Event;
use crate::case::identity::Person;
use crate::case::phase::Phase;
use crate::case::refusal::{Invalid, Refusal};
use crate::case::representation::Representation;
use crate::law_table::samples::identity_check;

const CONSUMER: Person = Person::Complainant { person: 1 };

fn check(of: Person, confirmed: bool) -> Command {
    Command::CheckIdentity {
        check: identity_check(of, confirmed),
    }
}

fn by_agent(name: &str) -> Box<Representation> {
    let mut agent = mandate(&[]);
    agent.name = name.into();
    Box::new(Representation {
        agent: Some(agent),
        joint: None,
    })
}

#[test]
fn the_handling_unit_checks_and_the_latest_answer_counts() {
    let mut scene = Scene::filed();
    assert!(scene.does(&officer(), check(CONSUMER, true)).is_err());
    scene.escalates();
    for nobody in [
        consumer(),
        agent(),
        officer_of("420111"),
        officer_of("420000"),
    ] {
        assert!(scene.does(&nobody, check(CONSUMER, true)).is_err());
    }
    scene.does(&officer(), check(CONSUMER, false)).unwrap();
    assert!(scene.case.identity(CONSUMER).is_some());
    assert_eq!(scene.case.identity_token(), None, "it was not confirmed");
    scene.does(&officer(), check(CONSUMER, true)).unwrap();
    assert_eq!(scene.case.identities.len(), 1);
    assert!(scene.case.identity_token().is_some());
    assert_eq!(scene.case.phase, Phase::Registered, "it decides nothing");
}

#[test]
fn only_who_is_in_the_file_is_checked() {
    let mut scene = Scene::filed();
    scene.escalates();
    for of in [Person::Agent, Person::Complainant { person: 2 }] {
        let refused = scene.does(&officer(), check(of, true));
        let unknown = Refusal::invalid("/of", Invalid::UnknownValue);
        assert_eq!(refused.err(), Some(unknown));
    }
}

#[test]
fn of_another_agent_nothing_is_known() {
    let mut filing = filing();
    filing.representation = Some(by_agent("赵律师"));
    let mut scene = Scene::filed_by(account("c-1"), filing).unwrap();
    scene.escalates();
    scene.does(&officer(), check(Person::Agent, true)).unwrap();
    scene.does(&officer(), check(CONSUMER, true)).unwrap();
    let same = Command::RecordRepresentation {
        representation: by_agent("赵律师"),
    };
    scene.does(&officer(), same).unwrap();
    assert!(scene.case.identity(Person::Agent).is_some());
    let other = Command::RecordRepresentation {
        representation: by_agent("钱律师"),
    };
    scene.does(&officer(), other).unwrap();
    assert!(scene.case.identity(Person::Agent).is_none());
    assert!(scene.case.identity(CONSUMER).is_some());
}

#[test]
fn what_is_known_at_the_filing_stands_in_the_ledger_once_for_each() {
    let mut scene = Scene::filed();
    let filed = |checks: &[Person]| Command::File {
        number: scene.case.number.clone(),
        filing: Box::new(filing()),
        identities: checks.iter().map(|of| identity_check(*of, true)).collect(),
    };
    let decided = |command| {
        let actor = consumer();
        let context = crate::case::Context {
            now: scene.now,
            actor: &actor,
            rules: &scene.rules,
        };
        crate::case::file(command, &context)
    };
    let events = decided(filed(&[CONSUMER])).unwrap();
    assert!(matches!(events[1], Event::IdentityChecked { .. }));
    let field = |command| match decided(command) {
        Err(Refusal::Invalid { field, .. }) => field,
        other => format!("{other:?}"),
    };
    assert_eq!(field(filed(&[CONSUMER, CONSUMER])), "/identities/1/of");
    assert_eq!(field(filed(&[Person::Agent])), "/identities/0/of");
    scene.escalates();
}
