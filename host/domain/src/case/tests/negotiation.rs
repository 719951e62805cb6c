use jiff::ToSpan;
use jiff::civil::date;
use serde_json::json;

use super::scene::{Scene, agent, consumer, offer, plugin, reference, said, terms, words};
use crate::case::entries::OfferState;
use crate::case::terms::{Remedy, total};
use crate::case::{Actor, Command, Phase, PluginRole, Refusal};
use crate::file::File;
use crate::money::Fen;

#[test]
fn a_plugins_offer_that_she_accepts_is_a_settlement() {
    let mut scene = Scene::filed();
    scene
        .does(&plugin(PluginRole::Resolver), offer(12_900))
        .unwrap();
    let events = scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(
        events,
        [
            "offer_accepted",
            "settlement_reached",
            "clock_met",
            "clock_started"
        ]
    );
    assert_eq!(scene.case.phase, Phase::Settled);
    assert_eq!(scene.case.settlement.as_ref().unwrap().terms, terms(12_900));
}

#[test]
fn nobody_accepts_the_own_offer() {
    let mut scene = Scene::filed();
    scene.does(&agent(), offer(100)).unwrap();
    let own = scene.does(&agent(), Command::AcceptOffer { offer: 1 });
    assert_eq!(own, Err(Refusal::OwnOffer));
    let plugin = plugin(PluginRole::Resolver);
    assert_eq!(
        scene.does(&plugin, Command::AcceptOffer { offer: 1 }),
        Err(Refusal::OwnOffer)
    );
}

#[test]
fn a_mediators_proposal_needs_both() {
    let mut scene = Scene::filed();
    let mediator = plugin(PluginRole::Mediator);
    assert!(
        scene.does(&mediator, offer(9_000)).is_err(),
        "not before mediation is asked for"
    );
    scene.does(&consumer(), Command::RequestMediation).unwrap();
    scene.does(&mediator, offer(9_000)).unwrap();
    let first = scene
        .does(&consumer(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert_eq!(first, ["offer_accepted"]);
    assert_eq!(scene.case.phase, Phase::Negotiating);
    let second = scene
        .does(&agent(), Command::AcceptOffer { offer: 1 })
        .unwrap();
    assert!(second.contains(&"settlement_reached"));
    assert!(
        scene
            .does(&mediator, Command::AcceptOffer { offer: 1 })
            .is_err()
    );
}

#[test]
fn a_new_offer_takes_the_place_of_the_sides_last() {
    let mut scene = Scene::filed();
    scene.does(&agent(), offer(100)).unwrap();
    scene.does(&agent(), offer(200)).unwrap();
    assert_eq!(scene.case.offer(1).unwrap().state, OfferState::Superseded);
    let late = scene.does(&consumer(), Command::AcceptOffer { offer: 1 });
    assert!(matches!(late, Err(Refusal::NotOpen { .. })));
}

#[test]
fn a_counter_offer_is_accepted_by_the_other_side() {
    let mut scene = Scene::filed();
    scene.does(&agent(), offer(100)).unwrap();
    let counter = Command::MakeOffer {
        terms: terms(300),
        in_reply_to: Some(1),
        expires_at: None,
        note: Some(said("三元才够")),
    };
    scene.does(&consumer(), counter).unwrap();
    scene
        .does(
            &plugin(PluginRole::Resolver),
            Command::AcceptOffer { offer: 2 },
        )
        .unwrap();
    assert_eq!(scene.case.settlement.as_ref().unwrap().terms, terms(300));
}

#[test]
fn an_offer_runs_out() {
    let mut scene = Scene::filed();
    let expires_at = Some(scene.now.checked_add(30.hours()).unwrap());
    let fading = Command::MakeOffer {
        terms: terms(100),
        in_reply_to: None,
        expires_at,
        note: None,
    };
    scene.does(&agent(), fading).unwrap();
    let early = scene.does(&Actor::Platform, Command::ExpireOffer { offer: 1 });
    assert!(matches!(early, Err(Refusal::NotExpired { .. })));
    assert_eq!(scene.case.next_deadline(), expires_at);
    let mut later = scene.days_later(2);
    assert!(
        later
            .does(&consumer(), Command::AcceptOffer { offer: 1 })
            .is_err()
    );
    later
        .does(&Actor::Platform, Command::ExpireOffer { offer: 1 })
        .unwrap();
    assert_eq!(later.case.offer(1).unwrap().state, OfferState::Expired);
}

#[test]
fn a_day_to_perform_by_that_has_passed_is_not_agreed_to() {
    let mut scene = Scene::filed();
    let mut dated = terms(100);
    dated.perform_by = Some(date(2026, 5, 18));
    let promise = Command::MakeOffer {
        terms: dated,
        in_reply_to: None,
        expires_at: None,
        note: None,
    };
    scene.does(&agent(), promise).unwrap();
    let mut later = scene.days_later(1);
    let late = later.does(&consumer(), Command::AcceptOffer { offer: 1 });
    assert!(matches!(late, Err(Refusal::NotOpen { .. })));
}

#[test]
fn amounts_do_not_hide_in_their_sum() {
    let mut scene = Scene::filed();
    let most: Vec<Remedy> = serde_json::from_value(json!([
        {"kind": "refund", "amount_fen": 5},
        {"kind": "compensation", "amount_fen": 10_000_000_000_000u64}
    ]))
    .unwrap();
    assert_eq!(total(&most), Fen::MAX);
    let mut beyond = terms(5);
    beyond.remedies = most;
    let command = Command::MakeOffer {
        terms: beyond,
        in_reply_to: None,
        expires_at: None,
        note: None,
    };
    let refused = scene.does(&agent(), command);
    assert!(matches!(refused, Err(Refusal::Invalid { field, .. }) if field == "/terms/remedies"));
}

#[test]
fn she_may_take_back_her_yes_to_a_proposal_while_the_other_side_is_silent() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), Command::RequestMediation).unwrap();
    scene
        .does(&plugin(PluginRole::Mediator), offer(9_000))
        .unwrap();
    let yes = Command::AcceptOffer { offer: 1 };
    scene.does(&consumer(), yes.clone()).unwrap();
    assert_eq!(scene.does(&consumer(), yes), Err(Refusal::OwnOffer));
    let no = Command::DeclineOffer {
        offer: 1,
        note: None,
    };
    scene.does(&consumer(), no).unwrap();
    assert_eq!(scene.case.offer(1).unwrap().state, OfferState::Declined);
}

