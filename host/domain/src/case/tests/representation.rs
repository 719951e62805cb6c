use jiff::civil::date;
use rstest::rstest;
use serde_json::{Value, json};

use super::scene::{
    Scene, account, agent, consumer, filing, mandate, neighbours, offer, officer, reference,
    represented, terms,
};
use crate::case::actor::Side;
use crate::case::command::Command;
use crate::case::filing::{Claim, EvidenceReference};
use crate::case::intake::{Channel, Intake};
use crate::case::mediation::Means;
use crate::case::phase::{Closing, Phase};
use crate::case::representation::{Consenting, JointComplainant, Representation, Standing};
use crate::case::word::Word;
use crate::case::{Actor, Filing, Refusal};
use crate::identifiers::digest::Digest;
use crate::money::Fen;

fn by_agent(special_powers: &[&str]) -> Representation {
    Representation {
        agent: Some(mandate(special_powers)),
        joint: None,
    }
}

fn together(representatives: &[u32]) -> Representation {
    Representation {
        agent: None,
        joint: Some(neighbours(representatives)),
    }
}

fn the_agent() -> Actor {
    account("c-9")
}

fn filed_by_agent(special_powers: &[&str]) -> Scene {
    Scene::filed_by(the_agent(), represented(by_agent(special_powers))).unwrap()
}

fn filed_together(representatives: &[u32]) -> Scene {
    Scene::filed_with(represented(together(representatives))).unwrap()
}

fn accept(offer: u32) -> Command {
    Command::AcceptOffer { offer }
}

fn consent(person: u32, to: Consenting, evidence: Option<EvidenceReference>) -> Command {
    Command::RecordConsent {
        person,
        to,
        evidence,
        given_on: None,
    }
}

fn to_offer(offer: u32) -> Consenting {
    Consenting::AcceptOffer { offer }
}

fn record(representation: Representation) -> Command {
    Command::RecordRepresentation {
        representation: Box::new(representation),
    }
}

fn smaller_claim() -> Claim {
    let mut claim = filing().claim;
    claim.remedies[0].amount = Some(Fen::new(5_000).unwrap());
    claim
}

/// The field of what is not taken.
fn field<T>(refused: Result<T, Refusal>) -> String {
    match refused {
        Err(Refusal::Invalid { field, .. }) => field,
        Err(other) => format!("{other:?}"),
        Ok(_) => "taken".to_owned(),
    }
}

