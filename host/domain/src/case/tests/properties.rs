//! Whatever anyone does in whatever order: the rules hold, and the ledger read
//! back gives the same case.

use jiff::ToSpan;
use jiff::civil::date;
use proptest::prelude::*;

use super::scene::{Scene, agent, consumer, filing, offer, officer, plugin, said, words};
use crate::case::actor::Side;
use crate::case::event::{Event, HandOverCause, Recorded};
use crate::case::phase::Confirmation;
use crate::case::state::Handling;
use crate::case::{Actor, Case, Command, Phase, PluginRole};

fn actors() -> impl Strategy<Value = Actor> {
    prop_oneof![
        4 => Just(consumer()),
        3 => Just(agent()),
        3 => Just(plugin(PluginRole::Resolver)),
        1 => Just(plugin(PluginRole::Reviewer)),
        1 => Just(plugin(PluginRole::Mediator)),
        2 => Just(officer()),
        3 => Just(Actor::Platform),
    ]
}

fn commands() -> impl Strategy<Value = Command> {
    let seq = 1u32..5;
    prop_oneof![
        (1u64..500).prop_map(offer),
        seq.clone().prop_map(|offer| Command::AcceptOffer { offer }),
        seq.clone()
            .prop_map(|offer| Command::DeclineOffer { offer, note: None }),
        seq.clone()
            .prop_map(|offer| Command::WithdrawOffer { offer }),
        Just(Command::PostMessage { body: said("话") }),
        Just(Command::RequestPerson),
        Just(Command::TakeOver),
        Just(Command::RequestMediation),
        Just(Command::HandOver {
            cause: HandOverCause::Plugin,
            why: words()
        }),
        Just(Command::Escalate {
            consents: Default::default(),
            reason: None
        }),
        Just(Command::ProposeEscalation { why: words() }),
        Just(Command::AcceptComplaint),
        Just(Command::RefuseComplaint {
            ground: "no-power".into(),
            reason: "无权".into()
        }),
        Just(Command::RecordPerformance {
            performed_on: date(2026, 5, 18),
            note: None
        }),
        Just(Command::NotePerformanceDue),
        prop_oneof![
            Just(Confirmation::Solved),
            Just(Confirmation::Partly),
            Just(Confirmation::NotSolved),
            Just(Confirmation::NoReply)
        ]
        .prop_map(|confirmation| Command::Confirm { confirmation }),
        seq.clone().prop_map(|clock| Command::ExpireClock { clock }),
        seq.prop_map(|offer| Command::ExpireOffer { offer }),
        Just(Command::Withdraw),
        Just(Command::Reopen {
            reason: "没有解决".into()
        }),
        Just(Command::RecomputeClocks),
    ]
}

/// What must hold of every case, however it came about.
fn check(case: &Case, ledger: &[Recorded]) {
    if let Some(settlement) = &case.settlement {
        let offer = case.offer(settlement.offer).unwrap();
        assert!(
            offer.is_agreed(),
            "a settlement needs both sides' own acceptance"
        );
        assert_eq!(offer.terms, settlement.terms, "of the same terms");
    }
    let regulator = case.phase.is_with_regulator();
    assert_eq!(regulator, case.complaint.is_some(), "{:?}", case.phase);
    assert_eq!(case.phase == Phase::Closed, case.closing.is_some());
    assert!(!(regulator && case.running_clock("odr-negotiation").is_some()));
    let running = |period: &str| {
        case.clocks
            .iter()
            .filter(|clock| clock.period == period && clock.is_running())
            .count()
    };
    assert!(running("odr-negotiation") <= 1 && running("acceptance") <= 1);
    if !case.phase.is_between_parties() {
        assert_eq!(
            case.open_offers().count(),
            0,
            "no offer outlives the negotiation"
        );
    }
    check_acts(ledger);
}

/// No side did what only another may do.
fn check_acts(ledger: &[Recorded]) {
    let mut automated = true;
    for Recorded { by, event, .. } in ledger {
        match event {
            Event::OfferAccepted { side, .. } => {
                assert_eq!(*side, by.side());
                assert!(matches!(side, Side::Consumer | Side::Respondent));
            }
            Event::OutcomeConfirmed { confirmation } => {
                let silent = *confirmation == Confirmation::NoReply;
                assert_eq!(
                    by.side(),
                    if silent {
                        Side::Platform
                    } else {
                        Side::Consumer
                    }
                );
            }
            Event::Escalated { .. } => {
                assert!(matches!(by.side(), Side::Consumer | Side::Platform));
            }
            Event::PersonRequested | Event::HandedOver { .. } | Event::TakenOver { .. } => {
                automated = false;
            }
            Event::OfferMade { .. } | Event::MessagePosted { .. } => {
                let resolver = by.plugin().is_some_and(|p| p.role == PluginRole::Resolver);
                assert!(automated || !resolver, "no plugin speaks beside a person");
            }
            _ => {}
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]
    #[test]
    fn no_sequence_of_commands_reaches_a_forbidden_state(
        wished: bool,
        steps in prop::collection::vec((actors(), commands(), 0i64..120), 1..40),
    ) {
        let mut filing = filing();
        filing.escalate_on_expiry = wished;
        let mut scene = Scene::filed_with(filing).unwrap();
        for (actor, command, hours) in steps {
            scene.now = scene.now.checked_add(hours.hours()).unwrap();
            let before = scene.case.clone();
            if scene.does(&actor, command).is_err() {
                prop_assert_eq!(&before, &scene.case, "a refused command leaves no trace");
            }
            check(&scene.case, &scene.ledger);
        }
        let read_back: Vec<Recorded> = scene.ledger.iter().map(through_json).collect();
        let folded = Case::fold(read_back).unwrap();
        prop_assert_eq!(&folded, &scene.case);
        let snapshot = serde_json::to_string(&scene.case).unwrap();
        prop_assert_eq!(serde_json::from_str::<Case>(&snapshot).unwrap(), scene.case);
        let person = !matches!(folded.handling, Handling::Plugin);
        prop_assert!(person || folded.is_automated());
    }
}

fn through_json(recorded: &Recorded) -> Recorded {
    let payload = recorded.event.payload().unwrap();
    let event = Event::read(recorded.event.kind(), Event::VERSION, payload).unwrap();
    Recorded {
        event,
        ..recorded.clone()
    }
}