#[test]
fn only_she_lets_an_association_in_and_none_that_is_a_party() {
    let mut scene = Scene::filed();
    assert!(scene.does(&agent(), Command::RequestMediation).is_err());
    scene.does(&consumer(), Command::RequestMediation).unwrap();
    let mediator = |organisation: &str| Actor::Mediator {
        id: "m-1".into(),
        organisation: organisation.into(),
        name: "周".into(),
    };
    assert!(scene.does(&mediator("jianghan"), offer(1)).is_err());
    scene.does(&mediator("council"), offer(1)).unwrap();
    let other = scene.does(&mediator("other"), Command::WithdrawOffer { offer: 1 });
    assert!(matches!(other, Err(Refusal::NotAllowed { .. })));
}

#[test]
fn what_is_asked_of_her_only_she_answers_and_as_it_was_asked() {
    let mut scene = Scene::filed();
    let ask = |key: &str, form| Command::Ask {
        key: key.into(),
        prompt: words(),
        form,
    };
    scene.does(&agent(), ask("photo", None)).unwrap();
    let form = json!({"type": "object"});
    scene.does(&agent(), ask("size", Some(form))).unwrap();
    let evidence = |question| Command::AddEvidence {
        question: Some(question),
        reference: reference(),
    };
    assert!(scene.does(&agent(), evidence(1)).is_err());
    let by_form = scene.does(&consumer(), evidence(2));
    assert!(matches!(by_form, Err(Refusal::Invalid { field, .. }) if field == "/question"));
    scene.does(&consumer(), evidence(1)).unwrap();
    assert!(scene.case.question(1).unwrap().answer.is_some());
}

#[test]
fn an_answer_must_fit_its_form() {
    let mut scene = Scene::filed();
    let form = json!({"type": "object", "required": ["size"], "additionalProperties": false,
        "properties": {"size": {"type": "integer", "minimum": 30}}});
    let ask = Command::Ask {
        key: "size".into(),
        prompt: words(),
        form: Some(form),
    };
    scene.does(&agent(), ask.clone()).unwrap();
    assert!(matches!(
        scene.does(&agent(), ask),
        Err(Refusal::Repeated { .. })
    ));
    let answer = |value| Command::Answer { question: 1, value };
    for wrong in [
        json!({"size": 3}),
        json!({}),
        json!(["size"]),
        json!({"size": 40, "x": 1}),
    ] {
        let refused = scene.does(&consumer(), answer(wrong));
        assert!(matches!(refused, Err(Refusal::Invalid { .. })));
    }
    scene
        .does(&consumer(), answer(json!({"size": 40})))
        .unwrap();
    assert!(
        scene
            .does(&consumer(), answer(json!({"size": 41})))
            .is_err()
    );
}

#[test]
fn a_form_that_is_no_schema_is_refused() {
    let mut scene = Scene::filed();
    for form in [
        json!({"type": "string"}),
        json!({"type": "object", "required": 3}),
    ] {
        let ask = Command::Ask {
            key: "k".into(),
            prompt: words(),
            form: Some(form),
        };
        assert!(scene.does(&agent(), ask).is_err());
    }
}

#[test]
fn strangers_may_not_act() {
    let mut scene = Scene::filed();
    let other = Actor::Consumer { id: "c-2".into() };
    let rival = Actor::Agent {
        id: "a".into(),
        organisation: "rival".into(),
        name: "李".into(),
    };
    for stranger in [other, rival] {
        let command = Command::PostMessage {
            body: said("你好")
        };
        assert!(matches!(
            scene.does(&stranger, command),
            Err(Refusal::NotAllowed { .. })
        ));
    }
}

#[test]
fn a_reviewer_gives_opinions_and_nothing_else() {
    let mut scene = Scene::filed();
    let reviewer = plugin(PluginRole::Reviewer);
    assert!(scene.does(&reviewer, offer(1)).is_err());
    assert!(
        scene
            .does(&reviewer, Command::PostMessage { body: said("x") })
            .is_err()
    );
    let opinion = Command::GiveOpinion {
        subject: crate::case::entries::Subject::Claim,
        floor: crate::case::entries::Floor::Met,
        findings: Vec::new(),
        summary: words(),
    };
    assert!(scene.does(&agent(), opinion.clone()).is_err());
    assert_eq!(scene.does(&reviewer, opinion).unwrap(), ["opinion_given"]);
}