/// Whose consent is missing.
fn missing<T>(refused: Result<T, Refusal>) -> Vec<u32> {
    match refused {
        Err(Refusal::ConsentMissing { missing, .. }) => {
            missing.into_iter().map(|it| it.person).collect()
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => Vec::new(),
    }
}

fn changed(representation: Representation, pointer: &str, value: Value) -> Filing {
    let mut filing = serde_json::to_value(represented(representation)).unwrap();
    let (parent, name) = pointer.rsplit_once('/').unwrap();
    match filing.pointer_mut(parent).unwrap() {
        Value::Array(items) => items[name.parse::<usize>().unwrap()] = value,
        object => object[name] = value,
    }
    serde_json::from_value(filing).unwrap()
}

#[rstest]
#[case("/representation/agent/name", json!(" "))]
#[case("/representation/agent/matters", json!(""))]
#[case("/representation/agent/account", json!("Zhao"))]
#[case("/representation/agent/signed_on", json!("2026-05-19"))]
#[case("/representation/agent/from", json!("2026-05-19"))]
#[case("/representation/agent/until", json!("2026-05-17"))]
#[case("/representation/agent/until", json!("2026-04-30"))]
#[case("/representation/joint/others", json!([]))]
#[case("/representation/joint/others/1/name", json!(""))]
#[case("/representation/joint/others/0/address", json!("\u{7}"))]
#[case("/representation/joint/others/0/account", json!("c-1"))]
#[case("/representation/joint/others/0/account", json!("c-9"))]
#[case("/representation/joint/agreed", json!(false))]
#[case("/representation/joint/representatives", json!([1, 2, 3]))]
fn a_wrong_field_is_named(#[case] pointer: &str, #[case] value: Value) {
    let both = Representation {
        agent: by_agent(&[]).agent,
        joint: together(&[1, 2]).joint,
    };
    assert!(Scene::filed_with(represented(both.clone())).is_ok());
    assert_eq!(
        field(Scene::filed_with(changed(both, pointer, value))),
        pointer
    );
}

#[test]
fn representatives_are_of_those_who_complain_and_each_is_one() {
    for (elected, wrong) in [(json!([4]), 0), (json!([1, 0]), 1), (json!([2, 2]), 1)] {
        let at = "/representation/joint/representatives";
        let filing = changed(together(&[1, 2]), at, elected);
        assert_eq!(field(Scene::filed_with(filing)), format!("{at}/{wrong}"));
    }
    let nobody = represented(Representation::default());
    assert_eq!(field(Scene::filed_with(nobody)), "/representation");
}

#[test]
fn who_files_by_the_agents_account_is_the_agent() {
    let scene = filed_by_agent(&[]);
    assert_eq!(scene.case.consumer_id, None);
    assert_eq!(scene.case.standing("c-9"), Some(Standing::Agent));
    assert_eq!(scene.case.standing("c-1"), None);
    let by_herself = Scene::filed_with(represented(by_agent(&[]))).unwrap();
    assert_eq!(by_herself.case.standing("c-1"), Some(Standing::Speaker(1)));
    assert_eq!(by_herself.case.standing("c-9"), Some(Standing::Agent));
}

#[test]
fn an_ordinary_power_does_not_settle_change_or_drop_the_request() {
    let mut scene = filed_by_agent(&[]);
    scene.does(&agent(), offer(100)).unwrap();
    let claim = smaller_claim();
    for command in [
        accept(1),
        offer(200),
        Command::ReviseClaim { claim },
        Command::Withdraw,
    ] {
        let action = command.name();
        let refused = scene.does(&the_agent(), command);
        assert_eq!(refused, Err(Refusal::NoPower { action }));
    }
    let decline = Command::DeclineOffer {
        offer: 1,
        note: None,
    };
    scene.does(&the_agent(), decline).unwrap();
}

#[test]
fn a_special_power_does_what_it_names_and_no_more() {
    let mut scene = filed_by_agent(&["settle"]);
    scene.does(&agent(), offer(100)).unwrap();
    let withdraw = scene.does(&the_agent(), Command::Withdraw);
    assert_eq!(withdraw, Err(Refusal::NoPower { action: "withdraw" }));
    scene.does(&the_agent(), accept(1)).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);

    let mut scene = filed_by_agent(&["change_claim", "withdraw"]);
    let claim = smaller_claim();
    scene
        .does(&the_agent(), Command::ReviseClaim { claim })
        .unwrap();
    scene.does(&the_agent(), Command::Withdraw).unwrap();
    assert_eq!(scene.case.closing, Some(Closing::Withdrawn));
}

#[test]
fn her_own_word_to_the_very_act_is_a_power_to_it() {
    let mut scene = filed_by_agent(&[]);
    scene.does(&agent(), offer(100)).unwrap();
    let shown = consent(1, to_offer(1), Some(reference()));
    scene.does(&the_agent(), shown).unwrap();
    let another = scene.does(&the_agent(), offer(200));
    assert_eq!(
        another,
        Err(Refusal::NoPower {
            action: "make-offer"
        })
    );
    scene.does(&the_agent(), accept(1)).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
}

#[test]
fn she_acts_herself_beside_her_agent() {
    let mut scene = Scene::filed_with(represented(by_agent(&[]))).unwrap();
    scene.does(&agent(), offer(100)).unwrap();
    assert!(scene.does(&the_agent(), accept(1)).is_err());
    scene.does(&consumer(), accept(1)).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
}

#[test]
fn out_of_his_term_an_agent_reads_nothing_and_only_hands_in_papers() {
    let mut scene = filed_by_agent(&["settle"]).days_later(43);
    scene.does(&agent(), offer(100)).unwrap();
    scene.does(&the_agent(), Command::RequestPerson).unwrap();
    let account = the_agent().person().unwrap().to_owned();
    assert!(scene.case.may_read(&account, date(2026, 6, 30)));
    assert!(!scene.case.may_read(&account, date(2026, 7, 1)));
    let mut scene = scene.days_later(1);
    let over = Err(Refusal::OutsideTerm {
        from: date(2026, 5, 1),
        until: date(2026, 6, 30),
    });
    assert_eq!(scene.does(&the_agent(), accept(1)), over, "1 July");
    assert_eq!(scene.does(&the_agent(), Command::RequestMediation), over);
    let mut next = by_agent(&["settle"]);
    let power = next.agent.as_mut().unwrap();
    power.until = date(2026, 12, 31);
    let unshown = scene.does(&the_agent(), record(next.clone()));
    assert_eq!(field(unshown), "/agent/power_of_attorney");
    next.agent.as_mut().unwrap().power_of_attorney = Some(EvidenceReference {
        sha256: Digest::of(b"another power"),
        ..reference()
    });
    scene.does(&the_agent(), record(next)).unwrap();
    scene.does(&the_agent(), accept(1)).unwrap();
}

