use jiff::ToSpan;

use super::scene::{Scene, agent, consumer, offer, plugin, words};
use crate::case::entries::LookUpOutcome;
use crate::case::event::HandOverCause;
use crate::case::run::RunSummary;
use crate::case::state::Handling;
use crate::case::{Actor, Command, PluginIdentity, PluginRole, Refusal};
use crate::identifiers::digest::Digest;

#[test]
fn a_person_on_request_stops_the_plugin() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), Command::RequestPerson).unwrap();
    let refused = scene.does(&plugin(PluginRole::Resolver), offer(100));
    assert_eq!(
        refused,
        Err(Refusal::NotAllowed {
            action: "make-offer"
        })
    );
    assert!(matches!(scene.case.handling, Handling::Awaited { .. }));
    scene.does(&agent(), Command::TakeOver).unwrap();
    assert!(matches!(scene.case.handling, Handling::Person { .. }));
    assert!(scene.does(&agent(), offer(100)).is_ok());
}

#[test]
fn a_failed_run_hands_the_case_to_a_person() {
    let mut scene = Scene::filed();
    let cause = HandOverCause::Failure {
        outcome: "out_of_fuel".into(),
    };
    let hand_over = Command::HandOver {
        cause,
        why: words(),
    };
    assert!(scene.does(&agent(), hand_over.clone()).is_err());
    assert_eq!(
        scene.does(&Actor::Platform, hand_over).unwrap(),
        ["handed_over"]
    );
    assert!(!scene.case.is_automated());
}

#[test]
fn a_mediator_that_hands_over_leaves_the_respondents_plugin_at_work() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), Command::RequestMediation).unwrap();
    let hand_over = Command::HandOver {
        cause: HandOverCause::Plugin,
        why: words(),
    };
    let mediator = plugin(PluginRole::Mediator);
    let events = scene.does(&mediator, hand_over).unwrap();
    assert_eq!(events, ["mediator_handed_over"]);
    assert!(scene.case.is_automated());
    assert!(scene.case.mediator_awaited.is_some());
}

#[test]
fn a_timer_is_for_waiting() {
    let mut scene = Scene::filed();
    let set = |fires_at| Command::SetTimer {
        key: "again".into(),
        fires_at,
    };
    let resolver = plugin(PluginRole::Resolver);
    let at_once = scene.does(&resolver, set(scene.now));
    assert!(matches!(at_once, Err(Refusal::Invalid { field, .. }) if field == "/fires_at"));
    let in_a_minute = scene.now.checked_add(1.minute()).unwrap();
    assert!(scene.does(&resolver, set(in_a_minute)).is_ok());
}

#[test]
fn two_plugins_of_one_id_have_memories_of_their_own() {
    let mut scene = Scene::filed();
    let of = |organisation: &str| {
        let identity = plugin(PluginRole::Mediator).plugin().unwrap().clone();
        PluginIdentity {
            organisation: organisation.into(),
            ..identity
        }
    };
    for (organisation, memory) in [("council", "YQ=="), ("union", "Yg==")] {
        let run = run_of(of(organisation), memory);
        scene
            .does(&Actor::Platform, Command::RecordRun { run: Box::new(run) })
            .unwrap();
    }
    assert_eq!(scene.case.memories[&of("council").key()], "YQ==");
    assert_eq!(scene.case.memories[&of("union").key()], "Yg==");
    assert!(
        scene
            .case
            .runs
            .iter()
            .all(|run| run.summary.memory.is_none())
    );
}

fn run_of(plugin: PluginIdentity, memory: &str) -> RunSummary {
    RunSummary {
        id: "run".into(),
        plugin,
        answers: 1,
        saw_version: 2,
        outcome: "answered".into(),
        refusal: None,
        record: Digest::of(b"record"),
        input: Digest::of(b"input"),
        output: None,
        fuel: 1,
        peak_memory: 1,
        reasons: Vec::new(),
        memory: Some(memory.into()),
    }
}

#[test]
fn other_settings_are_told_where_the_plugin_still_answers() {
    let mut scene = Scene::filed();
    let identity = plugin(PluginRole::Resolver).plugin().unwrap().clone();
    let told = Command::NoteSettingsChanged { plugin: identity };
    assert!(scene.does(&agent(), told.clone()).is_err());
    let events = scene.does(&Actor::Platform, told.clone()).unwrap();
    assert_eq!(events, ["settings_changed"]);
    scene.does(&consumer(), Command::RequestPerson).unwrap();
    assert!(scene.does(&Actor::Platform, told).unwrap().is_empty());
}

#[test]
fn a_closed_case_has_no_timers() {
    let mut scene = Scene::filed();
    let fires_at = scene.now.checked_add(5.hours()).unwrap();
    let key = "remind".into();
    let resolver = plugin(PluginRole::Resolver);
    scene
        .does(&resolver, Command::SetTimer { key, fires_at })
        .unwrap();
    scene.does(&consumer(), Command::Withdraw).unwrap();
    assert!(scene.case.timers.is_empty());
}

#[test]
fn a_look_up_is_answered_once_and_only_by_the_host() {
    let mut scene = Scene::filed();
    let resolver = plugin(PluginRole::Resolver);
    let ask = Command::RequestLookUp {
        key: "order".into(),
        name: "orders".into(),
        path: "/1".into(),
    };
    scene.does(&resolver, ask.clone()).unwrap();
    assert!(matches!(
        scene.does(&resolver, ask),
        Err(Refusal::Repeated { .. })
    ));
    let answer = Command::AnswerLookUp {
        key: "order".into(),
        requester: resolver.plugin().unwrap().clone(),
        outcome: LookUpOutcome::Answered {
            status: 200,
            body: "{}".into(),
        },
    };
    assert!(scene.does(&resolver, answer.clone()).is_err());
    scene.does(&Actor::Platform, answer.clone()).unwrap();
    assert!(matches!(
        scene.does(&Actor::Platform, answer),
        Err(Refusal::Unknown { .. })
    ));
}

#[test]
fn a_timer_fires_when_it_is_due_and_not_before() {
    let mut scene = Scene::filed();
    let resolver = plugin(PluginRole::Resolver);
    let fires_at = scene.now.checked_add(5.hours()).unwrap();
    scene
        .does(
            &resolver,
            Command::SetTimer {
                key: "remind".into(),
                fires_at,
            },
        )
        .unwrap();
    let owner = resolver.plugin().unwrap().clone();
    let fire = Command::FireTimer {
        key: "remind".into(),
        owner,
    };
    assert!(matches!(
        scene.does(&Actor::Platform, fire.clone()),
        Err(Refusal::NotExpired { .. })
    ));
    let mut later = scene.days_later(1);
    assert_eq!(
        later.does(&Actor::Platform, fire.clone()).unwrap(),
        ["timer_fired"]
    );
    assert!(later.does(&Actor::Platform, fire).is_err());
}