#[test]
fn without_the_original_in_the_file_a_power_is_none() {
    let mut without = by_agent(&["settle"]);
    without.agent.as_mut().unwrap().power_of_attorney = None;
    assert_eq!(without.lacking(), ["power-of-attorney"]);
    let mut scene = Scene::filed_by(the_agent(), represented(without)).unwrap();
    scene.does(&agent(), offer(100)).unwrap();
    let needs = Err(Refusal::Needs {
        what: "power-of-attorney",
    });
    assert_eq!(scene.does(&the_agent(), accept(1)), needs);
    scene
        .does(&the_agent(), record(by_agent(&["settle"])))
        .unwrap();
    scene.does(&the_agent(), accept(1)).unwrap();
}

#[test]
fn an_agent_names_no_other_agent_and_she_may_dismiss_him() {
    let mut scene = Scene::filed_with(represented(Representation {
        agent: Some(mandate(&[])),
        ..together(&[1])
    }))
    .unwrap();
    let mut another = by_agent(&[]);
    another.joint = together(&[1]).joint;
    another.agent.as_mut().unwrap().name = "钱亮".into();
    let refused = scene.does(&the_agent(), record(another));
    assert_eq!(field(refused), "/agent/name");
    scene.does(&consumer(), record(together(&[1]))).unwrap();
    assert_eq!(scene.case.standing("c-9"), None);
    let gone = scene.does(&the_agent(), Command::RequestPerson);
    assert!(matches!(gone, Err(Refusal::NotAllowed { .. })), "{gone:?}");
}

#[test]
fn who_gave_an_agent_a_power_takes_it_back_by_her_word_alone() {
    let nobody = || record(Representation::default());
    let mut scene = filed_by_agent(&["settle"]);
    assert!(scene.does(&the_agent(), nobody()).is_err());
    let mut hers = Scene::filed_with(represented(by_agent(&["settle"]))).unwrap();
    hers.does(&consumer(), nobody()).unwrap();
    assert_eq!(hers.case.standing("c-9"), None);
    assert!(hers.case.mandate().is_none());
    let again = hers.does(&consumer(), nobody());
    assert!(again.is_err(), "there is nobody to dismiss");
}

#[test]
fn three_neighbours_settle_once_the_third_agrees_to_these_very_terms() {
    let mut scene = filed_together(&[1, 2]);
    scene.does(&agent(), offer(100)).unwrap();
    assert_eq!(missing(scene.does(&consumer(), accept(1))), [3]);
    let third = account("c-3");
    scene.does(&third, consent(3, to_offer(1), None)).unwrap();
    scene.does(&agent(), offer(90)).unwrap();
    assert_eq!(
        missing(scene.does(&consumer(), accept(2))),
        [3],
        "other terms"
    );
    scene.does(&third, consent(3, to_offer(2), None)).unwrap();
    scene.does(&consumer(), accept(2)).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
}

#[test]
fn of_those_who_elected_nobody_the_first_acts_with_the_word_of_all_others() {
    let mut scene = filed_together(&[]);
    assert_eq!(missing(scene.does(&consumer(), Command::Withdraw)), [2, 3]);
    let shown = |person| consent(person, Consenting::Withdraw, Some(reference()));
    scene.does(&consumer(), shown(2)).unwrap();
    assert_eq!(missing(scene.does(&consumer(), Command::Withdraw)), [3]);
    scene.does(&consumer(), shown(3)).unwrap();
    scene.does(&consumer(), Command::Withdraw).unwrap();
}

#[test]
fn who_was_not_elected_consents_and_does_nothing_else() {
    let mut scene = filed_together(&[1]);
    let third = account("c-3");
    assert_eq!(scene.case.standing("c-3"), Some(Standing::Represented(3)));
    scene.does(&agent(), offer(100)).unwrap();
    for command in [accept(1), Command::Withdraw, Command::RequestPerson] {
        let refused = scene.does(&third, command);
        assert!(
            matches!(refused, Err(Refusal::NotAllowed { .. })),
            "{refused:?}"
        );
    }
    let for_another = consent(2, to_offer(1), Some(reference()));
    let refused = scene.does(&third, for_another);
    assert!(
        matches!(refused, Err(Refusal::NotAllowed { .. })),
        "{refused:?}"
    );
    scene.does(&third, consent(3, to_offer(1), None)).unwrap();
}

#[test]
fn a_claim_is_changed_with_consent_to_that_claim() {
    let mut scene = filed_together(&[1, 2]);
    let claim = smaller_claim();
    let change = Command::ReviseClaim {
        claim: claim.clone(),
    };
    assert_eq!(missing(scene.does(&consumer(), change.clone())), [3]);
    let to = Consenting::ChangeClaim {
        claim: filing().claim,
    };
    scene.does(&account("c-3"), consent(3, to, None)).unwrap();
    assert_eq!(missing(scene.does(&consumer(), change.clone())), [3]);
    let to = Consenting::ChangeClaim { claim };
    scene.does(&account("c-3"), consent(3, to, None)).unwrap();
    scene.does(&consumer(), change).unwrap();
}

#[test]
fn terms_that_representatives_offer_are_agreed_to_before() {
    let mut scene = filed_together(&[1, 2]);
    assert_eq!(missing(scene.does(&consumer(), offer(500))), [3]);
    let to = Consenting::MakeOffer { terms: terms(500) };
    scene.does(&account("c-3"), consent(3, to, None)).unwrap();
    scene.does(&consumer(), offer(500)).unwrap();
    scene.does(&agent(), accept(1)).unwrap();
    assert_eq!(scene.case.phase, Phase::Settled);
}

#[test]
fn who_joins_later_agrees_too_before_it_is_settled() {
    let mut scene = Scene::filed();
    scene.does(&consumer(), offer(500)).unwrap();
    // Whose account it is that joins is not hers to say.
    let named = scene.does(&consumer(), record(together(&[1])));
    assert_eq!(field(named), "/joint/others/1");
    let mut joining = together(&[1]);
    for other in &mut joining.joint.as_mut().unwrap().others {
        other.account = None;
    }
    scene.does(&consumer(), record(joining)).unwrap();
    let needs = Err(Refusal::Needs {
        what: "represented-consents",
    });
    assert_eq!(scene.does(&agent(), accept(1)), needs);
    for person in [2, 3] {
        let shown = consent(person, to_offer(1), Some(reference()));
        scene.does(&consumer(), shown).unwrap();
    }
    scene.does(&agent(), accept(1)).unwrap();
}

#[test]
fn those_who_complain_stay_who_they_are() {
    let mut scene = filed_together(&[1]);
    let mut others = together(&[1]);
    others.joint.as_mut().unwrap().others.swap(0, 1);
    assert_eq!(
        field(scene.does(&consumer(), record(others))),
        "/joint/others"
    );
    let mut fewer = together(&[1]);
    fewer.joint.as_mut().unwrap().others.pop();
    assert_eq!(
        field(scene.does(&consumer(), record(fewer))),
        "/joint/others"
    );
    let unshown = scene.does(&consumer(), record(together(&[1, 2])));
    assert_eq!(field(unshown), "/joint/election");
}

#[test]
fn an_election_is_in_writing_before_representatives_dispose() {
    let mut unproven = together(&[1, 2]);
    unproven.joint.as_mut().unwrap().election = None;
    assert_eq!(unproven.lacking(), ["election"]);
    let mut scene = Scene::filed_with(represented(unproven)).unwrap();
    let needs = Err(Refusal::Needs { what: "election" });
    assert_eq!(scene.does(&consumer(), Command::Withdraw), needs);
}

#[test]
fn a_consent_has_its_source_its_day_and_its_object() {
    let mut scene = filed_together(&[1, 2]);
    scene.does(&agent(), offer(100)).unwrap();
    let unshown = scene.does(&consumer(), consent(3, to_offer(1), None));
    assert_eq!(field(unshown), "/evidence");
    let before = Command::RecordConsent {
        person: 3,
        to: to_offer(1),
        evidence: Some(reference()),
        given_on: Some(date(2026, 5, 17)),
    };
    assert_eq!(field(scene.does(&consumer(), before)), "/given_on");
    let unknown = scene.does(&consumer(), consent(4, to_offer(1), Some(reference())));
    assert!(matches!(unknown, Err(Refusal::Unknown { .. })));
    let unknown = scene.does(&consumer(), consent(3, to_offer(9), Some(reference())));
    assert!(matches!(unknown, Err(Refusal::Unknown { .. })));
    let shown = consent(3, to_offer(1), Some(reference()));
    let by_other_side = scene.does(&agent(), shown.clone());
    assert!(matches!(by_other_side, Err(Refusal::NotAllowed { .. })));
    scene.does(&consumer(), shown.clone()).unwrap();
    let again = scene.does(&consumer(), shown);
    assert!(matches!(again, Err(Refusal::Repeated { .. })));
    let alone = Scene::filed().does(&consumer(), consent(1, Consenting::Withdraw, None));
    let what = "representation";
    assert_eq!(alone, Err(Refusal::Needs { what }));
}

/// Entered at the window, and accepted.
fn accepted(representation: Representation) -> Scene {
    let intake = Intake {
        channel: Channel::Window,
        ..Intake::default()
    };
    let filing = represented(representation);
    let mut scene = Scene::direct_with(officer(), intake, filing, Some("c-1")).unwrap();
    scene.does(&officer(), Command::AcceptComplaint).unwrap();
    scene
}

/// She says by telephone that she withdraws.
fn withdraws() -> Command {
    Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(Word::Withdraw),
    }
}

/// She says by telephone that it is settled.
fn end() -> Command {
    Command::RecordWord {
        side: Side::Consumer,
        means: Means::Phone,
        herself: false,
        word: Box::new(Word::SettleElsewhere {
            note: "双方已自行和解".into(),
        }),
    }
}

#[test]
fn an_officer_ends_it_as_withdrawn_with_the_word_of_all_who_are_represented() {
    let mut scene = accepted(together(&[1, 2]));
    assert_eq!(missing(scene.does(&officer(), withdraws())), [3]);
    let unshown = scene.does(&officer(), consent(3, Consenting::Withdraw, None));
    assert_eq!(field(unshown), "/evidence");
    let shown = consent(3, Consenting::Withdraw, Some(reference()));
    scene.does(&officer(), shown).unwrap();
    scene.does(&officer(), withdraws()).unwrap();
    assert_eq!(scene.case.phase, Phase::Terminated);
}

#[test]
fn it_ends_as_settled_elsewhere_once_all_agreed_to_that_very_settlement() {
    let mut scene = accepted(together(&[1]));
    // Consent to an offer is none to what was settled besides.
    let offered = Consenting::MakeOffer { terms: terms(500) };
    for person in [2, 3] {
        let shown = consent(person, offered.clone(), Some(reference()));
        scene.does(&officer(), shown).unwrap();
    }
    assert_eq!(missing(scene.does(&officer(), end())), [2, 3]);
    let to = |note: &str| Consenting::SettleElsewhere { note: note.into() };
    for (person, note) in [(2, "双方已自行和解"), (3, "另一方案")] {
        let shown = consent(person, to(note), Some(reference()));
        scene.does(&officer(), shown).unwrap();
    }
    assert_eq!(missing(scene.does(&officer(), end())), [3]);
    let shown = consent(3, to("双方已自行和解"), Some(reference()));
    scene.does(&officer(), shown).unwrap();
    scene.does(&officer(), end()).unwrap();
}

#[test]
fn an_officer_ends_it_on_an_agents_word_only_within_his_power() {
    // She has no account here: it is he who says so.
    let of = |powers: &[&str]| {
        let intake = Intake {
            channel: Channel::Window,
            ..Intake::default()
        };
        let filing = represented(by_agent(powers));
        let mut scene = Scene::direct_with(officer(), intake, filing, None).unwrap();
        scene.does(&officer(), Command::AcceptComplaint).unwrap();
        scene
    };
    let mut ordinary = of(&[]);
    let action = "settle-elsewhere";
    let refused = ordinary.does(&officer(), end());
    assert_eq!(refused, Err(Refusal::NoPower { action }));
    let other = Command::TerminateMediation {
        ground: "other-statutory".into(),
        reason: "分歧较大".into(),
    };
    ordinary.clone().does(&officer(), other).unwrap();
    // Her own word at the window needs no power of his.
    let mut hers = end();
    if let Command::RecordWord { herself, .. } = &mut hers {
        *herself = true;
    }
    ordinary.clone().does(&officer(), hers).unwrap();
    let note = "双方已自行和解".to_owned();
    let shown = consent(1, Consenting::SettleElsewhere { note }, Some(reference()));
    ordinary.does(&officer(), shown).unwrap();
    ordinary.does(&officer(), end()).unwrap();
    of(&["settle"]).does(&officer(), end()).unwrap();
}

#[test]
fn in_mediation_the_same_holds_of_what_the_authority_proposes() {
    let mut scene = accepted(together(&[1, 2]));
    scene.does(&officer(), offer(800)).unwrap();
    assert_eq!(missing(scene.does(&consumer(), accept(1))), [3]);
    scene
        .does(&account("c-3"), consent(3, to_offer(1), None))
        .unwrap();
    scene.does(&consumer(), accept(1)).unwrap();
}

#[test]
fn an_account_of_the_complainant_is_nobody_elses() {
    let intake = Intake {
        channel: Channel::Window,
        ..Intake::default()
    };
    let filing = represented(by_agent(&[]));
    let refused = Scene::direct_with(officer(), intake, filing, Some("c-9"));
    assert_eq!(field(refused), "/representation/agent/account");
}

/// By her account she reads the file and consents: it is hers or an officer's to say.
#[test]
fn who_acts_for_others_does_not_say_whose_account_is_whose() {
    let changed = |change: fn(&mut JointComplainant)| {
        let mut given = together(&[1]);
        change(&mut given.joint.as_mut().unwrap().others[1]);
        record(given)
    };
    let changes: [fn(&mut JointComplainant); 3] = [
        |other| other.account = Some("evil".into()),
        |other| other.account = None,
        |other| other.phone = "13500135000".parse().unwrap(),
    ];
    for change in changes {
        let mut scene = filed_together(&[1]);
        let refused = scene.does(&consumer(), changed(change));
        assert_eq!(field(refused), "/joint/others/1");
    }
    let mut direct = accepted(together(&[1]));
    direct.does(&officer(), changed(changes[0])).unwrap();

    // Out of his term an agent shows the next power and changes nothing else.
    let both = |representatives: &[u32]| Representation {
        joint: Some(neighbours(representatives)),
        ..by_agent(&["settle"])
    };
    let filed = represented(both(&[1]));
    let scene = Scene::filed_by(the_agent(), filed).unwrap();
    let mut scene = scene.days_later(60);
    let elected = scene.does(&the_agent(), record(both(&[2])));
    assert_eq!(field(elected), "/joint");
}

#[test]
fn an_agent_shuts_nobody_out_and_no_elected_one_deposes_another() {
    let mut scene = Scene::filed_with(represented(by_agent(&[]))).unwrap();
    let invented = Representation {
        joint: Some(neighbours(&[2])),
        ..by_agent(&[])
    };
    assert_eq!(field(scene.does(&the_agent(), record(invented))), "/joint");
    let mut joint = filed_together(&[1, 2]);
    let deposes = together(&[1]);
    assert_eq!(
        field(joint.does(&consumer(), record(deposes.clone()))),
        "/joint/representatives"
    );
    let mut direct = accepted(together(&[1, 2]));
    direct.does(&officer(), record(deposes)).unwrap();
}

#[test]
fn the_file_says_who_said_yes_and_not_who_acts_today() {
    let mut scene = filed_by_agent(&["settle"]);
    scene.does(&agent(), offer(100)).unwrap();
    scene.does(&the_agent(), accept(1)).unwrap();
    let accepted_as = |scene: &Scene| scene.case.offers[0].accepted_as.clone();
    assert_eq!(accepted_as(&scene).as_deref(), Some("赵明"));
    let mut joint = filed_together(&[2]);
    assert!(
        accepted_as(&{
            joint.does(&agent(), offer(100)).unwrap();
            joint.clone()
        })
        .is_none()
    );
    let mut own = Scene::filed_with(represented(by_agent(&["settle"]))).unwrap();
    own.does(&consumer(), offer(100)).unwrap();
    assert_eq!(accepted_as(&own).as_deref(), Some("王小明"));
    let mut his = Scene::filed_with(represented(by_agent(&["settle"]))).unwrap();
    his.does(&agent(), offer(100)).unwrap();
    his.does(&the_agent(), accept(1)).unwrap();
    assert_eq!(accepted_as(&his).as_deref(), Some("赵明"));
}

#[test]
fn no_representative_takes_away_the_agent_of_another() {
    let both = || Representation {
        joint: Some(neighbours(&[1, 3])),
        ..by_agent(&["settle"])
    };
    let alone = || Representation {
        agent: None,
        ..both()
    };
    let mut scene = Scene::filed_with(represented(both())).unwrap();
    let by_another = scene.does(&account("c-3"), record(alone()));
    assert_eq!(field(by_another), "/agent");
    scene.does(&consumer(), record(alone())).unwrap();
}
